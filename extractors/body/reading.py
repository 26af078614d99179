"""The page as segments, each with the odds that it is text of the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.body.cues import Shape, shape
from extractors.body.evidence import alone
from extractors.body.likes import level
from extractors.body.model import model
from extractors.body.segments import Cut
from extractors.body.stretch import cut
from extractors.body.surroundings import HOPELESS, Landmarks, Surroundings
from extractors.body.trees import Forest
from extractors.document import Document


@dataclass(slots=True)
class Reading:
    """One page's segments, their measures, the sums around them, and the final log-odds of each."""

    cut: Cut
    shapes: list[Shape]
    around: Surroundings
    odds: list[float]


def landmarks(document: Document, headline: str | None) -> Landmarks:
    """Gather what the head of the page says about the article."""
    body = document.news.get("articleBody")
    return Landmarks(
        title=headline or document.first_meta("og:title") or document.tree.findtext(".//title") or "",
        description=document.first_meta("og:description", "description") or "",
        article_body=body if isinstance(body, str) else "",
    )


def read(document: Document, headline: str | None) -> Reading:
    """Cut the page into segments and judge each of them, first alone, then by its surroundings."""
    _ = document.elements  # while they are all held, the walk need not make each anew
    removed = frozenset(document.select(document.rules.remove))
    pieces = cut(document.tree, removed, whole=bool(document.rules.body))
    shapes = [shape(segment) for segment in pieces.segments]
    learned = model()
    first = alone(pieces, shapes, learned.cues)
    around = Surroundings(pieces, shapes, first, landmarks(document, headline))
    return Reading(pieces, shapes, around, judge(around, first, learned.trees))


def judge(around: Surroundings, first: Sequence[float], trees: Forest) -> list[float]:
    """Final log-odds of each segment: by the trees where it has a row of measures, drawn towards those of its likes."""
    rows = around.rows()
    odds = [trees(rows[number]) if number in rows else min(value, HOPELESS) for number, value in enumerate(first)]
    return level(odds, around.group, around.shapes)
