"""Whether a page is an article; every other kind is refused with its name."""

from __future__ import annotations

from extractors.body.result import Body
from extractors.document import Document
from extractors.errors import ChallengePage, EmptyShell, NotAnArticle
from extractors.page_kind.cards import MOST, from_cards
from extractors.page_kind.evidence import from_address, from_body, from_headline, from_types, og_type, page_words
from extractors.page_kind.sign import FEW, words
from extractors.page_kind.standing import from_page
from extractors.whitespace import squash

__all__ = ["refuse_other_pages"]

_LIMIT = 3.0  # points above which a page is no article
_BODY_LIMIT = 5.0  # points that a poor body gives at most: it may be the recipe that failed
_SHELL = 300  # words of navigation and the like on a page that has no text
_SENTENCE = 60  # characters of a sentence
_GATE = 400  # words of a consent or challenge page at most,
_GATE_TITLE = 60  # and characters of its title
_SURE = 0.95  # confidence in a body that needs no other sign than an article's markup
_GATES = {"consent": "a consent page", "challenge": "a challenge page", "error": "an error page"}


def refuse_other_pages(document: Document, headline: str | None, body: Body) -> None:
    """Raise `NotAnArticle`, with the kind of page, for one that is no article.

    Refused are consent, challenge and error pages, empty shells, front pages, lists of articles, shops and forums. The
    evidence is the markup's own word (schema.org types, og:type), the address, what stands on the page beside the text,
    and how sure the recipe is of the text.
    """
    length = sum(len(block.text.split()) for block in body.blocks)
    marked = _is_marked(document)
    if not marked and length <= _GATE and (gate := _gate(document, headline)):
        refusal = ChallengePage if gate == "challenge" else NotAnArticle
        raise refusal(f"this is {_GATES[gate]} and no article")
    if length < FEW and (headline or "").casefold() in words()["stubs"]["titles"]:
        raise NotAnArticle("this is a server's stub and no article")
    if not any(_is_text(block.text) for block in body.blocks) and document.once(page_words) < _SHELL:
        raise EmptyShell("there is no text on this page: it is an empty shell")
    if marked and length >= FEW and body.confidence >= _SURE:
        return
    found = [
        *from_types(document),
        *from_headline(headline),
        *from_address(document, headline),
        *from_page(document, body, length),
    ]
    poor = list(from_body(document, body, length))
    total = sum(item.points for item in found) + min(_BODY_LIMIT, sum(item.points for item in poor))
    if _LIMIT - MOST < total <= _LIMIT:
        cards = list(from_cards(document, body, length))
        found += cards
        total += sum(item.points for item in cards)
    if total > _LIMIT:
        kind = max((item for item in (*found, *poor) if item.kind), key=lambda item: item.points).kind
        raise NotAnArticle(f"this is {kind} and no article")


def _is_marked(document: Document) -> bool:
    """Whether JSON-LD describes this page's article, or og:type and a date of publication do."""
    return bool(document.news) or (og_type(document) == "article" and bool(document.meta.get("article:published_time")))


def _is_text(text: str) -> bool:
    """Whether a block is a sentence, and not a label or a teaser's date."""
    return len(text) >= _SENTENCE or text.rstrip("\"'”’»)").endswith((".", "!", "?", "…", "。"))


def _gate(document: Document, headline: str | None) -> str | None:
    """Which kind of page stands in the way of the one asked for, by its title or heading: a key of `_GATES`."""
    headings = (heading.text_content() for heading in document.main_headings[:2])
    for text in (document.title, headline, *headings):
        folded = squash(text).casefold().lstrip("¡¿ ")
        if len(folded) <= _GATE_TITLE:
            for kind, beginnings in words()["gates"].items():
                if folded.startswith(tuple(beginnings)):
                    return str(kind)
    return None
