"""The samples of pictures, read from `samples/*.toml`.

A `[[sample]]` has a `form`, `markup` that stands between the two paragraphs of a written page, and `image`: the
pictures expected, each with the fields that the sample is about.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractors.images import find_images
from tests.extractors.written_page import written_page

FOLDER = Path(__file__).parent / "samples"
TITLES = {
    "address": "Which address is given",
    "caption": "Caption and credit",
    "gallery": "Galleries and slideshows",
    "none": "What is no picture of the article",
}


def samples() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every sample, with the name of its file."""
    for name in TITLES:
        file = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        yield from ((name, sample) for sample in file["sample"])


def given(sample: dict[str, Any]) -> list[dict[str, Any]]:
    """The pictures that a sample gives, with the fields that it is about; caption and credit always count."""
    found = [asdict(image) for image in find_images(*written_page(sample["markup"]), "The goat is fine")]
    wanted = expected(sample)
    fields = [tuple(image) for image in wanted] + [("url",)] * len(found)
    return [{name: image[name] for name in names} for image, names in zip(found, fields, strict=False)]


def expected(sample: dict[str, Any]) -> list[dict[str, Any]]:
    """The pictures that it must give."""
    return [
        {"caption": None, "credit": None, "after_block": 0, "lead": False} | image for image in sample.get("image", ())
    ]
