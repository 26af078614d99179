"""The samples of embeds, read from `samples/*.toml`, and what the extractors make of them.

Each file is a provider's (`self` is the outlet's own players, `none` is what is no embed). A `[[sample]]` has a `form`,
`markup` that stands between the two paragraphs of a written page, or `text` that stands between those of a pasted
article, and `embed`, the embeds expected. An `[[address]]` has addresses (`of`) that name one post.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from extractors import extract_text
from extractors.embeds import find_embeds
from tests.extractors.written_page import written_page

FOLDER = Path(__file__).parent / "samples"
TABLE = Path(__file__).parents[3] / "extractors" / "embeds" / "providers.toml"
NONE = "none"
UNKNOWN = {"url": None, "id": None, "author": None, "text": None, "after_block": 0}
PASTED = """The goat is fine

The goat of Harrowmoor was seen again on Monday, in good health, by the whole of the parish council.

{text}

Nobody knows how it came down from the church tower, and nobody in the village seems to ask."""

FORMS = {
    "blockquote with permalink": "a blockquote whose attributes name the post",
    "blockquote without permalink": "a blockquote of which only a link inside names it",
    "blockquote without class": "a blockquote that has lost its class",
    "blockquote without address": "a blockquote that has lost every address",
    "iframe": "an iframe by `src`",
    "iframe that is loaded late": "an iframe by `data-src`, `data-lazy-src` and the like",
    "iframe of a wrapper": "an iframe of a wrapper, the outlet's own or the provider's, with the address as parameter",
    "iframe with srcdoc": "an iframe by `srcdoc`",
    "consent placeholder": "a box that waits for the reader's consent",
    "noscript": "a player inside `noscript`",
    "template": "a player inside `template`",
    "amp": "an AMP component",
    "custom element": "a custom element",
    "data attribute": "a box that a script fills, named by a data attribute",
    "link of a placeholder": "a link that stands for the post",
    "wordpress with a player": "a `wp-block-embed` with its player",
    "wordpress with nothing but an address": "a `wp-block-embed` with a bare address",
    "wordpress with nothing but the class": "a `wp-block-embed` with nothing but its class",
    "bare address": "an address as the only text of a paragraph",
    "bare link": "a link as the only text of a paragraph",
    "player set up by a script": "a player that an inline script sets up",
    "script with an address": "a script whose address or attributes name the post",
    "markup inside a string": "markup that stands as a string inside a script",
    "state blob": "an address in the data from which a script draws the article",
    "json-ld": "a `VideoObject` beside an empty player",
    "flash object": "an `object` or `embed` of Flash",
    "own player": "`<video>` and `<audio>`",
    "the same post in two forms": "the same post in two forms, which is one embed",
    "plain text": "what remains in pasted text",
}
"""Every form, with its meaning; the columns of docs/embeds.md."""


@cache
def read() -> Mapping[str, Mapping[str, Any]]:
    """Every file by its name."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def samples(name: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every sample, or those of one provider, with the provider's name."""
    for provider, file in read().items():
        if name in (None, provider):
            yield from ((provider, sample) for sample in file.get("sample", ()))


def addresses(name: str | None = None) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every address: the provider, the address, the post it names."""
    for provider, file in read().items():
        if name in (None, provider):
            for entry in file.get("address", ()):
                post = {key: value for key, value in entry.items() if key != "of"}
                yield from ((provider, address, post) for address in entry["of"])


def expected(provider: str, sample: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The embeds that a sample must give."""
    return [UNKNOWN | {"provider": provider} | embed for embed in sample.get("embed", ())]


def given(sample: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The embeds that it gives."""
    if "text" in sample:
        return [asdict(embed) for embed in extract_text(PASTED.format(text=sample["text"].strip())).embeds]
    return [asdict(embed) for embed in find_embeds(*written_page(sample["markup"]))]
