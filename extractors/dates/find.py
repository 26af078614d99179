"""Publication and last change of a page: every place asked in the order of its trust, then one chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

from extractors.article import Stamp
from extractors.dates.address import date_of_address
from extractors.dates.candidate import Candidate, Reader
from extractors.dates.choose import MARKUP, choose_modified, choose_published, false_clocks
from extractors.dates.elsewhere import from_date_places, from_first_edition, from_labels, from_lone_time
from extractors.dates.head import Head
from extractors.dates.labelled import Kind
from extractors.dates.machine import read_machine
from extractors.dates.markup import from_alike_meta, from_jsonld, from_meta, from_microdata, from_rules
from extractors.dates.reading import Reading
from extractors.dates.visible import from_lines, from_times
from extractors.document import Document
from extractors.found import Found

_TIMES = 60


def find_dates(document: Document, language: str | None) -> tuple[Found[Stamp | None], Found[Stamp | None]]:
    """Find when the article was published and when it was last changed; neither stands in for the other.

    JSON-LD comes before meta tags, microdata, `<time>`, printed lines and the address. Where other places on the page
    show that the first one errs (a local time labelled UTC, a clock of twelve hours, the day of a later edition) they
    are believed, and a place that gives the time, the seconds or the zone completes one that does not.
    """
    reader = Reader.of(document, language)
    head = Head(document)
    address = date_of_address(document.url)
    day = address.day if address else None
    found: list[Candidate] = [*from_rules(reader), *from_jsonld(reader), *from_meta(reader)]
    if not _any(found, "published"):
        found += from_alike_meta(reader)
    if not _exact(found, "published") or not _any(found, "modified"):
        found += from_microdata(reader)
    found += from_times(reader, head)
    if not _exact(found, "published") or not _any(found, "modified") or _undivided(found, day):
        found += from_lines(reader, head)
    if not _any(found, "published"):
        known = _changes(found)
        found += [item for item in from_date_places(reader, head) if item.stamp.raw not in known]
    if not _any(found, "published"):
        found += from_labels(reader, head)
    if not _any(found, "published"):
        found += from_lone_time(reader, head)
    if not any(item.kind == "published" and item.family in MARKUP for item in found):
        found += from_first_edition(reader)
    return _choose(reader, found, address)


def _choose(
    reader: Reader, found: list[Candidate], address: Reading | None
) -> tuple[Found[Stamp | None], Found[Stamp | None]]:
    published = [item for item in found if item.kind == "published"]
    modified = [item for item in found if item.kind == "modified"]
    by_rules = [item for item in found if item.family == "rules"]
    own = next((item for item in by_rules if item.kind == "published"), None)
    first = own or choose_published(published, address.day if address else None, modified)
    if first and first.stamp.source in ("time", "text") and (turned := reader.turned(first)):
        first = turned if turned.day in _other_days(reader, first, address) else first
    if first is None and address and address.day:
        first = reader.settled("published", address, urlsplit(reader.document.url or "").path, "url", "url:path")
    lies = false_clocks(first, published)
    last = next((item for item in by_rules if item.kind == "modified"), None) or choose_modified(modified, first, lies)
    return _found(reader, first), _found(reader, last)


def _other_days(reader: Reader, first: Candidate, address: Reading | None) -> set[date | None]:
    """The days of the address and of `<time>` elements that can be read one way only, but for the first's."""
    days = {address.day if address else None}
    for element in islice(reader.document.tagged("time"), _TIMES):
        day = read_machine(element.get("datetime") or "")
        days.add(day.day if day else None)
    return days - {first.day, None}


def _exact(found: Iterable[Candidate], kind: Kind) -> bool:
    """Whether one of them says the moment, zone and all."""
    return any(item.kind == kind and item.moment for item in found)


def _any(found: Iterable[Candidate], kind: Kind) -> bool:
    return any(item.kind == kind for item in found)


def _changes(found: Iterable[Candidate]) -> set[str]:
    """The printed words that are known to be of a change."""
    return {item.stamp.raw for item in found if item.kind == "modified" and item.family in ("time", "text")}


def _undivided(found: Sequence[Candidate], address: date | None) -> bool:
    """Whether nothing tells the publication from the last change, as where a program writes one for the other."""
    first, last = (next((item for item in found if item.kind == kind), None) for kind in ("published", "modified"))
    shown = any(item.kind == "published" and item.family == "time" for item in found)
    if first is None or last is None or shown or first.day == address:
        return False
    if first.wall and last.wall:
        return last.wall <= first.wall
    return bool(first.day and last.day and last.day <= first.day)


def _found(reader: Reader, chosen: Candidate | None) -> Found[Stamp | None]:
    """The stamp with its place; "rules" is added where the outlet's zone made it a moment."""
    if chosen is None:
        return Found(None)
    zone = chosen.reading.zone
    by_rules = (
        chosen.moment is not None
        and reader.document.rules.timezone is not None
        and (zone is None or (reader.document.rules.utc_means_local and chosen.moment != _labelled(chosen)))
    )
    return Found(chosen.stamp, f"{chosen.origin}, rules:timezone" if by_rules else chosen.origin)


def _labelled(chosen: Candidate) -> object:
    return chosen.wall.replace(tzinfo=chosen.reading.zone) if chosen.wall else None
