"""The export for zyte-common-items, as its own class reads it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from itemadapter import ItemAdapter
from zyte_common_items import Article, ZyteItemAdapter

from pipelines.research.export import Exported
from pipelines.research.export.zyte import zyte_article


class Adapter(ItemAdapter):
    """Items as plain dicts, by the library's own rules."""

    ADAPTER_CLASSES = (ZyteItemAdapter,)


@pytest.fixture
def items(exported: list[Exported]) -> list[Article]:
    return [Article.from_dict(zyte_article(each)) for each in exported]


def test_the_class_takes_every_article_and_gives_it_back(items: list[Article], exported: list[Exported]) -> None:
    for item, each in zip(items, exported, strict=True):
        given = zyte_article(each)
        given["metadata"]["probability"] = 1.0  # the class's default
        assert Adapter(item).asdict() == given
        assert item._unknown_fields_dict == {}


def test_every_field_is_the_records(items: list[Article], exported: list[Exported]) -> None:
    for item, each in zip(items, exported, strict=True):
        article = each.article
        assert (item.url, item.canonicalUrl) == (each.url, article.canonical_url)
        assert (item.headline, item.description, item.inLanguage) == (article.headline, article.dek, article.language)
        assert item.articleBody == article.text
        assert [author.name for author in item.authors or ()] == [author.name for author in article.authors]
        assert [image.url for image in item.images or ()] == [image.url for image in article.images if image.url]
        assert item.datePublishedRaw == (article.published.raw if article.published else None)
        assert item.metadata is not None
        assert item.metadata.dateDownloaded == each.last_fetched


def test_dates_have_the_form_that_the_class_asks_for(items: list[Article]) -> None:
    published = {item.url.rpartition("/")[2]: item.datePublished for item in items}
    assert published == {
        "maud-leaves": "2026-11-22T09:30:00Z", "insider": "2026-11-20T08:00:00Z", "trennung": None,
        "maud": "2026-11-22T10:30:00Z", "formula": "2026-11-21T00:00:00", "week": None, "month": None, "year": None,
        "bare": None,
    }  # fmt: skip
    assert items[4].dateModified == "2026-11-21T09:05:00"


def test_pictures_and_players(items: list[Article]) -> None:
    formula = items[4]
    assert formula.mainImage is not None
    assert formula.mainImage.url == "https://grill.example/a.jpg"
    assert [video.url for video in formula.videos or ()] == ["https://www.youtube.com/watch?v=q1"]
    assert [audio.url for audio in formula.audios or ()] == ["https://open.spotify.com/episode/q2"]


class Outline(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.seen.append(data)


def test_the_body_as_html_keeps_its_blocks_and_escapes_their_text(items: list[Article]) -> None:
    assert Outline(items[4].articleBodyHtml or "").seen == [
        "article", "h3", "=SUM(A1:A9) <b>", "ul", "li", '- one, "two"; three', "li", "* 4 | 5", "blockquote",
        "# no heading", "p", "1. no list & no <script>alert(1)</script>",
    ]  # fmt: skip
