"""Are copies recognised, and is one event one story? Held against the truth of `benchmarks.corpus`.

    python benchmarks/copies_and_stories.py [--articles 20000] [--seed 7] [--explain]

Copies: of the links that `article.copy_of` draws, how many tie prints of one text (precision); of the prints with none,
5% or 20% of their words changed, how many are tied to the first print, by a link or by a common original (recall).
Stories: of the pairs of articles with one `story_id`, how many tell one event (precision); of the pairs that tell one
event, how many have one `story_id` (recall). `--explain` prints where it went wrong.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import Piece, corpus  # noqa: E402
from benchmarks.scale import fill  # noqa: E402
from extractors import Article  # noqa: E402

BARS = {
    "copies, precision": 0.97,
    "copies with 0% changed, recall": 0.95,
    "copies with 5% changed, recall": 0.95,
    "copies with 20% changed, recall": 0.95,
    "stories, precision": 0.95,
    "stories, recall": 0.85,
}


class Row(NamedTuple):
    """An article as the database groups it."""

    id: int
    copy_of: int | None
    story_id: int | None


class Judged(NamedTuple):
    """What came out."""

    figures: dict[str, float]
    counts: dict[str, int]
    mistakes: list[str]

    @property
    def missed(self) -> list[str]:
        return [f"{name}: {self.figures[name]:.3f}" for name, bar in BARS.items() if self.figures[name] < bar]


def judge(path: Path, articles: int, seed: int = 7) -> Judged:
    """Fill a database with so many articles of the corpus, and compare it with the truth."""
    told: dict[str, Piece] = {}
    fill(path, _noted(corpus(seed), told), articles)
    connection = sqlite3.connect(path)
    rows = {url: Row(*row) for url, *row in connection.execute("SELECT url, id, copy_of, story_id FROM article")}
    connection.close()
    if rows.keys() != told.keys():
        raise ValueError("the database has other articles than the corpus")
    copies, stories = _copies(told, rows), _stories(told, rows)
    return Judged(copies.figures | stories.figures, copies.counts | stories.counts, copies.mistakes + stories.mistakes)


def _noted(pages: Iterator[Piece], told: dict[str, Piece]) -> Iterator[Piece]:
    """Pass pages on, and remember what is true of their articles."""
    for piece in pages:
        if piece.visit == 1:
            told[_article(piece).url or ""] = piece
        yield piece


def _copies(told: Mapping[str, Piece], rows: Mapping[str, Row]) -> Judged:
    texts: dict[int, list[str]] = defaultdict(list)
    for url, piece in told.items():
        if piece.text is not None:
            texts[piece.text].append(url)
    urls = {row.id: url for url, row in rows.items()}
    links = [(url, urls[row.copy_of]) for url, row in rows.items() if row.copy_of]
    wrong = [(one, other) for one, other in links if not _same_text(told[one], told[other])]
    found: Counter[float] = Counter()
    wanted: Counter[float] = Counter()
    mistakes = [f"no copies: {one} {other}" for one, other in wrong]
    for prints in texts.values():
        for first in (url for url in prints if told[url].share is None):
            for url in prints:
                share = told[url].share
                if share is not None:
                    tied = _tied(rows[url], rows[first])
                    wanted[share] += 1
                    found[share] += tied
                    if not tied:
                        mistakes.append(f"a copy with {share:.0%} changed: {url} {first}")
    figures = {"copies, precision": _share(len(links) - len(wrong), len(links))}
    figures |= {
        f"copies with {share:.0%} changed, recall": _share(found[share], wanted[share]) for share in sorted(wanted)
    }
    counts = {f"copies with {share:.0%} changed": wanted[share] for share in sorted(wanted)}
    return Judged(figures, counts | {"links of copies": len(links)}, mistakes)


def _same_text(one: Piece, other: Piece) -> bool:
    return one.text is not None and one.text == other.text


def _tied(one: Row, other: Row) -> bool:
    return (
        other.id == one.copy_of or one.id == other.copy_of or (one.copy_of is not None and one.copy_of == other.copy_of)
    )


def _stories(told: Mapping[str, Piece], rows: Mapping[str, Row]) -> Judged:
    meant: Counter[int] = Counter()
    found: Counter[int] = Counter()
    both: Counter[tuple[int, int]] = Counter()
    groups: dict[int, list[str]] = defaultdict(list)
    events: dict[int, list[str]] = defaultdict(list)
    for url, row in rows.items():
        story = row.story_id or -row.id
        meant[told[url].story] += 1
        found[story] += 1
        both[told[url].story, story] += 1
        groups[story].append(url)
        events[told[url].story].append(url)
    right = _pairs(both.values())
    figures = {
        "stories, precision": _share(right, _pairs(found.values())),
        "stories, recall": _share(right, _pairs(meant.values())),
    }
    counts = {"pairs of one event": _pairs(meant.values()), "pairs of one story": _pairs(found.values())}
    mistakes = [
        f"one story: {one} | {other} | in common: {_common(told[one], told[other])}"
        for urls in groups.values()
        for one, other in combinations(urls, 2)
        if told[one].story != told[other].story
    ]
    mistakes += [
        f"two stories: {one} | {other} | in common: {_common(told[one], told[other])}"
        for urls in events.values()
        for one, other in combinations(urls, 2)
        if rows[one].story_id is None or rows[one].story_id != rows[other].story_id
    ]
    return Judged(figures, counts, mistakes)


def _common(one: Piece, other: Piece) -> str:
    """Say what two articles share that a reader would see, and how far apart they are."""
    mine, its = _article(one), _article(other)
    hours = abs((one.outcome.page.fetched_at - other.outcome.page.fetched_at).total_seconds()) / 3600
    quotes = len({quote.text for quote in mine.quotes} & {quote.text for quote in its.quotes})
    posts = len({embed.id for embed in mine.embeds} & {embed.id for embed in its.embeds})
    names = len(_capitals(mine) & _capitals(its))
    return f"{quotes} quotations, {posts} posts, {names} names, {hours:.0f} hours"


def _capitals(article: Article) -> set[str]:
    return {word for word in f"{article.headline} {article.text}".split() if word.istitle() and len(word) > 5}


def _article(piece: Piece) -> Article:
    assert piece.outcome.article
    return piece.outcome.article


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--explain", action="store_true", help="print every mistake")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        judged = judge(Path(folder) / "truth.db", given.articles, given.seed)
    for name, figure in judged.figures.items():
        print(f"{name:34} {figure:.3f}  (bar {BARS[name]:.2f})")
    print(", ".join(f"{name}: {count}" for name, count in judged.counts.items()))
    print("\n".join(judged.mistakes if given.explain else []))
    sys.exit(bool(judged.missed))


if __name__ == "__main__":
    main()
