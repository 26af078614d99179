"""A page that is long is read like one that is short."""

from __future__ import annotations

import pytest

from benchmarks.scaling_pages import real_shaped
from extractors import extract


@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_every_paragraph_of_a_long_article_is_text(size: int) -> None:
    page = real_shaped(size)
    paragraphs = page.partition(b'<div class="entry-content">')[2].partition(b"</article>")[0].count(b"<p")
    article = extract(page, url="https://dailyglint.localhost/2026/11/18/harbour-nights")
    assert sum(block.kind == "paragraph" for block in article.body) == paragraphs
