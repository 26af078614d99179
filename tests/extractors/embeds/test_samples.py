# ruff: noqa: E501 (markup and captions stand in one line, as on pages)
"""Every provider of the table, and every form of markup, has a sample with the embeds that it must give."""

import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from extractors.embeds import find_embeds
from tests.extractors.written_page import written_page

FOLDER = Path(__file__).parent / "samples"
TABLE = Path(__file__).parents[3] / "extractors" / "embeds" / "providers.toml"
SAMPLES = [
    pytest.param(sample, id=f"{path.stem}: {sample['form']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for sample in tomllib.loads(path.read_text(encoding="utf-8"))["sample"]
]
FORMS = {
    "blockquote with permalink", "blockquote without permalink", "blockquote without class", "blockquote without address",
    "iframe", "iframe that is loaded late", "iframe of a wrapper", "iframe with srcdoc", "consent placeholder", "noscript",
    "template", "amp", "custom element", "wordpress with a player", "wordpress with nothing but an address",
    "wordpress with nothing but the class", "bare address", "bare link", "link of a placeholder", "data attribute",
    "player set up by a script", "script with an address", "json-ld", "markup inside a string", "flash object",
    "own player", "the same post in two forms",
}  # fmt: skip


def embeds_of(markup: str) -> list[dict[str, Any]]:
    document, body = written_page(markup)
    return [asdict(embed) for embed in find_embeds(document, body)]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_sample_gives_its_embeds(sample: dict[str, Any]) -> None:
    unknown = {"url": None, "id": None, "author": None, "text": None, "after_block": 0}
    expected = [unknown | embed for embed in sample.get("embed", [])]
    assert embeds_of(sample["markup"]) == expected


def test_every_provider_has_a_sample_and_every_sample_a_provider() -> None:
    table = {entry["name"] for entry in tomllib.loads(TABLE.read_text(encoding="utf-8"))["provider"]}
    assert {path.stem for path in FOLDER.glob("*.toml")} == table | {"self"}


def test_every_form_has_a_sample() -> None:
    shown = {parameters.values[0]["form"] for parameters in SAMPLES if isinstance(parameters.values[0], dict)}
    assert shown >= FORMS
