"""A date that stands somewhere on the page, read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from extractors.article import Stamp
from extractors.dates.labelled import Habits, Kind
from extractors.dates.reading import Reading
from extractors.dates.stamp import interpret, to_stamp
from extractors.dates.written import Order
from extractors.document import Document
from extractors.whitespace import squash

_MONTH_FIRST_REGIONS = ("us", "ph", "pr", "gu")
"""Regions of English whose short date form begins with the month, after CLDR."""
_DAY_FIRST_DOMAINS = ("uk", "ie", "au", "nz", "in", "za", "ng", "ke", "gh", "sg", "my", "pk")
_SLASHED = re.compile(r"(?<!\d)\d\d?[/-]\d\d?[/-]\d\d")
_NUMBERS = re.compile(r"(?<!\d)\d\d?([./-])\d\d?\1\d\d")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one place."""

    kind: Kind
    stamp: Stamp
    reading: Reading
    origin: str
    """The place, for `provenance`: "json-ld:datePublished"."""
    told: bool = False
    """Whether the words at a printed date say that it is of publication, and not merely none that it is of a change."""

    @property
    def family(self) -> str:
        """The part of the page that said it: what one clock wrote."""
        return self.origin.partition(":")[0]

    @property
    def wall(self) -> datetime | None:
        """The time as written, zone or not; None of a mere day."""
        reading = self.reading
        if not reading.has_time or reading.day is None or reading.clock is None:
            return None
        return datetime.combine(reading.day, reading.clock)

    @property
    def moment(self) -> datetime | None:
        """The instant in UTC; None where the zone is not known."""
        value = self.stamp.value
        return value if isinstance(value, datetime) and value.tzinfo is not None else None

    @property
    def day(self) -> date | None:
        """The day as written."""
        return self.reading.day

    @property
    def either_way(self) -> bool:
        """Whether it is all numbers, and the day could be the month as well."""
        return self.day is not None and self.day.day <= 12 and bool(_NUMBERS.search(self.stamp.raw))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the dates of one document."""

    document: Document
    language: str | None
    order: Order | None

    @classmethod
    def of(cls, document: Document, language: str | None) -> Reader:
        """Prepare to read a document: its habits of writing `3/4/2026` are those of its region."""
        return cls(document, language, _order(document, language))

    @property
    def habits(self) -> Habits:
        """The same for a line by itself."""
        return Habits(self.language, self.order, self.document.fetched_at, self.document.rules)

    def read(self, kind: Kind, raw: object, source: str, origin: str) -> Candidate | None:
        """Read a value of the page; None of what is no date, or one that lies ahead."""
        if isinstance(raw, (list, tuple)):
            raw = raw[0] if raw else None
        if isinstance(raw, (int, float)) and not isinstance(raw, bool):
            raw = str(int(raw)) if abs(raw) < 1e15 else None
        if not isinstance(raw, str):
            return None
        text = squash(raw[:_LONGEST])
        base, rules = self.document.fetched_at, self.document.rules
        reading = interpret(text, language=self.language, base=base, rules=rules, order=self.order)
        return self.settled(kind, reading, text, source, origin) if reading else None

    def settled(self, kind: Kind, reading: Reading, text: str, source: str, origin: str) -> Candidate | None:
        """Make a candidate of a reading of a text."""
        stamp = to_stamp(reading, text, source, self.document.fetched_at, self.document.rules)
        return Candidate(kind, stamp, reading, origin) if stamp else None

    def turned(self, candidate: Candidate) -> Candidate | None:
        """Read `3/4/2026` the other way round; None where there is no other way."""
        raw = candidate.stamp.raw
        if not _SLASHED.search(raw):
            return None
        other = Reader(self.document, self.language, "dmy" if self.order == "mdy" else "mdy")
        found = other.read(candidate.kind, raw, candidate.stamp.source, candidate.origin)
        return found if found and found.day != candidate.day else None


def _order(document: Document, language: str | None) -> Order | None:
    if language not in (None, "en"):
        return "dmy"
    region = (document.tree.get("lang") or "").lower().replace("_", "-").partition("-")[2]
    if region:
        return "mdy" if region in _MONTH_FIRST_REGIONS else "dmy"
    try:
        host = urlsplit(document.url or "").hostname or ""
    except ValueError:
        return "mdy"
    return "dmy" if host.rpartition(".")[2] in _DAY_FIRST_DOMAINS else "mdy"
