from __future__ import annotations

import errno
import io
import os
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive import Archive
from crawler.archive_files import ArchiveError, read_page, recover
from crawler.warc_pages import read_pages
from crawler.zstd_frames import whole_frames
from pipelines.page import ArchivePlace, Page

BODY = "<p>Gulls steal chips — again</p>".encode()


def page(number: int = 1, body: bytes = BODY, status: int = 200, hours: int = 0) -> Page:
    return Page(
        url=f"http://gull.example/{number}?a=b",
        status=status,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "17"), ("X-Odd", "a\r\nInjected: b")),
        body=body,
        fetched_at=datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC) + timedelta(hours=hours),
        requested_url="http://user:secret@gull.example/short" if number == 2 else None,
    )


def records(path: Path) -> list[tuple[str, str | None]]:
    with path.open("rb") as file:
        read = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            read.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI")))
        return read


def test_a_page_comes_back_as_it_was_fetched(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        places = [archive.write(page(1)), archive.write(page(2)), archive.write(page(3))]
        archive.sync()
        assert read_page(tmp_path, places[1]).body == BODY  # while the file is still open
    assert read_page(tmp_path, places[0]) == Page(
        url="http://gull.example/1?a=b",
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "17"), ("X-Odd", "a Injected: b")),
        body=BODY,
        fetched_at=page().fetched_at,
    )
    assert read_page(tmp_path, places[1]).requested_url == "http://gull.example/short"
    assert read_page(tmp_path, places[2]).url == "http://gull.example/3?a=b"


def test_somebody_elses_reader_reads_every_file(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.write(page(), asked_with=[("User-Agent", "redtop")], notes={"via": "http://gull.example/feed"})
    (file,) = tmp_path.iterdir()
    assert file.name.endswith(".warc.gz")
    address = "http://gull.example/1?a=b"
    assert records(file) == [("warcinfo", None), ("response", address), ("request", address), ("metadata", address)]
    assert b"secret" not in file.read_bytes()


def test_a_file_that_is_large_enough_is_followed_by_another(tmp_path: Path) -> None:
    with Archive(tmp_path, max_bytes=1) as archive:
        places = [archive.write(page(number)) for number in (1, 2)]
    assert places[0].file != places[1].file
    assert len(list(tmp_path.glob("*.warc.gz"))) == 2
    assert [read_page(tmp_path, place).url[-5] for place in places] == ["1", "2"]


def test_the_first_page_of_another_day_begins_a_file(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        files = [archive.write(page(hours=hours)).file for hours in (0, 11, 12, 11, 13)]
    assert [files.index(file) for file in files] == [0, 0, 2, 2, 2]  # the fourth was complete before midnight


def test_only_the_headers_of_a_page_with_the_bytes_of_an_earlier_one_are_written(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        first = archive.write(page())
        same = archive.write(page(hours=1), original=first.original)
        other = archive.write(page(body=b"<p>Gulls</p>"), original=first.original)
        moved = archive.write(page(3), original=first.original)
        error = archive.write(page(status=500), original=first.original)
    assert [kind for kind, _ in records(tmp_path / first.file)][1::2] == [
        "response", "revisit", "response", "response", "response",
    ]  # fmt: skip
    assert (same.payload_file, same.original) == (first.file, None)
    assert other.original
    assert moved.original
    assert (error.original, error.payload_file) == (None, None)
    assert read_page(tmp_path, same) == page_as_read(1, hours=1)


def page_as_read(number: int, *, hours: int) -> Page:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "17"), ("X-Odd", "a Injected: b"))
    return replace(page(number, hours=hours), headers=headers)


def test_a_page_is_written_whole_where_the_earlier_one_is_gone(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        first = archive.write(page())
    (tmp_path / first.file).unlink()
    with Archive(tmp_path) as archive:
        second = archive.write(page(hours=1), original=first.original)
    assert second.payload_file is None
    assert read_page(tmp_path, second).body == BODY


@pytest.mark.parametrize("field", ["offset", "digest", "file"])
def test_a_revisit_that_does_not_tell_the_truth_gives_no_page(tmp_path: Path, field: str) -> None:
    with Archive(tmp_path) as archive:
        first = archive.write(page())
        assert first.original
        second = archive.write(page(hours=1), original=first.original)
        third = archive.write(page(body=b"<p>Chips</p>", hours=2))
        wrong = {"offset": second.offset, "digest": b"\0" * 20, "file": "../" + first.file}[field]
        told = replace(first.original, **{field: wrong})
        archive._holds = lambda *given: True  # type: ignore[method-assign]
        place = archive.write(page(hours=3), original=told)
    assert read_page(tmp_path, third).body == b"<p>Chips</p>"
    with pytest.raises(ArchiveError) as caught:
        read_page(tmp_path, place)
    assert "\n" not in str(caught.value)


def test_zstandard_is_read_as_gzip_is(tmp_path: Path) -> None:
    with Archive(tmp_path, form="zstd") as archive:
        places = [archive.write(page(number)) for number in (1, 2, 3)]
        archive.sync()
        assert read_page(tmp_path, places[1]).body == BODY
    assert places[0].file.endswith(".warc.zst")
    assert [read_page(tmp_path, place).url[-5] for place in places] == ["1", "2", "3"]
    found = list(read_pages(tmp_path / places[0].file))
    assert [(read.offset, read.page.body) for read in found] == [(place.offset, BODY) for place in places]
    data = (tmp_path / places[0].file).read_bytes()
    assert whole_frames(io.BytesIO(data)) == len(data)


@pytest.mark.parametrize("harm", ["cut", "zeros", "other"])
def test_a_zstandard_file_is_cut_to_its_last_whole_record(tmp_path: Path, harm: str) -> None:
    with Archive(tmp_path, form="zstd") as archive:
        archive.write(page(1))
        last = archive.write(page(2, random.Random(3).randbytes(300_000)))
    path = tmp_path / last.file
    data = path.read_bytes()
    broken = {
        "cut": data[: last.offset + 200_000],
        "zeros": data[: last.offset + 100_000] + bytes(len(data) - last.offset - 100_000),
        "other": data[: last.offset] + b"\x28\xb5\x2f\xfd" + random.Random(4).randbytes(100_000),
    }[harm]
    path.rename(path.with_name(path.name + ".open")).write_bytes(broken)
    (completed,) = recover(tmp_path)
    assert completed.stat().st_size == last.offset
    assert [found.page.url[-5] for found in read_pages(completed)] == ["1"]


@pytest.mark.parametrize("step", ["write", "sync"])
def test_an_error_of_writing_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """The system's own says of which call it is, not of which file."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Archive(tmp_path) as archive:
        place = archive.write(page())
        with monkeypatch.context() as full:
            full.setattr("os.fsync", refuse)
            full.setattr(archive, "_append", refuse)
            with pytest.raises(OSError, match="No space left") as caught:
                archive.write(page(2)) if step == "write" else archive.sync()
        assert caught.value.filename == str(tmp_path / place.file)


def test_nothing_written_leaves_no_file(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive"):
        pass
    assert not (tmp_path / "archive").exists()


CUT = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {here!r})
from test_archive import page
from crawler.archive import Archive
archive = Archive(Path(sys.argv[1]))
place = archive.write(page(1))
archive.sync()
place = archive.write(page(2, os.urandom(100_000)))
archive._file.flush()
os.truncate(Path(sys.argv[1]) / (place.file + ".open"), place.offset + 5_000)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_leaves_is_cut_to_its_last_whole_record(tmp_path: Path) -> None:
    code = CUT.format(here=str(Path(__file__).parent))
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == -9
    (left,) = tmp_path.glob("*.open")
    (completed,) = recover(tmp_path)
    assert completed.name == left.name.removesuffix(".open")
    assert [kind for kind, _ in records(completed)] == ["warcinfo", "response", "request"]
    assert recover(tmp_path) == []


def test_the_file_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        place = archive.write(page())
        assert recover(tmp_path) == []
        archive.write(page(2))
    assert read_page(tmp_path, place).body == BODY


@pytest.mark.parametrize("place", [("missing.warc.gz", 0), ("../other", 0), ("junk.warc.gz", 3)])
def test_a_page_that_is_not_there_is_one_line(tmp_path: Path, place: tuple[str, int]) -> None:
    (tmp_path / "junk.warc.gz").write_bytes(b"\x00" * 100)
    with pytest.raises(ArchiveError) as caught:
        read_page(tmp_path, ArchivePlace(file=place[0], offset=place[1]))
    assert "\n" not in str(caught.value)
