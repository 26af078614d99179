"""Time zones as pages write them: offsets, abbreviations, IANA names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])(\d{1,2})(?::?(\d\d))?")


@cache
def _table() -> Mapping[str, tzinfo]:
    data = tomllib.loads(Path(__file__).with_name("zones.toml").read_text("utf-8"))
    fixed: dict[str, tzinfo] = {
        name: timezone(timedelta(hours=entry["hours"])) if entry["hours"] else UTC
        for name, entry in data["fixed"].items()
    }
    return fixed | {name: ZoneInfo(zone) for name, zone in data["named"].items()}


@cache
def zone_named(name: str | None) -> tzinfo | None:
    """The zone of an IANA name; None where there is none of this name."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
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
