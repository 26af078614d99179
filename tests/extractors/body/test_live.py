from datetime import UTC, datetime

from extractors.body import find_body
from extractors.document import Document
from tests.extractors.body import pages

LIVE = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "The Larkspurs, live"}</script>'


def entries(names: str) -> str:
    return "".join(
        f"<div class='{names}'><time datetime='2026-11-14T2{hour}:30:00+01:00'>2{hour}:30</time>"
        f"<h3>Song {hour}</h3><p>{text}</p></div>"
        for hour, text in zip((3, 2, 1), pages.PARAGRAPHS, strict=False)
    )


def stamps(page: bytes) -> list[tuple[str, datetime]]:
    body = find_body(Document(page, url="https://lantern.localhost/live"), None)
    return [(b.text, b.published.value) for b in body.blocks if b.published and isinstance(b.published.value, datetime)]


def test_the_first_block_of_each_entry_says_when_it_was_written() -> None:
    wanted = [(f"Song {hour}", datetime(2026, 11, 14, 19 + hour, 30, tzinfo=UTC)) for hour in (3, 2, 1)]
    assert stamps(pages.page(entries("entry"), head=LIVE)) == wanted
    assert stamps(pages.page(entries("live-entry"))) == wanted


def test_times_on_a_page_that_is_no_live_blog_stamp_nothing() -> None:
    assert stamps(pages.page(entries("entry"))) == []
