"""The registrable domain of an address."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

_MOST_LABELS = 8  # the longest rule of the list has five
_LONGEST_NAME = 253  # of a host in characters (RFC 1035, section 2.3.4)


class _Suffixes(NamedTuple):
    plain: frozenset[str]
    wildcards: frozenset[str]
    exceptions: frozenset[str]


@cache
def _suffixes() -> _Suffixes:
    """The registries' part of the Public Suffix List (https://publicsuffix.org/list/), as tldextract bundles it.

    The file is read without importing tldextract, which would load its HTTP client: four fifths of the time that
    `import extractors` then takes.
    """
    package = find_spec("tldextract")
    folders = (package.submodule_search_locations if package else None) or ()
    text = (Path(next(iter(folders))) / ".tld_set_snapshot").read_text(encoding="utf-8")
    public = text.partition("// ===BEGIN PRIVATE DOMAINS===")[0]
    rules = [line.strip() for line in public.splitlines() if line.strip() and not line.startswith("//")]
    return _Suffixes(
        plain=frozenset(rule for rule in rules if rule[0] not in "*!"),
        wildcards=frozenset(rule[2:] for rule in rules if rule.startswith("*.")),
        exceptions=frozenset(rule[1:] for rule in rules if rule.startswith("!")),
    )


def _suffix_length(labels: list[str]) -> int:
    """How many labels at the end are the public suffix; 1 where no rule matches, as the list's algorithm says."""
    rules = _suffixes()
    for start in range(max(0, len(labels) - _MOST_LABELS), len(labels)):
        name = ".".join(labels[start:])
        if name in rules.exceptions:
            return len(labels) - start - 1
        if name in rules.plain or name.partition(".")[2] in rules.wildcards:
            return len(labels) - start
    return 1


def host_of(url: str | None) -> str | None:
    """Give the host of an absolute address in lower case, without port and final dot; None where no such can exist."""
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    return host if host and len(host) <= _LONGEST_NAME else None


def registrable(host: str) -> str:
    """Give the registrable domain of a host; an IP address, a public suffix and a name of one label are their own."""
    return _registrable(host) if len(host) <= _LONGEST_NAME else host


@lru_cache(maxsize=1024)
def _registrable(host: str) -> str:
    labels = host.split(".")
    if ":" in host or (labels[-1].isdigit() and len(labels) == 4):
        return host
    readable = [_unicode(label) for label in labels] if "xn--" in host else labels
    return ".".join(labels[-(_suffix_length(readable) + 1) :])


def _unicode(label: str) -> str:
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def site_of(url: str | None) -> str | None:
    """Give the registrable domain (`glint.co.uk`) by the bundled Public Suffix List; None without a host."""
    host = host_of(url)
    return registrable(host) if host else None
