"""Addresses: as they are shown, and as they are compared."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit, urlunsplit

from extractors.site import registrable

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TWIN_LABELS = frozenset({"www", "m", "mobile", "amp", "touch"})
_TWIN_SUFFIX = re.compile(r"(?:\.amp(?=\.html?$)|\.amp$|(?<=\.html)\.amp$)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/(?:[a-z]/s|amp/s|v/s)/")
_UNRESERVED = "!$&'()*+,;=:@-._~/"


class _Parameters(NamedTuple):
    prefixes: tuple[str, ...]
    names: frozenset[str]
    values: Mapping[str, frozenset[str]]
    renderings: Mapping[str, frozenset[str]]


@cache
def _parameters() -> _Parameters:
    data = tomllib.loads(Path(__file__).with_name("tracking.toml").read_text(encoding="utf-8"))
    return _Parameters(
        prefixes=tuple(data["prefixes"]),
        names=frozenset(data["names"]),
        values={name: frozenset(values) for name, values in data["values"].items()},
        renderings={name: frozenset(values) for name, values in data["renderings"].items()},
    )


def clean_url(url: str) -> str:
    """Give an address for display: the path as written, without fragment, default port and tracking parameters.

    Scheme and host are in lower case, the other parameters keep their order. What is no address comes back stripped.
    """
    parts = _split(url)
    if parts is None:
        return url.strip()
    query = "&".join(_kept(parts.query))
    return urlunsplit((parts.scheme.lower(), _host(parts), _SESSION.sub("", parts.path), query, ""))


@lru_cache(maxsize=1024)
def url_key(url: str) -> str:
    """Give the key under which addresses of the same page are equal; it is no address that can be fetched.

    Beside what `clean_url` leaves out, these count as the same: http and https, `www.`, `m.` and `amp.` hosts and the
    bare one, `/amp/` in the path and `?amp=1`, a trailing slash and none, `index.html` and none, parameters in another
    order, `%7E` and `~`, and the copy in an AMP cache (https://developers.google.com/amp/cache/overview).
    """
    parts = _split(url)
    if parts is None:
        return url.strip()
    parts = _from_amp_cache(parts)
    path = quote(unquote_to_bytes(_SESSION.sub("", parts.path).encode("utf-8", "replace")), safe=_UNRESERVED)
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > 1:
        segments = [segment for segment in segments if segment != "amp"] or segments
    path = _INDEX.sub("", _TWIN_SUFFIX.sub("", "/" + "/".join(segments))).rstrip("/")
    query = "&".join(sorted(part for part in _kept(parts.query) if not _asks_for_rendering(part)))
    return _bare_host(_host(parts)) + path + ("?" + query if query else "")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 (raises for a port that is no number)
    except ValueError:
        return None
    named = (parts.hostname or "").rstrip(".")
    is_host = bool(named) and not any(map(str.isspace, named))
    return parts if parts.scheme.lower() in _DEFAULT_PORTS and is_host else None


def _host(parts: SplitResult) -> str:
    """Host and port in lower case, without the port that the scheme means anyway, and without a user's name."""
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    return host if port is None or port == _DEFAULT_PORTS[parts.scheme.lower()] else f"{host}:{port}"


def _bare_host(host: str) -> str:
    """The host without the labels that only name a twin; never less than the registrable domain."""
    name, colon, port = host.partition(":")
    if host.startswith("["):
        return host
    own = registrable(name)
    front = name.removesuffix(own).split(".")
    labels = [label for label in front if label and label not in _TWIN_LABELS]
    return ".".join([*labels, own]) + colon + port


def _kept(query: str) -> list[str]:
    """The parameters, as written, that are no trackers."""
    return [part for part in query.replace("&amp;", "&").split("&") if part and not _is_tracker(part)]


def _is_tracker(part: str) -> bool:
    known = _parameters()
    name, _, value = part.lower().partition("=")
    return name in known.names or name.startswith(known.prefixes) or value in known.values.get(name, ())


def _asks_for_rendering(part: str) -> bool:
    name, _, value = part.lower().partition("=")
    values = _parameters().renderings.get(name)
    return values is not None and (not values or value in values)


def _from_amp_cache(parts: SplitResult) -> SplitResult:
    """The address that an AMP cache's copy stands for; another address unchanged."""
    host = parts.hostname or ""
    if not (host.endswith(".ampproject.org") or (host.startswith("www.google.") and parts.path.startswith("/amp/s/"))):
        return parts
    rest = _AMP_CACHE.sub("", parts.path)
    if rest == parts.path:
        return parts
    return _split(f"https://{rest}?{parts.query}") or parts


def path_of(url: str) -> str:
    """Give the path of an address, without `index.html`; empty where it is none."""
    parts = _split(url)
    return _INDEX.sub("", parts.path) if parts else ""


def is_deep(url: str) -> bool:
    """Whether an address is more than that of a front page: it has a path or a query."""
    parts = _split(url)
    return parts is not None and bool(path_of(url).strip("/") or _kept(parts.query))
