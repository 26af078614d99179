"""Remaining errors on the development split of PolNeAR, drawn with a fixed seed so that nobody picks them.

    python benchmarks/quote_errors.py [--sample 40] [--seed 4]

The gold lies beside the project, in ../shared/bench; where it is absent this says so.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import real  # noqa: E402


def drawn(errors: Sequence[dict[str, Any]], size: int, seed: int) -> list[dict[str, Any]]:
    """Give so many of the errors, or all where there are fewer, in the order of the documents."""
    numbers = random.Random(seed).sample(range(len(errors)), min(size, len(errors)))
    return [errors[number] for number in sorted(numbers)]


def line(error: dict[str, Any]) -> str:
    """Give one error in words: what kind, what was found, what the gold has, and the text around it."""
    given = f"{error.get('pred') or '–'} ({error.get('mention') or '–'})"
    meant = "; ".join(error.get("sources") or ()) or "–"
    return f"{error['type']:9}{given} for {meant}\n    {error['text'][:160]!r}\n    … {error['around'][:600]} …"


def main() -> int:
    """Draw, print, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=4)
    args = parser.parse_args()
    if not real.present():
        print(f"no gold here ({real.BENCH.name} is not beside the project): nothing is measured")
        return 0
    errors = real.quotation_errors()
    for number, error in enumerate(drawn(errors, args.sample, args.seed), 1):
        print(f"{number:3} {line(error)}")
    print(f"{len(errors)} errors in all: {dict(Counter(error['type'] for error in errors))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
