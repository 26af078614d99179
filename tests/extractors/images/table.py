"""Write docs/images.md, the table of samples of pictures: `python -m tests.extractors.images.table`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.extractors.images.sampled import TITLES, samples

PAGE = Path(__file__).parents[3] / "docs" / "images.md"
_HEAD = """# Pictures: in which forms they are read

Written by `python -m tests.extractors.images.table` from the samples under `tests/extractors/images/samples/`, and held
in step by a test. Each line is a sample of markup with the pictures that it must give.
"""


def table() -> str:
    """The whole page."""
    pieces = [_HEAD]
    for name, title in TITLES.items():
        own = [sample for file, sample in samples() if file == name]
        if name == "none":
            rows = [f"- {sample['form']}" for sample in own]
        else:
            rows = [
                "| form | gives |",
                "| --- | --- |",
                *(f"| {sample['form']} | {_given(sample, name)} |" for sample in own),
            ]
        pieces.append(f"## {title}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(pieces)


def _given(sample: dict[str, Any], name: str) -> str:
    words = []
    for image in sample["image"]:
        parts = [f"“{image['caption']}”" if "caption" in image else "", image.get("credit", "")]
        file = image.get("url", "").rpartition("/")[2]
        words.append(file if name == "address" else " by ".join(part for part in parts if part) or file)
    return "; ".join(words).replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(table(), encoding="utf-8")
