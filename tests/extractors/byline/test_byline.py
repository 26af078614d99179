import json

import pytest

from extractors.article import Author
from extractors.byline import find_authors
from extractors.document import Document
from extractors.rules import SiteRules

URL = "https://www.dailyglint.example/showbiz/dax-morrowby-sings"
TEXT = "<p>" + "Dax Morrowby sang at the harbour on Friday, and nobody had asked him to. " * 3 + "</p>"


def document(between: str = "", head: str = "", after: str = "", rules: SiteRules | None = None) -> Document:
    article = f"<article><h1>Dax Morrowby sings at the harbour</h1>{between}<div>{TEXT * 4}</div>{after}</article>"
    return Document(f"<html><head>{head}</head><body>{article}</body></html>", url=URL, rules=rules)


def names(between: str = "", head: str = "", after: str = "") -> list[str]:
    return [author.name for author in find_authors(document(between, head, after)).value]


def json_ld(author: object, **more: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Dax Morrowby sings at the harbour", "author": author, **more}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Person", "name": "Orla Quinn"},
        [{"@type": "Person", "name": "Orla Quinn"}],
        "Orla Quinn",
        {"name": "By Orla Quinn, Showbiz Reporter"},
        {"@type": "Person", "name": ["Orla Quinn"]},
        [{"name": None}, {"name": 7}, None, {"name": "Orla Quinn"}],
    ],
)
def test_json_ld_names_the_author_in_any_form(author: object) -> None:
    assert names(head=json_ld(author)) == ["Orla Quinn"]


def test_an_author_has_the_address_that_markup_or_print_gives() -> None:
    own = {"@type": "Person", "name": "Orla Quinn", "url": "/author/orla"}
    assert find_authors(document(head=json_ld(own))).value == (
        Author(name="Orla Quinn", url="https://www.dailyglint.example/author/orla"),
    )
    printed = "<div class=byline>By <a href='/author/orla'>Orla Quinn</a></div>"
    assert (
        find_authors(document(printed, json_ld("Orla Quinn"))).value[0].url
        == "https://www.dailyglint.example/author/orla"
    )
    front = {"@type": "Person", "name": "Orla Quinn", "url": "/"}
    assert find_authors(document(head=json_ld(front))).value[0].url is None


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='byline'>By Orla Quinn</div>",
        "<div class='meta'><span>By</span> <span>Orla Quinn</span></div>",
        "<p>By <a href='/author/orla'>Orla Quinn</a></p>",
        "<a rel='author' href='/staff/orla'>Orla Quinn</a>",
        "<span itemprop='author'>Orla Quinn</span>",
        "<i itemprop='author' itemscope itemtype='https://schema.org/Person'><b itemprop='name'>Orla Quinn</b>, 31</i>",
        "<div class='c-author__name'>Orla Quinn</div>",
        "<p><time>3 May 2026</time> by Orla Quinn</p>",
        "<p class='posted'>Published 3 May 2026 by Orla Quinn</p>",
        "<div><p>Orla Quinn</p><p>3 May 2026</p></div>",
        "<div><p>Orla Quinn</p><p>Showbiz reporter</p></div>",
        "<aside><a rel='author' href='/profile/orla'>Orla Quinn</a></aside>",
    ],
)
def test_the_printed_byline_is_found(markup: str) -> None:
    assert names(markup) == ["Orla Quinn"]


def test_several_printed_authors_are_taken_one_by_one() -> None:
    line = "<div class=byline>By <a href='/author/o'>Orla Quinn</a> and <a href='/author/t'>Tom Hale</a></div>"
    found = find_authors(document(line)).value
    assert [(author.name, author.url) for author in found] == [
        ("Orla Quinn", "https://www.dailyglint.example/author/o"),
        ("Tom Hale", "https://www.dailyglint.example/author/t"),
    ]


def test_what_is_printed_beats_markup_that_names_somebody_else() -> None:
    assert names("<div class=byline>By Orla Quinn</div>", '<meta name="author" content="Tom Hale">') == ["Orla Quinn"]


def test_markup_that_names_more_of_the_same_people_is_fuller() -> None:
    head = json_ld([{"name": "Orla Quinn"}, {"name": "Tom Hale"}])
    assert names("<div class=byline>By Orla Quinn</div>", head) == ["Orla Quinn", "Tom Hale"]


def test_editors_checkers_and_translators_are_no_authors() -> None:
    line = "<div class=byline>By Orla Quinn | Fact-checked by Tom Hale | Edited by Ana Ruiz</div>"
    assert names(line) == ["Orla Quinn"]
    assert names(after="<p>Additional reporting by Tom Hale</p>") == []


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='comment'><span class='author'>Tom Hale</span></div>",
        "<div class='related'><span class='byline'>By Tom Hale</span></div>",
        "<figure><figcaption>By Tom Hale</figcaption></figure>",
        "<nav><a rel='author' href='/author/t'>Tom Hale</a></nav>",
        "<div class='author-avatar'>Tom Hale</div>",
        "<div class='photo-author'>Tom Hale</div>",
        "<div class='byline' hidden>By Tom Hale</div>",
        "<p>Dax Morrowby</p><p>3 May 2026</p>",
        "<p>By adding a spoon of sugar</p>",
        "<div class='author'>Messaging</div>",
    ],
)
def test_other_names_are_no_authors(markup: str) -> None:
    assert names(markup) == []


def test_a_byline_at_the_end_counts_where_there_is_no_other() -> None:
    assert names(after="<p>Written by <a href='/author/o'>Orla Quinn</a></p>") == ["Orla Quinn"]
    assert names(
        after="<div class='author-box'><h4 class='author-box__name'>Orla Quinn</h4><p>She writes.</p></div>"
    ) == ["Orla Quinn"]


def test_the_outlet_and_agencies_are_organisations() -> None:
    site = '<meta property="og:site_name" content="The Daily Glint">'
    assert find_authors(document("<div class=byline>The Daily Glint</div>", site)).value == (
        Author(name="The Daily Glint", kind="organisation"),
    )
    agency = json_ld({"@type": "Organization", "name": "PA"})
    assert find_authors(document(head=agency)).value == (Author(name="PA", kind="organisation"),)


def test_the_outlet_beside_a_person_is_where_the_person_works() -> None:
    head = '<meta property="og:site_name" content="Glint Dublin">' + json_ld(
        [{"name": "Orla Quinn"}, {"name": "Glint Dublin"}]
    )
    assert names(head=head) == ["Orla Quinn"]


@pytest.mark.parametrize("account", ["admin", "orla.quinn", "https://glint.example/", "ops@glint.example", "Glint1"])
def test_accounts_are_no_authors(account: str) -> None:
    assert names(head=f'<meta name="author" content="{account}">' + json_ld({"name": account})) == []


def test_a_rule_comes_first() -> None:
    rules = SiteRules(authors=(".who",))
    found = find_authors(
        document("<i class=who>Orla Quinn</i><i class=who>Tom Hale</i>", json_ld("Ana Ruiz"), rules=rules)
    )
    assert [author.name for author in found.value] == ["Orla Quinn", "Tom Hale"]
    assert found.source == "rules"
