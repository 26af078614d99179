"""Why must-have segments of the second set are missing, and which must-not ones are there; `real.py` has only the F1.

A segment is looked for letter for letter. What is missed is looked for again with apostrophes, quotation marks and
dashes counted alike, then by its letters and digits alone. The real pages and their gold lie beside the project, in
../shared/bench; where they are absent this says so.

    python benchmarks/segments.py [--list missed|present]
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import real  # noqa: E402

MARKS = str.maketrans("‘’‚“”„–—‑", "'''\"\"\"---")
FOUND, MARK, SPACE, ABSENT = "found", "another mark", "spaces and bullets", "absent"
"""How a must-have segment stands in a text; the last three are what letter for letter misses."""


def flat(text: str) -> str:
    """Give the text with white space collapsed, as the scorer does."""
    return re.sub(r"\s+", " ", text).strip()


def how(segment: str, text: str) -> str:
    """Tell how a must-have segment stands in a text: `FOUND`, `MARK`, `SPACE` or `ABSENT`."""
    if flat(segment) in flat(text):
        return FOUND
    if flat(segment).translate(MARKS) in flat(text).translate(MARKS):
        return MARK
    return SPACE if re.sub(r"[\W_]+", "", segment) in re.sub(r"[\W_]+", "", text) else ABSENT


def judged(page: Mapping[str, Any], text: str) -> Iterator[tuple[str, str]]:
    """Yield each must-have segment of a page with how it stands in the text, and each must-not one that is there."""
    for segment in page.get("with", ()):
        yield how(segment, text), segment
    for segment in page.get("without", ()):
        if flat(segment) in flat(text):
            yield "present", segment


def f1(counts: Mapping[str, int], *as_found: str) -> float:
    """Give the segment F1 that the scorer gives, with these ways of standing in the text taken for found too."""
    wanted = sum(counts.get(way, 0) for way in (FOUND, MARK, SPACE, ABSENT))
    true = sum(counts.get(way, 0) for way in (FOUND, *as_found))
    return 2 * true / (true + counts.get("present", 0) + wanted) if true else 0.0


def main() -> int:
    """Count, print, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", choices=["missed", "present"], help="print these segments, each with its page")
    args = parser.parse_args()
    if not real.present():
        print(f"no real pages here ({real.BENCH.name} is not beside the project): nothing is measured")
        return 0
    counts: Counter[str] = Counter()
    for page, text in real.texts("wcxb"):
        for way, segment in judged(page, text):
            counts[way] += 1
            if (args.list == "missed" and way in (SPACE, ABSENT)) or args.list == way:
                print(f"{page['id']}\t{way}\t{flat(segment)[:160]}")
    for way in (FOUND, MARK, SPACE, ABSENT, "present"):
        print(f"{way:24}{counts[way]:6}")
    print(f"{'segment F1':24}{f1(counts):6.3f}")
    print(f"{'with marks alike':24}{f1(counts, MARK):6.3f}")
    print(f"{'with spaces alike too':24}{f1(counts, MARK, SPACE):6.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
