"""Reading the text of a site file, strictly: an unknown key or a wrong type is an error that names it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawler.site import Listing, Site, SiteError
from extractors import SiteRules
from extractors.site import site_of

KEYS = frozenset(
    (
        *("name", "hosts", "country", "language", "kind", "timezone", "article_url", "article_url_seen"),
        *("delay", "concurrency", "interval", "limit", "feeds", "sitemaps", "sections", "rules"),
    )
)
SITEMAP_KINDS = ("news", "index", "urlset")


class _Table:
    """One table of the file, with the name by which an error calls it."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = values
        self.where = where

    def fail(self, key: str, problem: str) -> SiteError:
        return SiteError(f"{self.where}: {key}: {problem}")

    def allow(self, keys: Iterable[str]) -> None:
        allowed = set(keys)
        for key in self.values:
            if key not in allowed:
                raise self.fail(key, "unknown key")

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, "must be a text that is not empty")
        return value.strip()

    def needed(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            raise self.fail(key, "missing")
        return value

    def number(self, key: str, default: float, least: float) -> float:
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value < 86400:
            raise self.fail(key, f"must be a number from {least:g}, less than a day")
        return float(value)

    def whole(self, key: str, default: int) -> int:
        value = self.number(key, default, 1)
        if value != int(value):
            raise self.fail(key, "must be a whole number")
        return int(value)

    def tables(self, key: str) -> list[_Table]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail(key, f"must be written as [[{key}]] tables")
        return [_Table(item, f"{self.where}: {key} {number}") for number, item in enumerate(value, start=1)]


def parse_site(text: str, where: str) -> Site:
    """Make a `Site` of the text of a file; `where` names the file in a `SiteError`."""
    try:
        table = _Table(tomllib.loads(text), where)
    except tomllib.TOMLDecodeError as problem:
        raise SiteError(f"{where}: no TOML: {problem}") from problem
    table.allow(KEYS)
    hosts = _hosts(table)
    language = table.needed("language").lower()
    zone = _zone(table)
    return Site(
        domain=site_of(f"https://{hosts[0]}/") or hosts[0],
        name=table.needed("name"),
        hosts=hosts,
        language=language,
        country=table.text("country"),
        kind=table.text("kind"),
        timezone=zone,
        article_url=_pattern(table),
        delay=table.number("delay", 1.0, 0),
        concurrency=table.whole("concurrency", 1),
        interval=60 * table.number("interval", 30, 1),
        limit=table.whole("limit", 1) if "limit" in table.values else None,
        feeds=tuple(_listing(item, "feed") for item in table.tables("feeds")),
        sitemaps=tuple(_sitemap(item) for item in table.tables("sitemaps")),
        sections=tuple(_listing(item, "section") for item in table.tables("sections")),
        rules=_rules(table, zone, language),
    )


def _hosts(table: _Table) -> tuple[str, ...]:
    value = table.values.get("hosts")
    if not isinstance(value, list) or not value or not all(isinstance(host, str) for host in value):
        raise table.fail("hosts", "must be a list of at least one host name")
    for host in value:
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", host):
            raise table.fail("hosts", f"{host!r} is no host name in lower case without port")
    return tuple(value)


def _zone(table: _Table) -> str | None:
    name = table.text("timezone")
    if name is not None:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, LookupError) as problem:
            raise table.fail("timezone", f"{name!r} is no zone of the IANA database") from problem
    return name


def _pattern(table: _Table) -> re.Pattern[str] | None:
    pattern = table.text("article_url")
    table.text("article_url_seen")
    try:
        return re.compile(pattern) if pattern is not None else None
    except re.error as problem:
        raise table.fail("article_url", f"no regular expression: {problem}") from problem


def _listing(table: _Table, kind: str) -> Listing:
    table.allow(("url", "seen"))
    return Listing(url=_url(table), kind=kind, seen=table.text("seen"))


def _sitemap(table: _Table) -> Listing:
    table.allow(("url", "seen", "kind"))
    kind = table.text("kind") or "urlset"
    if kind not in SITEMAP_KINDS:
        raise table.fail("kind", f"must be one of {', '.join(SITEMAP_KINDS)}")
    return Listing(url=_url(table), kind=kind, seen=table.text("seen"))


def _url(table: _Table) -> str:
    url = table.needed("url")
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise table.fail("url", f"{url!r} is no http or https address")
    return url


def _rules(table: _Table, zone: str | None, language: str) -> SiteRules:
    values = table.values.get("rules", {})
    if not isinstance(values, dict):
        raise table.fail("rules", "must be written as a [rules] table")
    rules = _Table(values, f"{table.where}: rules")
    rules.allow(field.name for field in fields(SiteRules))
    given: dict[str, Any] = {}
    for field in fields(SiteRules):
        if field.name in values:
            given[field.name] = _rule(rules, field.name, field.default)
    given.setdefault("timezone", zone)
    given.setdefault("language", language)
    return replace(SiteRules(), **given)


def _rule(rules: _Table, key: str, default: object) -> object:
    value = rules.values[key]
    if isinstance(default, bool):
        if not isinstance(value, bool):
            raise rules.fail(key, "must be true or false")
        return value
    if isinstance(default, tuple):
        selectors = [value] if isinstance(value, str) else value
        if not isinstance(selectors, list) or not all(isinstance(item, str) for item in selectors):
            raise rules.fail(key, "must be a CSS selector or a list of them")
        for selector in selectors:
            _check_selector(rules, key, selector)
        return tuple(selectors)
    return rules.text(key)


def _check_selector(rules: _Table, key: str, selector: str) -> None:
    import cssselect

    try:
        cssselect.parse(selector)
    except cssselect.SelectorError as problem:
        raise rules.fail(key, f"{selector!r} is no CSS selector: {problem}") from problem
