"""What changed in an article, to read: as lines with marks, and as an HTML page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from pipelines.research.diff import BREAK, ArticleDiff, State
from pipelines.research.words import Piece

NAMES = {"headline": "Headline", "dek": "Standfirst", "authors": "Byline", "published": "Date", "body": "Text"}
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_TAGS = {"same": ("", ""), "removed": ("<del>", "</del>"), "added": ("<ins>", "</ins>")}

STYLE = """
:root { color-scheme: light dark }
body { font: 1.125rem/1.6 Georgia, serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem }
h1 { line-height: 1.2 } h2, .facts { font: .875rem/1.5 sans-serif; opacity: .8 }
del { background: #ffd7d5; color: #5c1010 } ins { background: #cdf0d0; color: #0b3d14; text-decoration-thickness: 2px }
"""


def marked(piece: Piece) -> str:
    """Give a piece with marks that need no colour: `[-taken away-]`, `{+added+}`."""
    begin, end = _MARKS[piece.change]
    return begin + piece.text.replace(BREAK, " ¶ ") + end


def to_diff_text(found: ArticleDiff, mark: Callable[[Piece], str] = marked) -> str:
    """Write a difference as lines; blocks that did not change are told by their number only.

    Args:
        found: the difference.
        mark: gives a piece as it is to be shown.
    """
    lines = [found.headline or "Untitled", found.url, _seen(found.before), _seen(found.after), *_warning(found)]
    for field in found.fields:
        lines += ["", f"{NAMES[field.field]}:", "".join(map(mark, field.pieces))]
    if found.body:
        lines += ["", f"{NAMES['body']}:"]
    for block in _shortened(found.body):
        lines += [f"({block} paragraph{'s' * (block > 1)} as before)" if isinstance(block, int) else _line(block, mark)]
    if not found.fields and not found.body:
        lines += ["", "No difference in headline, standfirst, byline, date and text."]
    return "\n".join(lines) + "\n"


def to_diff_html(found: ArticleDiff) -> str:
    """Write a difference as one self-contained page with `<del>` and `<ins>`; the text is there whole."""
    title = escape(found.headline or "Untitled")
    pieces = [f"<p>{escape(line)}</p>" for line in _warning(found)]
    pieces += [f"<h2>{NAMES[field.field]}</h2>\n<p>{_line(field.pieces, _tagged)}</p>" for field in found.fields]
    if found.body:
        pieces.append(f"<h2>{NAMES['body']}</h2>")
    pieces += [f"<p>{_line(block, _tagged)}</p>" for block in found.body]
    if not found.fields and not found.body:
        pieces.append("<p>No difference in headline, standfirst, byline, date and text.</p>")
    address = escape(found.url)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>Changes: {title}</title>\n<style>{STYLE}</style>\n<article>\n<h1>{title}</h1>\n"
        f'<p class="facts"><a href="{address}">{address}</a><br>{escape(_seen(found.before))}<br>'
        f"{escape(_seen(found.after))}</p>\n" + "\n".join(pieces) + "\n</article>\n"
    )


def _seen(state: State) -> str:
    return f"Revision {state.number}, first seen {state.fetched_at}"


def _warning(found: ArticleDiff) -> list[str]:
    old, new = found.before.extractor_version, found.after.extractor_version
    if old == new:
        return []
    return [f"Read by redtop {old} and {new}: what differs may be the reading, not the page."]


def _shortened(body: Sequence[tuple[Piece, ...]]) -> Iterator[int | tuple[Piece, ...]]:
    """Give the blocks that changed, and of the others how many stand there."""
    same = 0
    for block in body:
        if all(piece.change == "same" for piece in block):
            same += 1
            continue
        if same:
            yield same
        same = 0
        yield block
    if same:
        yield same


def _line(pieces: Sequence[Piece], mark: Callable[[Piece], str]) -> str:
    return "".join(map(mark, pieces))


def _tagged(piece: Piece) -> str:
    begin, end = _TAGS[piece.change]
    return begin + escape(piece.text).replace(BREAK, "&nbsp;¶<br>") + end
