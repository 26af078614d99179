"""Time zones as pages write them: offsets, abbreviations, IANA names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Za-z][\w+-]*(?:/[A-Za-z][\w+-]*){0,2}")
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2})(?::?(\d\d))?")


@cache
def _table() -> Mapping[str, tzinfo]:
    data = tomllib.loads(Path(__file__).with_name("zones.toml").read_text("utf-8"))
    fixed: dict[str, tzinfo] = {
        name: timezone(timedelta(hours=entry["hours"])) if entry["hours"] else UTC
        for name, entry in data["fixed"].items()
    }
    named = {name: zone for name, key in data["named"].items() if (zone := zone_named(key))}
    return fixed | named


@cache
def zone_named(name: str | None) -> tzinfo | None:
    """The zone of an IANA name, from the bundled database, never the machine's; None where there is none."""
    if not name or not _NAME.fullmatch(name):
        return None
    try:
        with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (OSError, ValueError):
        return None


def read_zone(text: str | None) -> tzinfo | None:
    """Read `Z`, `+01:00`, `-0500`, `GMT+2` or a known abbreviation (`EST`, `PT`); None of anything else."""
    if not text:
        return None
    text = text.strip(" ()")
    if text in ("Z", "z"):
        return UTC
    if match := _OFFSET.fullmatch(text):
        sign, hours, minutes = match.groups()
        ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if ahead > timedelta(hours=14) or int(minutes or 0) > 59:
            return None
        return timezone(-ahead if sign in "-−" else ahead) if ahead else UTC
    return _table().get(text)
