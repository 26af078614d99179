import json

import pytest

from extractors.article import Block
from extractors.body.result import Body, Link
from extractors.document import Document
from extractors.errors import NotAnArticle
from extractors.headline import find_headline
from extractors.page_kind import refuse_other_pages
from extractors.page_kind.standing import from_page

STORY_URL = "https://glint.example/showbiz/orla-quinn-leaves-the-long-room"
SENTENCE = "Orla Quinn has left the longest running show of Irish television, her manager said on Monday."
NEWS = {"@type": "NewsArticle", "headline": "Orla Quinn leaves", "datePublished": "2026-11-20T10:00:00Z"}


def script(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes)}</script>'


def refusal(
    html: str, url: str | None = STORY_URL, sentences: int = 10, confidence: float = 0.97, **more: object
) -> str:
    """The reason for refusing a page with so many sentences of text; empty where it is taken."""
    blocks = tuple(Block(kind="paragraph", text=SENTENCE) for _ in range(sentences))
    document = Document(f"<html><body>{html}{f'<p class=text>{SENTENCE}</p>' * sentences}</body></html>", url=url)
    positions = tuple(document.position(e) for e in document.tree.iter("p") if e.get("class") == "text")
    body = Body(blocks=blocks, positions=positions, confidence=confidence, **more)  # type: ignore[arg-type]
    try:
        refuse_other_pages(document, find_headline(document).value, body)
    except NotAnArticle as refused:
        return str(refused)
    return ""


PLAIN = "<h1>Orla Quinn leaves</h1>"
CARDS = "".join(
    f"<article><h3><a href='/a{n}'>Dax Morrowby sings at harbour {n}</a></h3><time>today</time></article>"
    for n in range(30)
)


@pytest.mark.parametrize(
    "html",
    [
        PLAIN,
        PLAIN + script(NEWS),
        PLAIN + "<meta property='og:type' content='article'>",
        PLAIN + CARDS,
        "<h1>Just a moment with Orla Quinn, the singer who left the show and never looked back once</h1>",
        "<h1>Oops! Orla Quinn leaves again</h1>",
        PLAIN + script(NEWS, {"@type": "Product", "name": "Her book"}),
    ],
)
def test_articles_are_taken(html: str) -> None:
    assert refusal(html) == ""


def test_a_short_article_is_taken_where_its_markup_says_that_it_is_one() -> None:
    assert refusal(PLAIN + script(NEWS), sentences=1, confidence=0.6) == ""
    assert refusal(PLAIN + script(NEWS) + CARDS, sentences=2, confidence=0.7) == ""


def test_a_page_without_an_address_is_judged_by_what_stands_on_it() -> None:
    assert refusal(PLAIN, url=None) == ""
    assert refusal(PLAIN, url="http://[") == ""


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Just a moment...", "challenge"),
        ("Access Denied", "challenge"),
        ("Verify you are human", "challenge"),
        ("We value your privacy", "consent"),
        ("Before you continue to Glint", "consent"),
        ("Wir benötigen Ihre Zustimmung", "consent"),
        ("Page not found | Glint", "error"),
        ("Seite nicht gefunden", "error"),
        ("This story has been removed", "error"),
    ],
)
def test_what_stands_before_or_instead_of_a_page_is_refused(title: str, kind: str) -> None:
    assert kind in refusal(f"<title>{title}</title><p>x</p>", sentences=4)
    assert kind in refusal(f"<title>Glint</title><h1>{title}</h1>", sentences=1)


def test_an_article_of_that_title_is_taken() -> None:
    head = script({**NEWS, "headline": "Just a moment"})
    assert refusal(f"<h1>Just a moment</h1>{head}", sentences=4) == ""
    assert refusal("<h1>Just a moment</h1>", sentences=40) == ""


@pytest.mark.parametrize("title", ["Moved", "404", "Forbidden", "Redirecting…"])
def test_a_server_s_stub_is_refused(title: str) -> None:
    assert "stub" in refusal(f"<h1>{title}</h1>", sentences=1)


def test_an_empty_shell_is_refused_whatever_its_markup_says() -> None:
    assert "empty shell" in refusal("<div id=app></div>" + script(NEWS), sentences=0, confidence=0)
    labels = Body(blocks=(Block(kind="paragraph", text="2 hours ago"),), positions=(0,), confidence=0.9)
    with pytest.raises(NotAnArticle, match="empty shell"):
        refuse_other_pages(Document("<p>2 hours ago</p>" + script(NEWS), url=STORY_URL), "Orla", labels)


@pytest.mark.parametrize(
    ("html", "url", "sentences", "confidence"),
    [
        (CARDS, "https://glint.example/", 4, 0.8),
        (
            CARDS + script({**NEWS, "headline": "Teaser", "url": STORY_URL}),
            "https://glint.example/?utm_source=x",
            4,
            0.8,
        ),
        (CARDS, "https://glint.example/tag/orla-quinn", 3, 0.7),
        (CARDS + script({"@type": "CollectionPage"}), "https://glint.example/showbiz", 3, 0.9),
        (CARDS, "https://glint.example/author/tom-hale", 2, 0.5),
        ("<h1>Showbiz</h1>" + CARDS, "https://glint.example/showbiz", 1, 0.5),
        (script({"@type": "Product"}), "https://shop.example/products/mug", 3, 0.9),
        ("<meta property='og:type' content='product'>", "https://shop.example/mug", 3, 0.9),
        ("<button>Add to cart</button>" * 6, "https://shop.example/shop/mugs", 2, 0.8),
        (script({"@type": "QAPage"}), "https://talk.example/t/mugs/12", 10, 0.9),
        (
            "<div itemscope itemtype='https://schema.org/DiscussionForumPosting'>x</div>",
            "https://talk.example/x-y",
            10,
            0.9,
        ),
        ("<h1>Mugs</h1>", "https://talk.example/threads/mugs.12/", 1, 0.7),
    ],
)
def test_front_pages_lists_shops_and_forums_are_refused(html: str, url: str, sentences: int, confidence: float) -> None:
    reason = refusal(html, url, sentences, confidence)
    assert reason.endswith("and no article")
    assert "\n" not in reason


def test_a_text_that_is_all_links_is_a_list() -> None:
    links = tuple(
        Link(block=block, start=0, end=len(SENTENCE), url=f"https://glint.example/a{block}") for block in range(4)
    )
    assert "list" in refusal(PLAIN, "https://glint.example/vehicle", 4, 0.8, links=links)


LONG_TITLE = "<h1>Orla Quinn leaves the show that she has led for nine years</h1>"


def test_a_list_s_word_far_up_in_an_address_says_less() -> None:
    assert refusal(PLAIN, "https://glint.example/topics/harbour", 1, 0.85) != ""
    assert refusal(PLAIN, "https://glint.example/topics/harbour/singers/best-of-all", 4, 0.85) == ""


def test_a_headline_that_says_something_is_no_section_s() -> None:
    assert refusal("<h1>Harbour</h1>", "https://glint.example/harbour", 8, 0.3) != ""
    assert refusal(LONG_TITLE, "https://glint.example/harbour", 8, 0.3) == ""


@pytest.mark.parametrize(
    ("classes", "taken"),
    [
        ("single-post postid-12", True),
        ("path-node page-node-type-article", True),
        ("", False),
        ("archive category", False),
        ("template-collection", False),
    ],
)
def test_the_publishing_system_s_own_word_counts(classes: str, taken: bool) -> None:
    html = f"<html><body class='{classes}'><h1>Harbour</h1>{f'<p>{SENTENCE}</p>' * 8}</body></html>"
    document = Document(html, url="https://glint.example/harbour")
    positions = tuple(document.position(element) for element in document.tree.iter("p"))
    body = Body((Block(kind="paragraph", text=SENTENCE),) * 8, positions, confidence=0.3)
    try:
        refuse_other_pages(document, "Harbour", body)
    except NotAnArticle:
        assert not taken
    else:
        assert taken


SHELF = "".join(f"<div><b>Mug {n}</b><span>$ {n}.00</span></div>" for n in range(20))
FILLED = "https://shop.example/mugs/blue-ones"


@pytest.mark.parametrize(
    ("more", "taken"),
    [
        ("", True),
        ("<label>Sort by</label>" + SHELF, False),
        ("<select><option>Ordenar por precio</option></select>" + SHELF, False),
        ("<a href='?page=2'>2</a><button>Sort by: newest</button>", False),
        ("<p>We sort by hand, says the potter.</p><a href='/other?page=2'>2</a>", True),
    ],
)
def test_shelves_and_the_controls_of_a_list_count(more: str, taken: bool) -> None:
    assert (refusal("<h1>Blue mugs</h1>" + more, FILLED, 8, 0.85) == "") == taken


@pytest.mark.parametrize(
    ("href", "counts"),
    [
        ("?page=2", True),
        ("/mugs/blue-ones?sort=new&page=2", True),
        ("https://shop.example/mugs/blue-ones/page/2/", True),
        ("/mugs/blue-ones?p=3", True),
        ("/page/2", False),
        ("/mugs?page=2", False),
        ("/mugs/blue-ones?p=1234", False),
        ("/mugs/blue-ones#page=2", False),
    ],
)
def test_only_further_pages_of_the_page_itself_count(href: str, counts: bool) -> None:
    document = Document(f"<html><body><a href='{href}'>2</a></body></html>", url=FILLED + "/?x=1")
    assert any(item.points == 1.0 for item in from_page(document, Body(), 0)) == counts


@pytest.mark.parametrize(
    ("label", "counts"),
    [
        ("48 products", True),
        (" 1,204 results", True),
        ("120 Ergebnisse", True),
        ("3 items", False),
        ("Items: 48", False),
    ],
)
def test_a_list_s_count_counts(label: str, counts: bool) -> None:
    document = Document(f"<html><body><span>{label}</span></body></html>", url=FILLED)
    assert ([item.points for item in from_page(document, Body(), 0)] == [1.0]) == counts


def test_prices_that_a_long_text_compares_are_no_shelf() -> None:
    document = Document(f"<html><body>{SHELF}</body></html>", url=FILLED)
    assert [item.points for item in from_page(document, Body(), 100)] == [1.5]
    assert [item.points for item in from_page(document, Body(), 2000)] == [0.5]


def test_questions_and_answers_of_a_page_without_an_article_count() -> None:
    assert refusal("<h1>Pottery classes</h1>", "https://kiln.example/classes", 8, 0.55) == ""
    assert refusal("<h1>Pottery classes</h1>" + script({"@type": "FAQPage"}), "https://kiln.example/classes", 8, 0.55)
