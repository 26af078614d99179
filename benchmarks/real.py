"""Figures on the real pages of ../shared/bench, by the scorers that lie there."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"


def present() -> bool:
    """Whether the real pages lie beside the project."""
    return (BENCH / "bench.py").is_file()


def _module(name: str) -> Any:
    if str(BENCH) not in sys.path:
        sys.path.append(str(BENCH))
    with contextlib.redirect_stdout(io.StringIO()):
        return importlib.import_module(name)


def pages(name: str) -> dict[str, float]:
    """Body, headline, authors and date figures on one set of pages, and how many pages gave no record."""
    bench, metrics = _module("bench"), _module("metrics")
    scored, refused, other = [], 0, 0
    for page in bench.rows(BENCH / f"{name}.jsonl.gz"):
        record, _, error = bench.run(bench.read(BENCH / "html" / page["html"]), page)
        refused += bool(error and error.startswith("NotAnArticle"))
        other += bool(error and not error.startswith("NotAnArticle"))
        scored.append(metrics.page_scores(page, record))
    figures: dict[str, float] = metrics.summary(scored)
    return figures | {"refused": refused, "exceptions": other}


def texts(name: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each page of one set, as its gold has it, with the text that is read of it; empty where it is refused."""
    bench = _module("bench")
    for page in bench.rows(BENCH / f"{name}.jsonl.gz"):
        record, _, _ = bench.run(bench.read(BENCH / "html" / page["html"]), page)
        yield page, record.get("body") or ""


def gossip() -> dict[str, float]:
    """Every field on the tabloid pages; of a precision, recall and F1 triple each apart, of `a/b` the count a."""
    bench, score = _module("bench"), _module("gossip_score")
    import json

    out = {}
    for file in sorted((BENCH / "gossip" / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        out[gold["id"]], _, _ = bench.run((BENCH / "gossip" / "html" / f"{gold['id']}.html").read_bytes(), gold)
    figures: dict[str, float] = {}
    for name, value in score.agg(score.score(out, str(BENCH / "gossip" / "gold"))).items():
        if isinstance(value, tuple):
            parts = ("P", "R", "F1") if len(value) == 3 else ("strict", "lenient")
            figures |= {
                f"{name.split(' P/R')[0].split(' strict/')[0]} {part}": item
                for part, item in zip(parts, value, strict=True)
            }
        else:
            figures[name] = float(re.match(r"[\d.]+|nan", str(value)).group())  # type: ignore[union-attr]
    return figures


def quotations() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The documents of the development split of PolNeAR, and what is found in each."""
    from extractors import find_quotes

    gold, predictions = _module("bench").rows(BENCH / "polnear_dev.jsonl.gz"), []
    for document in gold:
        paragraphs, starts, position = [], [], 0
        for line in document["text"].split("\n"):
            if line.strip():
                paragraphs.append(line)
                starts.append(position)
            position += len(line) + 1
        found = [
            {
                "start": starts[q.block] + q.start,
                "end": starts[q.block] + q.end,
                "speaker": q.speaker,
                "mention": q.mention,
            }
            for q in find_quotes(paragraphs)
        ]
        predictions.append({"doc": document["doc"], "quotes": found})
    return gold, predictions


def quotes() -> dict[str, float]:
    """Detection and end-to-end figures on the development split of PolNeAR; `full` and `all` quotations."""
    score = _module("quote_score")
    gold, predictions = quotations()
    figures: dict[str, float] = {}
    for kind in ("full", "all"):
        scored = score.score(gold, predictions, kind)
        names = {"F1": "detection F1", "e2eF_strict": "strict", "e2eF_len+": "lenient"}
        figures |= {f"{kind} {shown}": scored[name] for name, shown in names.items()}
    return figures


def quotation_errors() -> list[dict[str, Any]]:
    """What is wrong on that split: quotations missed, spurious, or with a speaker that even leniently is not right."""
    score = _module("quote_score")
    gold, predictions = quotations()
    errors: list[dict[str, Any]] = []
    score.score(gold, predictions, "all", errors)
    around = {document["doc"]: document["text"] for document in gold}
    for error in errors:
        text = around[error["doc"]]
        error["around"] = " ".join(text[max(0, error["start"] - 160) : error["end"] + 160].split())
    return errors


def notarticles() -> dict[str, float]:
    """How many of the pages that are no article were refused as such."""
    bench = _module("bench")
    from extractors import NotAnArticle, extract

    caught = 0
    for page in bench.rows(BENCH / "notarticles.jsonl.gz"):
        try:
            extract(bench.read(BENCH / "html" / page["html"]), url=page.get("url"))
        except NotAnArticle:
            caught += 1
    return {"caught": caught}


def speed() -> dict[str, float]:
    """CPU time of the whole `extract` as a multiple of trafilatura's and of the bare parse, interleaved in one run."""
    bench = _module("bench")
    import argparse

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        bench.speed(argparse.Namespace(limit=60))
    ratios = {
        line[:24].strip(): float(line.split()[-1])
        for line in printed.getvalue().splitlines()
        if re.match(r"(lxml|traf)", line)
    }
    return {f"times {name}": ratio for name, ratio in ratios.items()}
