"""The words of a language that dates are written with, from `words/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("words")
_SAME = {"nb": "no", "nn": "no"}


@dataclass(frozen=True, slots=True)
class Words:
    """What one language calls months, weekdays, units and the nearest days; all in lower case."""

    months: Mapping[str, int]
    """From 1; short forms are without their full stop."""
    weekdays: Mapping[str, int]
    """Monday is 0, as in `date.weekday()`."""
    units: Mapping[str, str]
    """From "mins" to "minute"."""
    numbers: Mapping[str, int]
    ago: tuple[str, ...]
    """Patterns with `{n}` and `{unit}`."""
    now: tuple[str, ...]
    today: tuple[str, ...]
    yesterday: tuple[str, ...]
    at: tuple[str, ...]
    """What stands between a day and a time of day."""


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that there are words for."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def known(language: str | None) -> str | None:
    """Give the code under which a language's words are kept; None of a language without words."""
    code = (language or "").lower().replace("_", "-").partition("-")[0]
    code = _SAME.get(code, code)
    return code if code in languages() else None


@cache
def words_of(code: str) -> Words:
    """Read the words of a known language."""
    data = tomllib.loads((_FOLDER / f"{code}.toml").read_text("utf-8"))
    return Words(
        months={name: number for number, names in enumerate(data["months"], 1) for name in names.split()},
        weekdays={name: number for number, names in enumerate(data["weekdays"]) for name in names.split()},
        units={name: unit for unit, names in data["units"].items() for name in names},
        numbers={name: int(number) for number, names in data["numbers"].items() for name in names},
        ago=tuple(data["ago"]),
        now=tuple(data["now"]),
        today=tuple(data["today"]),
        yesterday=tuple(data["yesterday"]),
        at=tuple(data["at"]),
    )


@cache
def months_of(code: str | None) -> Mapping[str, int]:
    """Month names to read a date by: full names of every language, then English short forms, then the language's own.

    Pages print dates in another language than their text's often enough, and full names hardly clash.
    """
    gathered: dict[str, int] = {}
    for other in languages():
        gathered |= {name: month for name, month in words_of(other).months.items() if len(name) > 4}
    for own in filter(None, ("en", code)):
        gathered |= words_of(own).months
    return gathered


def one_of(names: Iterable[str]) -> str:
    """Give a pattern that matches any of these words, the longest first."""
    return "|".join(re.escape(name) for name in sorted(set(names), key=lambda name: (-len(name), name)))
