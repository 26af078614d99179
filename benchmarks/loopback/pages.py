"""Pages of real shape in any number, no two alike: packed one after the other into one file, as they go over the wire.

They are those of `../shared/bench/html` where that is there, else stories of the press that does not exist (`corpus`)
in the pages of `scaling_pages`. Of each in turn half of the longer words and names are changed, other ones in every
round, so that no two tell of the same event; markup, scripts and lengths stay. What half that is a CRC decides, and
of two rounds it is sometimes nearly the same one: of thirty pages made from one, about one pair in twenty are copies.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from benchmarks.corpus import corpus
from benchmarks.scaling_pages import real_shaped
from extractors import Article

HOSTS = 50
_PARTS = re.compile(rb"(?is)(<script\b.*?</script>|<style\b.*?</style>)")
_TEXT = re.compile(rb'>[^<]{12,}<|\bcontent="[^"/]{20,}"')
_LABELLED = re.compile(rb'"(?:headline|description|articleBody)"\s*:\s*"[^"\\]*"')
_WORD = re.compile(rb"\b[A-Z][a-z]{3,}\b|\b[a-z]{6,}\b")
_LABELS = frozenset((b"headline", b"description", b"articleBody", b"content"))
SIZES = (11.7, 0.75)
"""Logarithms of the bytes of generated pages, mean and deviation: those of the 1,088 pages of ../shared."""


GENERATED = 60


class Place(NamedTuple):
    """Where a page lies in the file."""

    offset: int
    packed: int
    """Bytes, as gzip."""
    bytes: int
    """Unpacked."""


def pack(folder: Path, count: int, source: Path | None, *, seed: int = 1) -> list[Place]:
    """Write `count` pages to `folder/pages.gz` and give their places; what is there from an earlier time is used."""
    index = folder / "pages.json"
    if index.exists():
        known = [Place(*place) for place in json.loads(index.read_text())]
        if len(known) >= count:
            return known[:count]
    folder.mkdir(parents=True, exist_ok=True)
    places: list[Place] = []
    with (folder / "pages.gz").open("wb") as file:
        for page in varied(originals(source, seed), count):
            packed = gzip.compress(page, compresslevel=4, mtime=0)
            places.append(Place(file.tell(), len(packed), len(page)))
            file.write(packed)
    index.write_text(json.dumps(places))
    return places


def originals(source: Path | None, seed: int) -> list[bytes]:
    """Give the pages that all others are made of."""
    chance = random.Random(seed)
    files = sorted(source.glob("*.html.gz")) if source else []
    if files:
        chance.shuffle(files)
        return [gzip.decompress(file.read_bytes()) for file in files]
    stories = (piece.outcome.article for piece in corpus(seed) if piece.outcome.article)
    return [_made(story, min(int(chance.lognormvariate(*SIZES)), 2_000_000)) for story in islice(stories, GENERATED)]


def _made(story: Article, size: int) -> bytes:
    """Put a story of the press that does not exist into a page with the proportions of a real one."""
    head, _, rest = real_shaped(size).decode().partition('<div class="entry-content">')
    _, _, tail = rest.partition("</article>")
    body = "".join(f"<p>{escape(block.text)}</p>" for block in story.body)
    page = f'{head}<div class="entry-content">{body}</div></article>{tail}'
    return page.replace("Harbour nights", escape(story.headline or "")).encode()


def varied(pages: list[bytes], count: int) -> Iterator[bytes]:
    """Give so many pages, each with words of its own."""
    for number in range(count):
        yield vary(pages[number % len(pages)], number)


def vary(page: bytes, number: int) -> bytes:
    """Change half of the longer words of a page's text, the same word always in the same way."""
    known: dict[bytes, bytes] = {}

    def other(match: re.Match[bytes]) -> bytes:
        word = match[0]
        if word not in known:
            drawn = crc32(word, number)
            cut = 1 + drawn % (len(word) - 2)
            turned = word[cut:] + word[:cut].lower()
            is_kept = drawn & 1 or word in _LABELS
            known[word] = word if is_kept else turned[:1].upper() + turned[1:] if word[:1].isupper() else turned
        return known[word]

    def text(match: re.Match[bytes]) -> bytes:
        return _WORD.sub(other, match[0])

    parts = _PARTS.split(page)
    for place, part in enumerate(parts):
        if place % 2 == 0:
            parts[place] = _TEXT.sub(text, part)
        elif b"ld+json" in part[:200]:
            parts[place] = _LABELLED.sub(text, part)
    return b"".join(parts)


def host_of(number: int) -> int:
    """Say at which of the hosts a page stands."""
    return number % HOSTS


def path_of(number: int) -> str:
    """Give the path of a page."""
    return f"/news/story-{number:07d}.html"
