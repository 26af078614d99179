"""The text of a site file."""

from __future__ import annotations

import json

from crawler.site import Listing, Site


def site_text(site: Site) -> str:
    """Write an outlet's file, as `parse_site` reads it, without what only a person can add: patterns and rules."""
    lines = [f"name = {_text(site.name)}", f"hosts = [{', '.join(map(_text, site.hosts))}]"]
    given = ((key, getattr(site, key)) for key in ("country", "language", "kind", "timezone"))
    lines += [f"{key} = {_text(value)}" for key, value in given if value]
    if site.delay != 1:
        lines.append(f"delay = {site.delay}")
    for name, places in (("feeds", site.feeds), ("sitemaps", site.sitemaps), ("sections", site.sections)):
        for place in places:
            lines += ["", f"[[{name}]]", *_place(place, with_kind=name == "sitemaps")]
    return "\n".join(lines) + "\n"


def _place(place: Listing, *, with_kind: bool) -> list[str]:
    lines = [f"url = {_text(place.url)}"]
    if with_kind:
        lines.append(f"kind = {_text(place.kind)}")
    if place.seen:
        lines.append(f"seen = {_text(place.seen)}")
    return lines


def _text(value: str) -> str:
    """A basic string of TOML: JSON's escapes are a part of TOML's (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(value.replace("\x7f", ""), ensure_ascii=False)
