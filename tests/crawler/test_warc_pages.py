"""Pages out of files that other programs wrote."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive_files import ArchiveError
from crawler.warc_pages import read_pages

PAGE = b"<html><h1>Gulls steal chips</h1></html>"
Header = tuple[str, str]


def warc(
    *answers: tuple[str, str, bytes, Iterable[Header]],
    packed: bool = True,
    version: str = "1.0",
    seconds: Iterable[int] | None = None,
) -> bytes:
    """A WARC file by another library, with a request beside each response; `seconds` are those of their times."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version=version)
    for (url, status, body, headers), second in zip(answers, seconds or [0] * len(answers), strict=True):
        head = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        response = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=head,
            warc_headers_dict={"WARC-Date": f"2026-09-01T08:00:{second:02}Z"},
        )  # fmt: skip
        request = writer.create_warc_record(url, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", []))
        writer.write_request_response_pair(request, response)
        for record in (request, response):
            record.raw_stream.close()
    return out.getvalue()


HTML = [("Content-Type", "text/html; charset=utf-8")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gull.warc.gz"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_pages_of_another_program_are_read(file: Path, packed: bool, version: str) -> None:
    data = warc(("https://gull.example/a", "200 OK", PAGE, HTML), packed=packed, version=version)
    file.write_bytes(data)
    (found,) = read_pages(file)
    page = found.page
    assert (page.url, page.status, page.body, page.charset) == ("https://gull.example/a", 200, PAGE, "utf-8")
    assert page.fetched_at == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert data[found.offset :][: 2 if packed else 4] == (b"\x1f\x8b" if packed else b"WARC")


def test_encodings_of_the_transfer_are_undone(file: Path) -> None:
    chunked = b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n"
    file.write_bytes(
        warc(
            ("https://gull.example/a", "200 OK", gzip.compress(PAGE), [*HTML, ("Content-Encoding", "gzip")]),
            ("https://gull.example/b", "200 OK", chunked, [*HTML, ("Transfer-Encoding", "chunked")]),
        )
    )
    assert [found.page.body for found in read_pages(file)] == [PAGE, PAGE]


def test_what_is_no_page_is_left_out(file: Path) -> None:
    file.write_bytes(
        warc(
            ("https://gull.example/missing", "404 Not Found", PAGE, HTML),
            ("https://gull.example/moved", "301 Moved", b"", [("Location", "/a")]),
            ("https://gull.example/image", "200 OK", b"\x89PNG", [("Content-Type", "image/png")]),
            ("dns:gull.example", "200 OK", PAGE, HTML),
            ("https://me:secret@gull.example/good", "200 OK", PAGE, HTML),
        )
    )
    assert [found.page.url for found in read_pages(file)] == ["https://gull.example/good"]


def test_a_file_that_breaks_off_gives_what_came_before(file: Path) -> None:
    data = warc(*((f"https://gull.example/{n}", "200 OK", PAGE * 999, HTML) for n in range(3)))
    file.write_bytes(data[:-1000])
    pages = read_pages(file)
    assert [next(pages).page.url[-1] for _ in range(2)] == ["0", "1"]
    with pytest.raises(ArchiveError, match=r"gull\.warc\.gz breaks off in the middle of a record"):
        list(pages)


@pytest.mark.parametrize(
    "data", [b"", b"junk" * 1000, b"\x1f\x8b" + b"x" * 100, gzip.compress(b"<html>" * 100, mtime=0)]
)
def test_what_is_no_warc_file_is_named(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"gull\.warc\.gz"):
        list(read_pages(file))


def test_damage_in_the_middle_is_told(file: Path) -> None:
    data = warc(*((f"https://gull.example/{n}", "200 OK", PAGE, HTML) for n in range(9)))
    file.write_bytes(data[: len(data) // 2] + b"damage" * 50 + data[len(data) // 2 :])
    with pytest.raises(ArchiveError):
        list(read_pages(file))
    file.unlink()
    with pytest.raises(ArchiveError, match="No such file"):
        list(read_pages(file))
