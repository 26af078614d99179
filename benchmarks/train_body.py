"""Learn the body's model from the development pages of the benches.

    python benchmarks/train_body.py           learns from all pages and writes the model
    python benchmarks/train_body.py --check   figures for each fifth of the outlets, learned from the other four

It needs scikit-learn and lightgbm, which the project itself does not: run it in an environment of its own in which
the project's dependencies are installed too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT.parent / "shared" / "bench"
sys.path[:0] = [str(ROOT), str(BENCH)]

import lightgbm  # noqa: E402
import metrics  # noqa: E402
import numpy as np  # noqa: E402
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

from extractors.body.choice import choose, expected  # noqa: E402
from extractors.body.cues import Shape, cues, shape  # noqa: E402
from extractors.body.evidence import named_cues  # noqa: E402
from extractors.body.head import head_segments  # noqa: E402
from extractors.body.model import PATH  # noqa: E402
from extractors.body.reading import Reading, landmarks  # noqa: E402
from extractors.body.reading import judge as odds_of  # noqa: E402
from extractors.body.segments import Cut  # noqa: E402
from extractors.body.stretch import cut  # noqa: E402
from extractors.body.surroundings import Landmarks, Surroundings  # noqa: E402
from extractors.body.trees import as_tree, forest  # noqa: E402
from extractors.document import Document  # noqa: E402
from extractors.headline import find_headline  # noqa: E402

WORD = re.compile(r"\w+")
SETS = ("aeb", "wcxb")
GOSSIP = BENCH / "gossip"
LEAST_OUTLETS = 8
"""A cue counts only when so many outlets have it: what is peculiar to few of them does not hold elsewhere."""


@dataclass
class Page:
    """One gold page, cut into segments, with what each of them should be."""

    name: str
    outlet: str
    fold: int
    gold: dict[str, Any]
    pieces: Cut
    shapes: list[Shape]
    landmarks: Landmarks
    head: frozenset[int]
    labels: list[int | None]
    cues: list[set[str]]
    odds: list[float] = field(default_factory=list)


def outlet_of(url: str) -> str:
    """The last labels of the host, as the benches' folds count them."""
    labels = (urlsplit(url).hostname or "").split(".")
    count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return ".".join(labels[-count:])


def load() -> list[Page]:
    """Read and cut every gold page."""
    pages = []
    for name in SETS:
        with gzip.open(BENCH / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for gold in map(json.loads, lines):
                data = (BENCH / "html" / gold["html"]).read_bytes()
                pages.append(prepare(name, gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data, gold))
    for file in sorted((GOSSIP / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        gold = {"url": gold["url"], "body": "\n\n".join(gold["body"])}
        pages.append(prepare("gossip", (GOSSIP / "html" / f"{file.stem}.html").read_bytes(), gold))
    return pages


def prepare(name: str, html: bytes, gold: dict[str, Any]) -> Page:
    """Cut one page and label its segments by the gold text."""
    document = Document(html, url=gold["url"])
    headline = find_headline(document).value
    pieces = cut(document.tree)
    shapes = [shape(segment) for segment in pieces.segments]
    head = head_segments(document, pieces, shapes, headline)
    found = [set(cues(measured)) | named for measured, named in zip(shapes, named_cues(pieces), strict=True)]
    labels = label([segment.text for segment in pieces.segments], gold["body"])
    outlet, fold = outlet_of(gold["url"]), metrics.fold(gold["url"])
    for part in (*pieces.nodes, *pieces.segments):
        part.element = document.tree  # the page's tree itself is no longer needed
    return Page(name, outlet, fold, gold, pieces, shapes, landmarks(document, headline), head, labels, found)


def label(texts: list[str], gold: str) -> list[int | None]:
    """1 where a segment's words stand in the gold text in their order, 0 where not, None where it has no word."""
    lines = [tuple(WORD.findall(metrics.normal(line))) for line in gold.split("\n") if line.strip()]
    whole = set(lines)
    words = [word for line in lines for word in line]
    triples = {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
    joined = f" {' '.join(words)} "
    labels: list[int | None] = []
    for text in texts:
        own = WORD.findall(metrics.normal(text))
        if not own:
            labels.append(None)
        elif len(own) >= 6:
            count = len(own) - 2
            labels.append(int(sum(tuple(own[i : i + 3]) in triples for i in range(count)) > count / 2))
        else:
            labels.append(int(tuple(own) in whole or (len(own) >= 3 and f" {' '.join(own)} " in joined)))
    return labels


def weigh(page: Page) -> list[float]:
    """What each segment counts in training: by its words, and each page about alike."""
    sizes = [min(measured.words, 60) + 3 for measured in page.shapes]
    true = sum(size for size, wanted in zip(sizes, page.labels, strict=True) if wanted)
    return [100 * size / (true + 100) * (wanted is not None) for size, wanted in zip(sizes, page.labels, strict=True)]


def learn_cues(pages: list[Page]) -> dict[str, float]:
    """Logistic regression over cues and names."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for named in page.cues:
            for cue in named:
                outlets[cue].add(page.outlet)
    known = {cue: number for number, cue in enumerate(sorted(c for c, o in outlets.items() if len(o) >= LEAST_OUTLETS))}
    columns: list[int] = []
    starts, wanted, weights = [0], [], []
    for page in pages:
        sizes = [min(measured.words, 60) + 3 for measured in page.shapes]
        for named, size, truth in zip(page.cues, sizes, page.labels, strict=True):
            columns.extend(sorted(known[cue] for cue in named if cue in known))
            starts.append(len(columns))
            wanted.append(truth or 0)
            weights.append(100 * size / sum(sizes) * (truth is not None))
    data = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(starts) - 1, len(known)))
    fitted = LogisticRegression(C=0.1, max_iter=100).fit(data, wanted, sample_weight=weights)
    learned = {cue: round(float(fitted.coef_[0][number]), 3) for cue, number in known.items()}
    return {"": round(float(fitted.intercept_[0]), 3)} | {cue: value for cue, value in learned.items() if value}


def judge(pages: list[Page], weights: dict[str, float]) -> None:
    """Give each segment the odds that the cues alone give."""
    for page in pages:
        page.odds = [weights[""] + sum(weights.get(cue, 0.0) for cue in sorted(named)) for named in page.cues]


def learn_trees(pages: list[Page]) -> list[object]:
    """Boosted trees over the measures of the surroundings."""
    rows: list[list[float]] = []
    wanted: list[int] = []
    weights: list[float] = []
    for page in pages:
        weighed = weigh(page)
        for number, row in Surroundings(page.pieces, page.shapes, page.odds, page.landmarks).rows().items():
            rows.append(row)
            wanted.append(page.labels[number] or 0)
            weights.append(weighed[number])
    fitted = lightgbm.LGBMClassifier(
        n_estimators=100, num_leaves=8, learning_rate=0.14, min_child_samples=40, subsample=0.8, subsample_freq=1,
        colsample_bytree=0.5, reg_lambda=5, verbose=-1, n_jobs=2, random_state=1, deterministic=True,
        force_col_wise=True,
    ).fit(np.array(rows), np.array(wanted), sample_weight=np.array(weights))  # fmt: skip
    return [nested(tree["tree_structure"]) for tree in fitted.booster_.dump_model()["tree_info"]]


def nested(node: dict[str, Any]) -> object:
    """A tree as `extractors.body.trees` reads it."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    bound = float(f"{node['threshold']:.6g}")
    return [node["split_feature"], bound, nested(node["left_child"]), nested(node["right_child"])]


def learn(pages: list[Page], known: dict[frozenset[int], dict[str, float]]) -> dict[str, Any]:
    """Learn both stages; the trees see odds from cues that were learned on other outlets, as they will in use.

    `known` keeps the weights by the folds that they were learned from.
    """
    folds = frozenset(page.fold for page in pages)

    def cues_of(some: frozenset[int]) -> dict[str, float]:
        if some not in known:
            known[some] = learn_cues([page for page in pages if page.fold in some])
        return known[some]

    for fold in sorted(folds):
        judge([page for page in pages if page.fold == fold], cues_of(folds - {fold}))
    trees = learn_trees(pages)
    return {"cues": cues_of(folds), "trees": trees}


def check(pages: list[Page]) -> None:
    """Print the figures of each set for outlets that nothing was learned from, and what confidence is worth."""
    known: dict[frozenset[int], dict[str, float]] = {}
    scored: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    sureness: list[tuple[float, float]] = []
    for fold in range(5):
        learned = learn([page for page in pages if page.fold != fold], known)
        mine = [page for page in pages if page.fold == fold]
        judge(mine, learned["cues"])
        trees = forest([as_tree(tree) for tree in learned["trees"]])
        for page in mine:
            around = Surroundings(page.pieces, page.shapes, page.odds, page.landmarks)
            reading = Reading(page.pieces, page.shapes, around, odds_of(around, page.odds, trees))
            kept = choose(reading, page.landmarks.title, page.head)
            text = "\n\n".join(page.pieces.segments[number].text for number in kept)
            scores = metrics.page_scores(page.gold, {"body": text})
            scored[page.name].append((fold, scores))
            sureness.append((expected(reading, kept), scores["word_f1"]))
    for name, rows in scored.items():
        for fold in (*range(5), None):
            show(f"{name} {'all' if fold is None else fold}", [s for number, s in rows if fold in (None, number)])
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        among = [f1 for sure, f1 in sureness if low <= sure < high]
        if among:
            print(f"confidence {low:.2f} to {high:.2f}: {len(among):4} pages, word F1 {sum(among) / len(among):.3f}")


def show(name: str, scores: list[dict[str, Any]]) -> None:
    """Print one line of figures."""
    kinds = ("body F1", "body P", "body R", "exact", "word F1", "segment F1")
    figures = metrics.summary(scores)
    print(f"{name:12}{len(scores):5}", *(f"{kind} {figures[kind]:.4f}" for kind in kinds if kind in figures), sep="  ")


def main() -> None:
    """Learn and write the model, or check the recipe out of fold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", type=Path, default=PATH)
    args = parser.parse_args()
    pages = load()
    if args.check:
        check(pages)
    else:
        text = json.dumps(learn(pages, {}), separators=(",", ":"), ensure_ascii=False)
        args.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
