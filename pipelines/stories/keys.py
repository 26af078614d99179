"""Under which keys related articles meet in the database.

A strong key (a run of quoted words, a whole headline, a post together with somebody who is in the article) brings two
articles together by itself; weak ones, which name two signs at once (a person and a word of the headline, two people),
do where two of them are shared. Single names make no key: those of a celebrity would bring together half of the press,
and a post alone makes none, for an outlet may show one on every page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from zlib import crc32

from pipelines.stories.signs import Signs

_RUNS, _POSTS, _LEADS, _PEOPLE, _NAMES, _TITLE, _DATES = 24, 8, 2, 4, 5, 8, 2
"""Signs of each kind that make keys."""


def keys_of(signs: Signs) -> list[int]:
    """Give the keys of an article: strong ones from zero up, weak ones below."""
    strong = {*list(signs.quotes)[:_RUNS], *_posts(signs), *([signs.headline] if signs.headline else [])}
    return sorted(strong | {-1 - crc32(pair.encode("utf-8", "replace")) for pair in _pairs(signs)})


def _posts(signs: Signs) -> Iterator[int]:
    beside = list(signs.people)[: _PEOPLE - 1] or list(signs.names[:_NAMES]) or [""]
    for name, post in product(beside, signs.posts[:_POSTS]):
        yield crc32(f"{post} {name}".encode("utf-8", "replace"))


def _pairs(signs: Signs) -> Iterator[str]:
    people = [name for name, weight in signs.people.items() if weight > 1]
    leads = people[:_LEADS] or [f"={name}" for name in signs.names[:_LEADS]]
    for one, other in combinations(sorted(people[:_PEOPLE]), 2):
        yield f"p {one} {other}"
    for lead, word in product(leads, signs.title[:_TITLE]):
        yield f"t {lead} {word}"
    for lead, name in product(leads, signs.names[:_NAMES]):
        yield f"n {lead} {name}"
    for lead, day in product(leads, signs.dates[:_DATES]):
        yield f"d {lead} {day}"
