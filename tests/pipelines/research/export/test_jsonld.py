"""The JSON-LD export, as a JSON-LD processor understands it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyld import jsonld

from pipelines.research.export import Exported
from pipelines.research.export.jsonld import jsonld_lines, news_article

SCHEMA = "http://schema.org/"


def nobody(url: str, options: object) -> None:
    pytest.fail(f"the processor asked for {url}")


@pytest.fixture
def articles(exported: list[Exported]) -> list[dict[str, Any]]:
    """The nodes of type NewsArticle, expanded: every property by its full name, every value a list."""
    document = json.loads("".join(jsonld_lines(exported)))
    nodes = jsonld.expand(document, {"documentLoader": nobody})
    assert {node["@type"][0] for node in nodes} == {SCHEMA + "NewsArticle"}
    return nodes  # type: ignore[no-any-return]


def values(node: dict[str, Any], name: str) -> list[Any]:
    return [each.get("@value", each.get("@id")) for each in node.get(SCHEMA + name, [])]


def test_every_article_is_a_node_with_its_fields(articles: list[dict[str, Any]], exported: list[Exported]) -> None:
    assert len(articles) == len(exported)
    for node, each in zip(articles, exported, strict=True):
        article = each.article
        assert values(node, "url") == [each.url]
        assert values(node, "identifier") == [str(each.id)]
        assert values(node, "headline") == ([article.headline] if article.headline else [])
        assert values(node, "description") == ([article.dek] if article.dek else [])
        assert values(node, "articleBody") == [article.text]
        assert values(node, "wordCount") == [each.words]
        assert values(node, "keywords") == list(article.tags)
        assert values(node, "isBasedOn") == ([each.copy_of_url] if each.copy_of_url else [])
        assert values(node, "isAccessibleForFree") == ([] if article.access is None else [article.access == "free"])
        authors = node.get(SCHEMA + "author", [])
        assert [values(author, "name") for author in authors] == [[author.name] for author in article.authors]
        parts = node.get(SCHEMA + "hasPart", [])
        assert [values(part, "text") for part in parts if part["@type"] == [SCHEMA + "Quotation"]] == [
            [quote.text] for quote in article.quotes
        ]
        assert len(parts) == len(article.quotes) + len(article.embeds)


def test_dates_say_no_more_than_is_known(articles: list[dict[str, Any]]) -> None:
    published = {values(node, "url")[0].rpartition("/")[2]: values(node, "datePublished") for node in articles}
    assert published == {
        "maud-leaves": ["2026-11-22T09:30:00Z"], "insider": ["2026-11-20T08:00:00Z"], "trennung": [],
        "maud": ["2026-11-22T10:30:00Z"], "formula": ["2026-11-21"], "week": [], "month": ["2026-11"],
        "year": ["2026"], "bare": [],
    }  # fmt: skip


def test_speakers_bylines_pictures_and_posts_have_their_types(exported: list[Exported]) -> None:
    first, formula = (news_article(exported[index]) for index in (0, 4))
    assert [author["@type"] for author in first["author"]] == ["Person", "Organization"]
    assert first["hasPart"][0]["creator"] == [{"@type": "Person", "name": "Maud Perrin"}]
    assert first["image"][0]["creditText"] == "Rex Lark"
    assert [part["@type"] for part in formula["hasPart"]] == ["VideoObject", "AudioObject", "SocialMediaPosting"]


def test_a_node_stands_on_a_line_of_its_own(exported: list[Exported]) -> None:
    lines = "".join(jsonld_lines(exported)).splitlines()
    assert [json.loads(line.rstrip(","))["url"] for line in lines[1:-1]] == [each.url for each in exported]
    assert json.loads("".join(jsonld_lines([])))["@graph"] == []
