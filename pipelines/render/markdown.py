"""An article as Markdown (CommonMark, https://spec.commonmark.org/0.31.2/)."""

from __future__ import annotations

import re

from extractors import Article, Block, Embed, Image
from pipelines.render.parts import caption, embed_line, facts, parts

_INLINE = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(#{1,6}(?=\s)|[-+](?=\s)|\d+(?=[.)]\s)|>|={3,}|-{3,}|~{3,})")


def to_markdown(article: Article) -> str:
    """Write an article to read: headline, standfirst, byline, text with pictures and embeds in place."""
    lines = [f"# {_escape(article.headline or 'Untitled')}"]
    if article.dek:
        lines.append(f"**{_escape(article.dek)}**")
    if about := facts(article):
        lines.append(f"*{_escape(' · '.join(about))}*")
    text = "\n\n".join(lines) + "\n"
    previous: Block | Image | Embed | None = None
    for part in parts(article):
        written = _part(part)
        if written:
            text += ("" if _same_list(previous, part) else _gap(previous, part)) + written + "\n"
            previous = part
    if article.canonical_url:
        text += f"\n<{article.canonical_url}>\n"
    return text


def _same_list(previous: object, part: object) -> bool:
    return all(isinstance(item, Block) and item.kind == "list_item" for item in (previous, part))


def _gap(previous: object, part: object) -> str:
    both_quoted = all(isinstance(item, Block) and item.kind == "block_quote" for item in (previous, part))
    return ">\n" if both_quoted else "\n"


def _part(part: Block | Image | Embed) -> str:
    if isinstance(part, Image):
        words = _escape(" ".join(caption(part).split()))
        if not part.url:
            return f"*{words}*" if words else ""
        picture = f"![{_escape(' '.join((part.alt or '').split()))}](<{_address(part.url)}>)"
        return f"{picture}\\\n*{words}*" if part.caption or part.credit else picture
    if isinstance(part, Embed):
        name = _escape(embed_line(part))
        link = f"[{name}](<{_address(part.url)}>)" if part.url else name
        return f"> {link}" + (f": {_escape(part.text)}" if part.text else "")
    return _block(part)


def _block(block: Block) -> str:
    text = _LINE_START.sub(r"\\\1", _escape(block.text), count=1)
    if re.match(r"\\\d", text):
        text = re.sub(r"^\\(\d+)", r"\1\\", text)
    if block.kind == "heading":
        return f"{'#' * max(2, block.level or 2)} {text}"
    if block.kind == "list_item":
        return f"{'  ' * ((block.level or 1) - 1)}- {text}"
    return f"> {text}" if block.kind == "block_quote" else text


def _escape(text: str) -> str:
    return _INLINE.sub(r"\\\1", text)


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("\n", "")
