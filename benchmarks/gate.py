"""Measure the extractors on real pages and hold the figures against the floors; `make bench`.

The real pages and their gold lie beside the project, in ../shared/bench; where they are absent this says so and
measures how many fields of the sample tabloid's hand-written records are met.

    python benchmarks/gate.py [--only aeb|wcxb|gossip|quotes|notarticles|speed|sample] [--floors FILE]

Exit status 1 where a figure is below its floor (or above its ceiling), in benchmarks/floors.toml.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import real, sample  # noqa: E402

Figures = dict[str, float]
MEASURES: dict[str, Callable[[], Figures]] = {
    "aeb": lambda: real.pages("aeb"),
    "wcxb": lambda: real.pages("wcxb"),
    "gossip": real.gossip,
    "quotes": real.quotes,
    "notarticles": real.notarticles,
    "speed": real.speed,
}


def verdicts(
    name: str, figures: Figures, limits: dict[str, dict[str, float]]
) -> Iterator[tuple[str, float, str, bool]]:
    """Give for each figure its name, value, limit in words, and whether it holds."""
    least, most = limits.get("at_least", {}), limits.get("at_most", {})
    for missing in sorted((set(least) | set(most)) - set(figures)):
        yield f"{name}: {missing}", float("nan"), "was not measured", False
    for figure, value in figures.items():
        holds = value >= least.get(figure, value) and value <= most.get(figure, value)
        words = f">= {least[figure]:g}" if figure in least else f"<= {most[figure]:g}" if figure in most else ""
        yield f"{name}: {figure}", value, words, holds


def main() -> int:
    """Measure, print a table, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=[*MEASURES, "sample"], action="append")
    parser.add_argument("--floors", type=Path, default=ROOT / "benchmarks" / "floors.toml")
    args = parser.parse_args()
    floors = tomllib.loads(args.floors.read_text(encoding="utf-8"))
    measures: dict[str, Callable[[], Figures]] = {"sample": sample.records}
    if real.present():
        measures |= MEASURES
    else:
        print(f"no real pages here ({real.BENCH.name} is not beside the project): only the sample is measured")
    failed = 0
    for name in args.only or measures:
        if name not in measures:
            print(f"{name}: cannot be measured here")
            continue
        for label, value, limit, holds in verdicts(name, measures[name](), floors.get(name, {})):
            failed += not holds
            print(f"{label:52}{value:10.4f}  {limit:12}{'' if holds else 'FAILS'}", flush=True)
    print(f"{failed} of the figures fail" if failed else "every figure holds")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
