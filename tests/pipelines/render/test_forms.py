# ruff: noqa: E501 (markup and lines stand as they are)
"""An article as Markdown, text and HTML reads like an article."""

from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from extractors import Article, Author, Block, Embed, Image, Quote, Stamp, extract
from pipelines.render import to_html, to_markdown, to_text
from pipelines.render.parts import byline, when

ARTICLE = Article(
    url="https://news.example/a",
    canonical_url="https://news.example/a",
    site="news.example",
    language="en",
    headline="Marlowe * rising <again>",
    dek="The singer is back.",
    authors=(Author(name="Nuala Brack"), Author(name="Tom Hale"), Author(name="PA", kind="organisation")),
    published=Stamp(value=datetime(2026, 11, 18, 14, 5, tzinfo=UTC), precision="minute", raw="x", source="json-ld"),
    section="Music",
    body=(
        Block(kind="paragraph", text="1. She said: “I am <back>.”"),
        Block(kind="heading", text="What next", level=3),
        Block(kind="list_item", text="A tour", level=1),
        Block(kind="list_item", text="A record", level=2),
        Block(kind="block_quote", text="We wish her well."),
        Block(kind="block_quote", text="All of us."),
        Block(kind="paragraph", text="# not a heading"),
    ),
    images=(Image(url="https://img.example/1.jpg", caption="Oona Marlowe", credit="Getty", lead=True),),
    embeds=(Embed(provider="instagram", kind="post", url="https://insta.example/p/1", author="oona", after_block=0),),
    quotes=(Quote(text="I am <back>.", speaker="Oona Marlowe", speakers=("Oona Marlowe",), block=0, start=14, end=26),),
)


def test_markdown_keeps_the_order_of_text_pictures_and_embeds() -> None:
    lines = to_markdown(ARTICLE).splitlines()
    assert lines[0] == r"# Marlowe \* rising \<again\>"
    order = [
        "![](<https://img.example/1.jpg>)",
        "*Oona Marlowe (Photo: Getty)*",
        "1\\. She said",
        "> [Instagram post by @oona]",
        "### What next",
        "- A tour",
        "  - A record",
    ]
    positions = [next(i for i, line in enumerate(lines) if line.startswith(start)) for start in order]
    assert positions == sorted(positions)


def test_a_page_as_markdown_shows_embeds_and_pictures_where_they_stand() -> None:
    page = """<!doctype html><html lang="en"><head><title>The goat is fine</title><meta property="og:type" content="article"></head><body><article><h1>The goat is fine</h1>
    <p>The goat of Harrowmoor was seen again on Monday, in good health, by the whole of the parish council.</p>
    <figure><img src="/img/goat-on-tower.jpg" alt="A goat"><figcaption>The *old* goat (Image: Tam Ray/Getty Images)</figcaption></figure>
    <p>Nobody knows how it came down from the church tower, and nobody in the village seems to ask about it.</p>
    <blockquote class="twitter-tweet"><p>The goat is fine.</p>&mdash; Tamblin Ray (@tamblin_ray)
    <a href="https://twitter.com/tamblin_ray/status/1990000111222333444">November 16, 2026</a></blockquote>
    <iframe src="https://www.youtube.com/embed/aB3dE5gH7_k"></iframe>
    <p>The council will meet again in the spring, when the ladder has been mended, and look at the matter then.</p>
    </article></body></html>"""
    lines = [line for line in to_markdown(extract(page, url="https://paper.example/goat")).splitlines() if line]
    assert lines[2:9] == [
        "The goat of Harrowmoor was seen again on Monday, in good health, by the whole of the parish council.",
        "![A goat](<https://paper.example/img/goat-on-tower.jpg>)\\",
        "*The \\*old\\* goat (Photo: Tam Ray/Getty Images)*",
        "Nobody knows how it came down from the church tower, and nobody in the village seems to ask about it.",
        "> [X post by @tamblin\\_ray](<https://x.com/tamblin_ray/status/1990000111222333444>): The goat is fine.",
        "> [YouTube video](<https://www.youtube.com/watch?v=aB3dE5gH7_k>)",
        "The council will meet again in the spring, when the ladder has been mended, and look at the matter then.",
    ]


@pytest.mark.parametrize(
    ("embed", "line"),
    [
        (Embed(provider="instagram", kind="video", url="https://i.example/1", author="oona"), "> [Instagram video by @oona](<https://i.example/1>)"),
        (Embed(provider="facebook", kind="post", url="https://f.example/1", author="Fog Players"), "> [Facebook post by Fog Players](<https://f.example/1>)"),
        (Embed(provider="googlemaps", kind="map", url="https://m.example/a b>c"), "> [Google Maps map](<https://m.example/a b%3Ec>)"),
        (Embed(provider="instagram", kind="post", author="oona"), "> Instagram post by @oona"),
        (Embed(provider="self", kind="video", url="https://v.example/1.mp4"), "> [The outlet's own video](<https://v.example/1.mp4>)"),
    ],
)  # fmt: skip
def test_markdown_names_provider_kind_and_author_of_an_embed(embed: Embed, line: str) -> None:
    assert line in to_markdown(replace(ARTICLE, embeds=(replace(embed, after_block=0),))).splitlines()


@pytest.mark.parametrize(
    ("image", "written"),
    [
        (Image(url="https://i.example/1.jpg", alt="A [goat]"), "![A \\[goat\\]](<https://i.example/1.jpg>)"),
        (Image(url="https://i.example/1.jpg", credit="Getty"), "![](<https://i.example/1.jpg>)\\\n*Photo: Getty*"),
        (Image(url="https://i.example/1.jpg", caption="The goat"), "![](<https://i.example/1.jpg>)\\\n*The goat*"),
        (Image(url=None, caption="The goat", credit="Getty"), "*The goat (Photo: Getty)*"),
    ],
)
def test_markdown_shows_a_picture_with_caption_and_credit_under_it(image: Image, written: str) -> None:
    text = to_markdown(replace(ARTICLE, images=(replace(image, after_block=0),)))
    assert f"\n\n{written}\n\n" in text


def test_markdown_escapes_what_would_turn_text_into_markup() -> None:
    text = to_markdown(ARTICLE)
    assert "\n\\# not a heading\n" in text
    assert "1\\. She said: “I am \\<back\\>.”" in text


def test_markdown_keeps_a_list_together_and_parts_the_paragraphs_of_a_quotation() -> None:
    text = to_markdown(ARTICLE)
    assert "- A tour\n  - A record\n" in text
    assert "> We wish her well.\n>\n> All of us.\n" in text


def test_text_is_wrapped_and_names_pictures_and_embeds() -> None:
    text = to_text(ARTICLE, width=40)
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= 40
    assert "[Picture: Oona Marlowe (Photo: Getty)]" in text


def test_html_marks_quotes_with_their_speakers_and_escapes_everything() -> None:
    page = to_html(ARTICLE)
    assert '<mark title="Oona Marlowe">I am &lt;back&gt;.</mark>' in page
    assert "<again>" not in page
    assert page.count("<ul>") == page.count("</ul>") == 1


def test_html_is_well_formed() -> None:
    class Checker(HTMLParser):
        void = frozenset({"meta", "img"})

        def __init__(self) -> None:
            super().__init__()
            self.open: list[str] = []

        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag not in self.void:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    checker = Checker()
    checker.feed(to_html(ARTICLE))
    assert checker.open == ["html"]


@pytest.mark.parametrize(
    ("stamp", "words"),
    [
        (None, ""),
        (Stamp(value=datetime(2026, 11, 8, 4, 5), precision="minute", raw="", source="text"), "8 November 2026, 04:05"),
        (
            Stamp(value=datetime(2026, 11, 8, 4, 5, tzinfo=UTC), precision="minute", raw="", source=""),
            "8 November 2026, 04:05 UTC",
        ),
        (Stamp(value=date(2026, 11, 1), precision="month", raw="", source="text"), "November 2026"),
        (Stamp(value=date(2026, 11, 2), precision="week", raw="", source="text"), "week of 2 November 2026"),
        (Stamp(value=None, precision="week", raw="2 weeks ago", source="text"), "2 weeks ago"),
    ],
)
def test_a_date_is_written_to_its_precision(stamp: Stamp | None, words: str) -> None:
    assert when(stamp) == words


def test_a_byline_joins_its_names() -> None:
    assert byline(ARTICLE) == "By Nuala Brack, Tom Hale and PA"
