"""Pages out of anybody's WARC file, one after the other and never the file whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.archive import REQUESTED
from crawler.archive_files import ArchiveError, Reference, as_received, reference, rendering, whole_length
from crawler.guard import ForbiddenAddress, host_of, without_credentials
from crawler.one_line import one_line
from crawler.settings import MAX_PAGE
from crawler.warc_part import MAGIC, STANDARD_INPUT, Hash, Part, Stretch
from pipelines.page import ArchivePlace, Page

_HTML = frozenset({"text/html", "application/xhtml+xml", ""})


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of a WARC file."""

    page: Page
    offset: int
    """Where its record begins in the file, in bytes as they lie on the disk."""
    reference: Reference | None = None
    """To the earlier record that has its bytes, where its own has not."""

    def place_in(self, file: str) -> ArchivePlace | None:
        """Give where it lies in an archive file; None of one whose bytes could not be found from there."""
        if self.reference is None:
            return ArchivePlace(file=file, offset=self.offset)
        there = self.reference.place
        return ArchivePlace(file=file, offset=self.offset, payload_file=there.file) if there else None


Whole = Callable[[Reference], bytes | None]
"""Gives the bytes that lie in an earlier record; None where they cannot be had."""


class UnreachedError(ArchiveError):
    """The way to a file broke off, or it could not be opened: what stands in it may be good."""


def read_pages(
    source: Path | Part,
    on_progress: Callable[[int], None] = lambda offset: None,
    *,
    hashed: Hash | None = None,
    whole: Whole = lambda reference: None,
) -> Iterator[FoundPage]:
    """Give the HTML pages with status 200 of a WARC file, packed or not, in order; `-` is standard input.

    What a page became in a browser (a `conversion` to HTML) is a page as well, and so is one that came as it was
    before (a `revisit` with an identical payload) where the earlier record can be had.

    Bodies come without transfer and content encoding. A page longer than `MAX_PAGE` is left out.

    Args:
        source: path of the file, or a part of one.
        on_progress: called at every record with its place in the file, in bytes.
        hashed: is given the bytes of the file as they lie there, in order.
        whole: gives the bytes of an earlier record, wherever it lies; asked after the folder of the file.

    Raises:
        ArchiveError: the file cannot be read (`UnreachedError`), is no WARC file, or breaks off; what came before is
            good.
    """
    part = source if isinstance(source, Part) else Part(str(source))
    stretch = None
    with ExitStack() as stack:
        try:
            stretch = stack.enter_context(part.opened(hashed))
            records = ArchiveIterator(stretch, parse_http=False, max_content_length=2 * MAX_PAGE, quirks_mode=True)
            last = None
            for record in records:
                last = record.stream_pos
                on_progress(record.stream_pos)
                length = record.content_length
                record.freeze()
                if record.content_length < length:
                    raise _broken_off(part, stretch)
                refers = reference(record)
                found = _page(record)
                if found is not None and refers is not None:
                    body = _earlier(part, refers) or whole(refers)
                    found = None if body is None else replace(found, body=body)
                if found is not None:
                    yield FoundPage(found, record.stream_pos, refers)
            if last is None and part.is_whole:
                raise ArchiveError(f"{part.address} is no WARC file")
            if last is not None and _is_cut(part, last, stretch):
                raise _broken_off(part, stretch)
        except (OSError, ValueError, EOFError) as problem:
            if stretch is None or stretch.failure is not None:
                raise _unreached(part, (stretch and stretch.failure) or problem) from problem
            raise ArchiveError(f"{part.address}: {_line(problem)}") from problem


def _broken_off(part: Part, stretch: Stretch) -> ArchiveError:
    if stretch.failure is not None:
        return _unreached(part, stretch.failure)
    return ArchiveError(f"{part.address} breaks off in the middle of a record")


def _unreached(part: Part, problem: Exception) -> UnreachedError:
    said = _line(problem)
    return UnreachedError(said if said.startswith(part.address) else f"{part.address}: {said}")


def _line(problem: BaseException) -> str:
    return getattr(problem, "strerror", None) or one_line(problem)


def _is_cut(part: Part, last: int, stretch: Stretch) -> bool:
    """Whether a file of gzip members has a broken one at its end, after the last record that could be read."""
    if not stretch.is_seekable:
        return False
    with part.opened_at(last, stretch.stop) as rest:
        if rest.read(2) != MAGIC[:2]:
            return False
    with part.opened_at(last, stretch.stop) as rest:
        whole = whole_length(rest, last)
        return whole < rest.tell() or bool(rest.read(1))


def _earlier(part: Part, refers: Reference) -> bytes | None:
    """Give the bytes of an earlier record in the same folder; None where they are not there."""
    there = refers.place
    if there is None or part.address == STANDARD_INPUT or Path(there.file).name != there.file:
        return None
    folder, slash, _ = part.address.rpartition("/")
    sibling = replace(part, address=folder + slash + there.file, start=0, end=None)
    with suppress(OSError, ValueError, EOFError), sibling.opened_at(there.offset, None) as stretch:
        for record in ArchiveIterator(stretch, parse_http=False, record_types=WarcRecordType.response):
            page = _page(record)
            return page.body if page and refers.fits(page.body) else None
    return None


def _page(record: WarcRecord) -> Page | None:
    """Give the page of a record; None where it is none, or one that nobody could have fetched."""
    if record.record_type == WarcRecordType.conversion:
        return rendering(record)
    if record.record_type not in (WarcRecordType.response, WarcRecordType.revisit) or not record.is_http:
        return None
    record.parse_http(auto_decode="all", quirks_mode=True)
    headers, at = record.http_headers, record.record_date
    kind = (record.http_content_type or "").lower()
    if headers is None or at is None or headers.status_code != 200 or kind not in _HTML:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")  # as WARC/1.0 had them
    try:
        host_of(url)
    except ForbiddenAddress:
        return None
    body = record.reader.read(MAX_PAGE + 1)
    if len(body) > MAX_PAGE:
        return None
    return Page(
        url=without_credentials(url),
        status=200,
        headers=tuple(as_received(headers.to_tuples())),
        body=body,
        fetched_at=at.astimezone(UTC),
        requested_url=record.headers.get(REQUESTED),
    )
