import pytest

from extractors.article import Block
from extractors.body.result import Body, Link
from extractors.document import Document
from extractors.errors import NotAnArticle
from extractors.page_kind import refuse_other_pages
from extractors.page_kind.cards import Cards, find_cards, from_cards
from tests.growth import assert_linear

URL = "https://glint.example/harbour/singers"
TEASER = "Dax Morrowby sings at the harbour again, and this time the whole town of Little Ketter comes to hear him."


def read(html: str, url: str | None = URL, **more: object) -> tuple[Document, Body]:
    """A page and its text: what has the class `text`."""
    document = Document(f"<html><body>{html}</body></html>", url=url)
    marked = [element for element in document.tree.iter("*") if element.get("class") == "text"]
    blocks = tuple(Block(kind="paragraph", text=" ".join(element.itertext())) for element in marked)
    positions = tuple(document.position(element) for element in marked)
    return document, Body(blocks=blocks, positions=positions, confidence=0.88, **more)  # type: ignore[arg-type]


def page(card: str, number: int = 10) -> str:
    return "<div>" + "".join(card.replace("%", str(n)).replace("TEXT", TEASER) for n in range(number)) + "</div>"


@pytest.mark.parametrize(
    "card",
    [
        "<article><h3><a href='/a%'>Harbour night %</a></h3><p class=text>TEXT</p></article>",
        "<li><a href='/a%'><h3>Harbour night %</h3><p class=text>TEXT</p></a></li>",
        "<a href='https://glint.example/a%'><p class=text>TEXT</p></a>",
        "<div><p class=text>TEXT</p><p><a href='a%'>Read more</a></p></div>",
        "<div><a href='/a%'><img src='/a%.jpg'></a><div><p class=text>TEXT</p></div></div>",
        "<li class=text><h4><a href='/a%'>Harbour night %</a></h4><div>TEXT</div></li>",
        "<p class=text><a href='/a%'>TEXT</a></p>",
    ],
)
def test_a_text_that_is_cut_from_teasers_is_seen(card: str) -> None:
    document, body = read(page(card))
    linked = tuple(Link(number, 0, len(TEASER), f"/a{number}") for number in range(10) if card.startswith("<p class"))
    found = find_cards(document, Body(body.blocks, body.positions, links=linked))
    assert found == Cards(10, 1.0)


@pytest.mark.parametrize(
    "card",
    [
        "<p class=text>TEXT</p>",
        "<p class=text>TEXT <a href='/a%'>the harbour</a></p>",
        "<div><p class=text>TEXT <a href='/a%'>the harbour</a></p></div>",
        "<li class=text>TEXT <b><a href='/a%'>the harbour</a></b></li>",
        "<section><h2>Harbour night %</h2><p class=text>TEXT</p></section>",
        "<section><h2><a href='#part%'>Harbour night %</a></h2><p class=text>TEXT</p></section>",
        "<section><a href='?entry=%#top'>Share</a><p class=text>TEXT</p></section>",
        "<section><h2><a href='https://hotel%.example/rooms'>Hotel %</a></h2><p class=text>TEXT</p></section>",
        "<section><h2><a href='/a%'>Harbour %</a></h2><p class=text>" + "TEXT " * 8 + "</p></section>",
        "<section><h2><a href='/shop'>Harbour %</a></h2><p class=text>TEXT</p></section>",
    ],
)
def test_sections_and_paragraphs_of_an_article_are_no_teasers(card: str) -> None:
    document, body = read(page(card))
    assert find_cards(document, body).number <= 1
    assert list(from_cards(document, body, 300)) == []


def test_few_teasers_and_teasers_beside_a_text_say_little() -> None:
    card = "<div><h3><a href='/a%'>Harbour %</a></h3><p class=text>TEXT</p></div>"
    assert list(from_cards(*read(page(card, 5)), 100)) == []
    prose = f"<main>{f'<p class=text>{TEASER}</p>' * 10}</main>"
    found = find_cards(*read(page(card) + prose))
    assert found.number == 10
    assert found.share == pytest.approx(0.5)
    assert list(from_cards(*read(page(card) + prose), 300)) == []


def test_a_long_text_of_teasers_is_a_list() -> None:
    card = "<div><h3><a href='/a%'>Harbour %</a></h3><p class=text>TEXT</p></div>"
    document, body = read(page(card, 20))
    with pytest.raises(NotAnArticle, match="list"):
        refuse_other_pages(document, "Harbour singers", body)


def test_a_text_of_teasers_is_taken_where_the_markup_says_that_it_is_an_article() -> None:
    head = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ten singers",
        "url": "https://glint.example/harbour/singers", "datePublished": "2026-11-20T10:00:00Z"}</script>
        <meta property="og:type" content="article">"""
    card = "<div><h3><a href='/a%'>Harbour %</a></h3><p class=text>TEXT</p></div>"
    document, body = read(head + page(card, 20))
    refuse_other_pages(document, "Ten singers of the harbour whom you should hear", body)


def test_a_page_without_an_address_and_one_without_a_text_are_read() -> None:
    card = "<div><h3><a href='https://glint.example/a%'>Harbour %</a></h3><p class=text>TEXT</p></div>"
    assert find_cards(*read(page(card), url=None)) == Cards(10, 1.0)
    assert find_cards(*read("<p>x</p>")) == Cards(0, 0.0)


def test_teasers_are_found_in_linear_time() -> None:
    card = "<div>" * 30 + "<h3><a href='/a%'>Harbour %</a></h3><p class=text>TEXT</p>" + "</div>" * 30
    assert_linear(lambda times: read(page(card, times)), lambda made: find_cards(*made), 500)
