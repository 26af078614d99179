"""Count which stems are so common in news texts that they say nothing of an event: writes pipelines/stories/common.txt.

    python benchmarks/train_words.py

Counts documents, of the development pages of the benches; a stem counts that stands in at least `SHARE` of them.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT.parent / "shared" / "bench"
sys.path.insert(0, str(ROOT))

from pipelines.stories.signs import COMMON, WORD, stem  # noqa: E402

SHARE = 0.05
SETS = {"aeb": "body", "wcxb": "body", "polnear_train": "text"}


def main() -> None:
    counts: Counter[str] = Counter()
    documents = 0
    for name, field in SETS.items():
        with gzip.open(BENCH / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                documents += 1
                words = {word for word in WORD.findall(json.loads(line)[field]) if len(word) > 3 and word.islower()}
                counts.update({stem(word) for word in words})
    common = sorted(found for found, count in counts.items() if count >= SHARE * documents)
    head = f"# Stems that stand in at least {SHARE:.0%} of {documents} news texts; made by benchmarks/train_words.py.\n"
    COMMON.write_text(head + "\n".join(common) + "\n", encoding="utf-8")
    print(f"{len(common)} stems")


if __name__ == "__main__":
    main()
