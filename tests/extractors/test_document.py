import html

import pytest

from extractors.document import Document
from extractors.rules import SiteRules

HTML = """<html lang="en"><head><title> Orla  Quinn leaves | The Glint </title><base href="/showbiz/">
<meta property="OG:Title" content="Orla Quinn leaves"><meta name="author" content=" Tom Hale ">
<meta name="author" content="Ana Ruiz">
<meta name="empty" content=""><link rel="canonical" href="https://glint.example/showbiz/orla">
<script type="application/ld+json">{"@graph": [{"@type": "Person", "@id": "#tom", "name": "Tom Hale"},
{"@type": "NewsArticle", "url": "https://glint.example/showbiz/orla", "author": {"@id": "#tom"}}]}</script></head>
<body><svg><title>Logo</title></svg><h1 class="Big Head" id="top">Orla</h1><p>One</p></body></html>"""


@pytest.fixture
def document() -> Document:
    return Document(HTML, url="https://glint.example/showbiz/orla?x=1")


def test_meta_names_are_folded_and_keep_all_contents(document: Document) -> None:
    assert document.meta["og:title"] == ("Orla Quinn leaves",)
    assert document.meta["author"] == ("Tom Hale", "Ana Ruiz")
    assert "empty" not in document.meta
    assert document.first_meta("nothing", "author") == "Tom Hale"
    assert document.first_meta("nothing") is None


def test_the_title_is_that_of_the_page_and_not_of_a_drawing(document: Document) -> None:
    assert document.title == "Orla Quinn leaves | The Glint"
    assert Document("<body><svg><title>Logo</title></svg></body>").title is None


def test_references_in_json_ld_are_followed(document: Document) -> None:
    assert document.linked(document.news["author"])["name"] == "Tom Hale"
    assert document.linked({"@id": "#nobody"}) == {"@id": "#nobody"}
    assert document.linked("Tom") == "Tom"


def test_references_in_a_circle_end() -> None:
    circle = '[{"@id": "#a", "author": {"@id": "#b"}}, {"@id": "#b", "author": {"@id": "#a"}}]'
    document = Document(f'<script type="application/ld+json">{circle}</script>')
    assert document.linked({"@id": "#a"})["author"] == {"@id": "#b"}


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("a.html", "https://glint.example/showbiz/a.html"),
        (" //cdn.example/a ", "https://cdn.example/a"),
        ("/b", "https://glint.example/b"),
        ("javascript:void(0)", None),
        ("mailto:x@glint.example", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_are_resolved_against_the_base(document: Document, href: str | None, address: str | None) -> None:
    assert document.absolute(href) == address


@pytest.mark.parametrize("url", [None, "", "http://[", "no address", "http://glint.example:x/"])
def test_any_address_may_be_given(url: str | None) -> None:
    document = Document("<base href='http://['><link rel=canonical href='http://['><a href='b'>x</a>", url=url)
    assert document.absolute("b") in (None, "http://glint.example:x/b")
    assert document.news == {}


def test_positions_follow_the_document(document: Document) -> None:
    positions = [document.position(element) for element in document.tree.iter("head", "h1", "p")]
    assert positions == sorted(positions)
    assert document.position(document.tree) == 0


def test_elements_are_given_by_tag_in_document_order() -> None:
    document = Document("<p id=1>a</p><h2 id=2>b</h2><div id=3><p id=4>c</p><script>d</script></div><h2 id=5>e</h2>")
    assert [element.get("id") for element in document.tagged("p")] == ["1", "4"]
    assert [element.get("id") for element in document.tagged("h2", "p", "table")] == ["1", "2", "4", "5"]
    assert document.tagged("table") == []
    assert document.scripts == document.tagged("script")


def test_an_element_is_called_by_its_class_and_id(document: Document) -> None:
    heading = document.main_headings[0]
    assert document.name(heading) == "big head top"
    assert document.names[heading] == "big head top"
    assert document.tree not in document.names


def test_a_question_is_asked_once(document: Document) -> None:
    asked: list[Document] = []
    assert document.once(asked.append) is document.once(asked.append)
    assert asked == [document]


def test_rules_select_by_css_in_their_order() -> None:
    rules = SiteRules(headline=("h1.none", "p", "h1"))
    document = Document(HTML, rules=rules)
    assert [element.tag for element in document.select(document.rules.headline)] == ["p", "h1"]


@pytest.mark.parametrize("selector", ["h1[", "h1:foo", "h1 >", ""])
def test_a_rule_that_is_no_selector_is_refused_with_its_field(selector: str) -> None:
    with pytest.raises(ValueError, match="rule headline"):
        SiteRules(headline=(selector,))


def test_json_ld_that_a_server_wrote_as_a_meta_tag_is_read() -> None:
    node = html.escape('{"@type": "Article", "headline": "A"}')
    assert Document(f'<meta name="script:ld+json" content="{node}">').news["headline"] == "A"
