"""The providers' table: whose post an address names, and what marks its markup."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from extractors.article import EmbedKind

MAX_ADDRESS = 3000
MAX_CLASSES = 40
_HOST_END = re.compile(r"[/?#]")
_FIELD = re.compile(r"\{([\w-]+)(\|[^}]*)?\}")


@dataclass(frozen=True, slots=True)
class Post:
    """What an address, or a piece of markup, names at a provider."""

    provider: str
    kind: EmbedKind
    url: str | None = None
    """The canonical address."""
    id: str | None = None
    author: str | None = None
    """The handle, as far as the address has it."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    provider: str
    kind: EmbedKind
    match: re.Pattern[str]
    url: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ScriptRule:
    """A player that a script sets up."""

    needle: str
    """What a script must hold for a look at it to be worth the time."""
    pattern: re.Pattern[str]
    address: str
    """A template for `re.Match.expand`."""


@dataclass(frozen=True, slots=True)
class Table:
    """`providers.toml`, ready to look up."""

    patterns: Mapping[str, tuple[_Pattern, ...]]
    """By the host under which they are listed; under `*` those for any host."""
    classes: Mapping[str, Post]
    """What a class says by itself: provider and kind."""
    words: Mapping[str, Post]
    """What a word inside a class says: provider and kind."""
    built_by_tag: Mapping[str, tuple[str, ...]]
    """Templates of addresses, to be filled with an element's attributes."""
    built_by_class: Mapping[str, tuple[str, ...]]
    built_by_attribute: Mapping[str, tuple[str, ...]]
    scripts: tuple[ScriptRule, ...]
    class_names: frozenset[str]
    """Every class, in lower case, that says anything by itself."""

    def built_by_classes(self, names: list[str]) -> tuple[str, ...]:
        """Give the templates for the classes, in lower case, of one element."""
        if self.built_by_class.keys().isdisjoint(names):
            return ()
        return tuple(template for name in names for template in self.built_by_class.get(name, ()))


@cache
def table() -> Table:
    """Load the table once."""
    return read_table(tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["provider"])


def read_table(entries: Iterable[Mapping[str, Any]]) -> Table:
    """Make the table of entries as `providers.toml` has them."""
    patterns: dict[str, tuple[_Pattern, ...]] = {}
    classes: dict[str, Post] = {}
    words: dict[str, Post] = {}
    built: dict[str, tuple[str, ...]] = {}
    scripts: list[ScriptRule] = []
    for entry in entries:
        bare = Post(entry["name"], entry["kind"])
        own = tuple(_pattern(entry["name"], item) for item in entry["pattern"])
        for host in entry["hosts"]:
            patterns[host] = patterns.get(host, ()) + own
        classes |= {name.lower(): bare for name in entry.get("classes", ())}
        words |= {word: bare for word in (entry["name"], *entry.get("words", ())) if len(word) > 1}
        for line in entry.get("built", ()):
            mark, _, template = line.partition(" ")
            built[mark] = (*built.get(mark, ()), template)
        for needle, match, address in entry.get("scripts", ()):
            scripts.append(ScriptRule(needle, re.compile(match), _FIELD.sub(r"\\g<\1>", address)))
    by_class = {mark[1:]: templates for mark, templates in built.items() if mark[0] == "."}
    return Table(
        patterns,
        classes,
        words,
        {mark: templates for mark, templates in built.items() if mark[0] not in ".@"},
        by_class,
        {mark[1:]: templates for mark, templates in built.items() if mark[0] == "@"},
        tuple(scripts),
        frozenset(classes) | frozenset(by_class),
    )


def _pattern(provider: str, item: Mapping[str, Any]) -> _Pattern:
    return _Pattern(provider, item["kind"], re.compile(item["match"]), item["url"], item.get("marked", False))


def fill(template: str, fields: Mapping[str, str | None]) -> str | None:
    """Put fields into a template; None where one is missing that has no default after `|`."""
    missing = False

    def put(match: re.Match[str]) -> str:
        nonlocal missing
        value = fields.get(match[1])
        if value:
            return value.strip()
        missing = missing or match[2] is None
        return (match[2] or "|")[1:]

    filled = _FIELD.sub(put, template)
    return None if missing else filled


def recognise(address: str, marked: bool = False) -> Post | None:
    """Tell which post or player an absolute address (with or without scheme) names; None where none is known.

    `marked` says that the markup around it says that it is an embed: then profiles and pictures count too.
    """
    if _is_elsewhere(address, marked):
        return None
    parts = _split(address)
    if parts is None or parts.hostname is None:
        return None
    host = parts.hostname.lower()
    host = host.removeprefix("www.")
    place = host + (parts.path or "/") + ("?" + parts.query if parts.query else "")
    if parts.fragment.startswith("!/"):
        place = f"{host}/#{parts.fragment}"
    for pattern in _patterns_for(host, marked):
        found = pattern.match.match(place) if marked or not pattern.marked else None
        if found is not None:
            groups = found.groupdict()
            return Post(
                pattern.provider, pattern.kind, fill(pattern.url, groups), groups.get("id"), groups.get("author")
            )
    return None


def _is_elsewhere(address: str, marked: bool) -> bool:
    """Whether an address surely names no post, by its host alone; most addresses of a page are such."""
    host = _HOST_END.split(address.partition("//")[2], maxsplit=1)[0].lower()
    labels = host.split(".")
    if not "".join(labels).replace("-", "").isalnum():
        return False
    known = table().patterns
    for start in range(max(0, len(labels) - 4), len(labels) - 1):
        if ".".join(labels[start:]) in known:
            return False
    return not marked or not ("@" in address or "/users/" in address)


def _split(address: str) -> SplitResult | None:
    address = address.strip()
    if len(address) > MAX_ADDRESS:
        return None
    try:
        parts = urlsplit("https:" + address if address.startswith("//") else address)
        return parts if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _patterns_for(host: str, marked: bool) -> Iterator[_Pattern]:
    known = table().patterns
    labels = host.split(".")
    for start in range(max(0, len(labels) - 4), len(labels) - 1):
        yield from known.get(".".join(labels[start:]), ())
    if marked:
        yield from known["*"]
