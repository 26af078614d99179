"""An article as one self-contained HTML page, its quotations marked with their speakers."""

from __future__ import annotations

from collections import defaultdict
from html import escape

from extractors import Article, Block, Embed, Image, Quote
from pipelines.render.parts import caption, embed_line, facts, parts

STYLE = """
:root { color-scheme: light dark }
body { font: 1.125rem/1.6 Georgia, serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem }
h1 { line-height: 1.2 } .dek { font-weight: bold }
.facts, figcaption, .embed { font: .875rem/1.5 sans-serif; opacity: .8 }
figure { margin: 1.5rem 0 } img { max-width: 100% } .embed { border-left: 4px solid; padding-left: 1rem }
mark { background: #ffe9a8; color: #222 }
"""


def to_html(article: Article) -> str:
    """Write an article as a page that opens offline; pictures are linked, nothing is executed."""
    quotes: dict[int, list[Quote]] = defaultdict(list)
    for quote in article.quotes:
        quotes[quote.block].append(quote)
    numbers = {id(block): index for index, block in enumerate(article.body)}
    pieces: list[str] = []
    open_list = False
    for part in parts(article):
        in_list = isinstance(part, Block) and part.kind == "list_item"
        if in_list != open_list:
            pieces.append("<ul>" if in_list else "</ul>")
            open_list = in_list
        found = quotes[numbers[id(part)]] if isinstance(part, Block) else []
        pieces.append(_part(part, found))
    if open_list:
        pieces.append("</ul>")
    return _frame(article, "\n".join(piece for piece in pieces if piece))


def _frame(article: Article, text: str) -> str:
    headline = escape(article.headline or "Untitled")
    dek = f'<p class="dek">{escape(article.dek)}</p>\n' if article.dek else ""
    about = f'<p class="facts">{escape(" · ".join(facts(article)))}</p>\n' if facts(article) else ""
    source = article.canonical_url
    link = f'<p class="facts"><a href="{escape(source)}">{escape(source)}</a></p>\n' if source else ""
    return (
        f'<!doctype html>\n<html lang="{escape(article.language or "en")}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{headline}</title>\n<style>{STYLE}</style>\n<article>\n<h1>{headline}</h1>\n{dek}{about}{text}\n{link}</article>\n"
    )


def _part(part: Block | Image | Embed, quotes: list[Quote]) -> str:
    if isinstance(part, Image):
        words = escape(caption(part))
        picture = f'<img src="{escape(part.url)}" alt="{escape(part.alt or "")}" loading="lazy">' if part.url else ""
        return f"<figure>{picture}<figcaption>{words}</figcaption></figure>" if picture or words else ""
    if isinstance(part, Embed):
        name = escape(embed_line(part))
        link = f'<a href="{escape(part.url)}">{name}</a>' if part.url else name
        return f'<div class="embed">{link}{": " + escape(part.text) if part.text else ""}</div>'
    tag = {"heading": f"h{max(2, part.level or 2)}", "list_item": "li", "block_quote": "blockquote"}.get(part.kind, "p")
    return f"<{tag}>{_marked(part.text, quotes)}</{tag}>"


def _marked(text: str, quotes: list[Quote]) -> str:
    pieces, position = [], 0
    for quote in quotes:
        title = f' title="{escape(quote.speaker)}"' if quote.speaker else ""
        pieces.append(escape(text[position : quote.start]))
        pieces.append(f"<mark{title}>{escape(text[quote.start : quote.end])}</mark>")
        position = quote.end
    return "".join(pieces) + escape(text[position:])
