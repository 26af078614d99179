"""An article as plain text, wrapped for a terminal or a mail."""

from __future__ import annotations

import textwrap

from extractors import Article, Block, Embed, Image
from pipelines.render.parts import caption, embed_line, facts, parts

WIDTH = 88


def to_text(article: Article, width: int = WIDTH) -> str:
    """Write an article as plain text; `width` is in columns."""
    paragraphs = [_wrap(article.headline or "Untitled", width)]
    paragraphs += [_wrap(line, width) for line in (article.dek or "", " · ".join(facts(article))) if line]
    paragraphs += [text for part in parts(article) if (text := _part(part, width))]
    if article.canonical_url:
        paragraphs.append(article.canonical_url)
    return "\n\n".join(paragraphs) + "\n"


def _wrap(text: str, width: int, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _part(part: Block | Image | Embed, width: int) -> str:
    if isinstance(part, Image):
        words = caption(part)
        return _wrap(f"[Picture: {words}]", width) if words else ""
    if isinstance(part, Embed):
        address = f" <{part.url}>" if part.url else ""
        return _wrap(f"[{embed_line(part)}{address}]" + (f" {part.text}" if part.text else ""), width)
    if part.kind == "list_item":
        indent = "  " * ((part.level or 1) - 1)
        return _wrap(part.text, width, f"{indent}- ", f"{indent}  ")
    if part.kind == "block_quote":
        return _wrap(part.text, width, "    ", "    ")
    return _wrap(part.text, width)
