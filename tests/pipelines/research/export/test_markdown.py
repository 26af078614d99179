"""The folder of Markdown, as a Markdown parser reads it."""

from __future__ import annotations

import json

from markdown_it import MarkdownIt

from pipelines.research.export import Exported
from pipelines.research.export.markdown import markdown_file, markdown_name


def read(text: str) -> tuple[dict[str, object], list[str]]:
    """Give the front matter, and the texts of the Markdown below it."""
    _, front, body = text.split("---\n", 2)
    facts = {name: json.loads(value) for name, _, value in (line.partition(": ") for line in front.splitlines())}
    texts = [
        "".join(part.content for part in token.children or () if part.type in ("text", "text_special"))
        for token in MarkdownIt().parse(body)
        if token.type == "inline"
    ]
    return facts, texts


def test_each_file_tells_its_article_apart_and_has_its_text(exported: list[Exported]) -> None:
    for each in exported:
        facts, texts = read(markdown_file(each))
        assert (facts["id"], facts["url"], facts.get("title")) == (each.id, each.url, each.article.headline)
        assert facts.get("authors", []) == [author.name for author in each.article.authors]
        assert texts[0] == (each.article.headline or "Untitled")
        assert [block.text for block in each.article.body if block.text not in texts] == []


def test_a_file_has_a_name_that_lasts(exported: list[Exported]) -> None:
    names = [str(markdown_name(each)) for each in exported]
    assert names[0] == "tattle.example/2026-11-22-maud-perrin-quits-after-nine-years-1.md"
    assert names[4] == "grill.example/2026-11-21-hyperlink-http-evil-example-maud-5.md"
    assert names[-1] == f"grill.example/undated-article-{exported[-1].id}.md"
    assert len(set(names)) == len(exported)


def test_what_yaml_would_take_for_a_line_break_is_escaped(exported: list[Exported]) -> None:
    from dataclasses import replace

    odd = replace(exported[0], article=replace(exported[0].article, headline='A: "b"\u2028c\x85 # d'))
    facts, _ = read(markdown_file(odd))
    assert facts["title"] == 'A: "b"\u2028c\x85 # d'
    assert markdown_file(odd).splitlines()[1] == 'title: "A: \\"b\\"\\u2028c\\u0085 # d"'
