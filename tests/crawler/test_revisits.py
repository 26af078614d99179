"""Every answer is archived; what says no more than an earlier one is a `revisit` record, and is read through it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive_files import ArchiveError, read_page
from crawler.importing import import_files
from crawler.rereading import reread_archive
from crawler.sample.server import SampleServer
from pipelines.page import ArchivePlace
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import FEED, Outlet, feed, rows, run, story

PROFILE = "http://netpreserve.org/warc/1.1/revisit/"


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    outlet.serve("/robots.txt", "User-agent: *\nAllow: /", type="text/plain")
    return outlet


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "data" / "redtop.db"


def records(db: Path) -> list[tuple[str, str, str | None, bytes, Any]]:
    """Type, path, status and body of every answer in the archive, as another library reads them, in order of time."""
    found = []
    for path in sorted((db.parent / "archive").glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                body = record.content_stream().read()
                if record.rec_type in ("response", "revisit"):
                    head, url = record.rec_headers, record.rec_headers.get_header("WARC-Target-URI")
                    path_of = "/" + url.split("/", 3)[3]
                    found.append((record.rec_type, path_of, record.http_headers.get_statuscode(), body, head))
    return sorted(found, key=lambda record: record[4].get_header("WARC-Date"))


def visit(server: SampleServer, outlet: Outlet, db: Path, *, whole: bool = True) -> None:
    """Crawl with all articles due; `whole`: as an outlet is asked that knows no conditions."""
    if db.exists():
        forgotten = ", etag = NULL, last_modified = NULL" if whole else ""
        with closing(sqlite3.connect(db)) as connection, connection:
            connection.execute(f"UPDATE frontier_url SET due_at = 0{forgotten} WHERE kind <> 'robots'")
    assert run(server, outlet.folder.parent, db).is_served


def visit_later(server: SampleServer, outlet: Outlet, db: Path) -> None:
    """Crawl in another second: two answers of one second are one to an import and a merge."""
    time.sleep(1.1)
    visit(server, outlet, db)


def raw(db: Path) -> bytes:
    """What `redtop raw` gives of the first article."""
    code = "from crawler.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, "raw", "1", "--db", db], capture_output=True, check=True).stdout


@pytest.fixture
def server(outlet: Outlet) -> Iterator[SampleServer]:
    outlet.serve("/feed", feed("/news/a"), type="application/atom+xml")
    outlet.serve("/news/a", story("Gulls steal chips"), changed=story("Gulls return chips"))
    with SampleServer(outlet.folder.parent) as server:
        yield server


def test_every_answer_is_archived(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a", "/news/moved", "/news/gone", "/news/walled", "/news/ill"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    outlet.serve("/news/moved", status=301, location="/news/there")
    outlet.serve("/news/there", story("Chips steal gulls"))
    outlet.serve("/news/gone", "<p>no such gull</p>", status=404)
    outlet.serve("/news/walled", "<p>no gulls here</p>", status=403)
    outlet.serve("/news/ill", "<p>the gulls are ill</p>", status=500)
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
    answers = {(path, status): body for _, path, status, body, _ in records(db)}
    assert answers["/robots.txt", "200"] == b"User-agent: *\nAllow: /"
    assert answers["/news/gone", "404"] == b"<p>no such gull</p>"
    assert answers["/news/walled", "403"] == b"<p>no gulls here</p>"
    assert answers["/news/ill", "500"] == b"<p>the gulls are ill</p>"
    assert {("/feed", "200"), ("/news/a", "200"), ("/news/moved", "301"), ("/news/there", "200")} <= answers.keys()
    for url, status, size, file, offset in rows(
        db, "SELECT url, status, bytes, archive_file, archive_offset FROM fetch"
    ):
        page = read_page(db.parent / "archive", ArchivePlace(file=file, offset=offset))
        assert (page.url, page.status, len(page.body)) == (url, status, size)


def test_an_answer_not_modified_is_a_revisit(outlet: Outlet, server: SampleServer, db: Path) -> None:
    visit(server, outlet, db)
    visit(server, outlet, db, whole=False)
    first, second = [record for record in records(db) if record[1] == "/news/a"]
    assert (first[0], first[2], second[0], second[2], second[3]) == ("response", "200", "revisit", "304", b"")
    assert second[4].get_header("WARC-Profile") == PROFILE + "server-not-modified"
    assert second[4].get_header("WARC-Refers-To") == first[4].get_header("WARC-Record-ID")
    (_, place), (_, again) = places(db, "/news/a")
    answer = read_page(db.parent / "archive", again)
    assert (answer.status, answer.body) == (304, b"")
    assert "etag" in answer.header_map
    assert raw(db) == read_page(db.parent / "archive", place).body


def test_a_page_that_came_as_it_was_is_a_revisit_with_its_bytes_elsewhere(
    outlet: Outlet, server: SampleServer, db: Path
) -> None:
    visit(server, outlet, db)
    visit(server, outlet, db)
    kinds = [(kind, path) for kind, path, *_ in records(db)]
    for path in ("/feed", "/news/a"):
        assert [kind for kind, of in kinds if of == path] == ["response", "revisit"]
    first, second = [record for record in records(db) if record[1] == "/news/a"]
    told = dict(second[4].headers)
    assert (second[2], second[3], told["WARC-Truncated"]) == ("200", b"", "length")
    assert told["WARC-Profile"] == PROFILE + "identical-payload-digest"
    assert told["WARC-Payload-Digest"] == first[4].get_header("WARC-Payload-Digest")
    assert told["WARC-Refers-To"] == first[4].get_header("WARC-Record-ID")
    assert told["WARC-Refers-To-Target-URI"] == told["WARC-Target-URI"] == first[4].get_header("WARC-Target-URI")
    assert told["WARC-Refers-To-Date"] == first[4].get_header("WARC-Date")
    (whole, place), (elsewhere, again) = places(db, "/news/a")
    assert (whole, elsewhere) == (None, place.file)
    assert again.file != place.file
    assert read_page(db.parent / "archive", again).body == story("Gulls steal chips").encode() == raw(db)
    assert rows(db, "SELECT result FROM fetch WHERE url LIKE '%/news/a'") == [("new",), ("unchanged",)]


def test_what_changed_is_archived_whole_and_later_answers_refer_to_that(
    outlet: Outlet, server: SampleServer, db: Path
) -> None:
    visit(server, outlet, db)
    server.set_state(2)
    visit(server, outlet, db)
    visit(server, outlet, db)
    assert [kind for kind, path, *_ in records(db) if path == "/news/a"] == ["response", "response", "revisit"]
    assert places(db, "/news/a")[2][0] == places(db, "/news/a")[1][1].file
    assert raw(db) == story("Gulls return chips").encode()


def test_another_database_made_of_the_archive_is_the_same(
    outlet: Outlet, server: SampleServer, db: Path, tmp_path: Path
) -> None:
    visit(server, outlet, db)
    visit_later(server, outlet, db)
    server.set_state(2)
    visit_later(server, outlet, db)
    made, archive = tmp_path / "made.db", db.parent / "archive"
    files = [archive / place.file for _, place in places(db, "/news/a")]
    for _ in range(2):
        report = import_files(files, made, {}, workers=1, folder=archive)
    assert (report.pages, report.known, report.bare, report.broken) == (3, 3, 0, [])
    for of in ("article", "revision"):
        columns = "first_seen, last_fetched, headline, revisions" if of == "article" else "number, fetched_at, headline"
        assert rows(made, f"SELECT {columns} FROM {of}") == rows(db, f"SELECT {columns} FROM {of}")
    sql = "SELECT fetched_at, archive_file, archive_offset, payload_file, bytes, result FROM fetch WHERE article_id = 1"
    assert rows(made, sql) == rows(db, sql)


def test_a_merge_takes_both_files_along(outlet: Outlet, server: SampleServer, db: Path, tmp_path: Path) -> None:
    visit(server, outlet, db)
    visit_later(server, outlet, db)
    merged = tmp_path / "merged" / "redtop.db"
    assert redtop("merge", db, "--db", merged, "--keep").status == 0
    assert places(merged, "/news/a") == places(db, "/news/a")
    (_, (_, again)) = places(merged, "/news/a")
    assert read_page(merged.parent / "archive", again).body == story("Gulls steal chips").encode()


def test_a_file_alone_says_that_it_has_no_bytes_of_a_page(
    outlet: Outlet, server: SampleServer, db: Path, tmp_path: Path
) -> None:
    visit(server, outlet, db)
    visit(server, outlet, db)
    made, (_, (_, second)) = tmp_path / "made.db", places(db, "/news/a")
    alone = (db.parent / "archive" / second.file).rename(tmp_path / second.file)
    report = import_files([alone], made, {}, workers=1, folder=tmp_path / "nowhere")
    assert (report.pages, report.bare) == (0, 1)


def test_the_archive_is_read_again_through_revisits(outlet: Outlet, server: SampleServer, db: Path) -> None:
    visit(server, outlet, db)
    visit(server, outlet, db)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE revision SET extractor_version = '0.0.1', headline = 'Gulls stealing chips'")
        connection.execute("UPDATE article SET extractor_version = '0.0.1', headline = 'Gulls stealing chips'")
    report = reread_archive(db, db.parent / "archive", {}, workers=1)
    assert (report.read, report.missing, report.failed.total()) == (1, 0, 0)
    assert rows(db, "SELECT headline, revisions FROM article") == [("Gulls steal chips", 1)]


def test_a_page_whose_bytes_were_pruned_is_not_kept_and_comes_whole_again(
    outlet: Outlet, server: SampleServer, db: Path
) -> None:
    visit(server, outlet, db)
    visit(server, outlet, db)
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE fetch SET fetched_at = '2020' || substr(fetched_at, 5) WHERE id <= 2")
    told = redtop("archive", "prune", "--older-than", "365", "--db", db)
    assert told.err.splitlines()[-1].startswith("1 files")
    assert places(db, "/news/a") == [(None, ArchivePlace(file=None, offset=None))] * 2  # type: ignore[arg-type]
    assert "no raw page of article 1 is kept" in redtop("raw", "1", "--db", db).err
    visit(server, outlet, db)
    assert [kind for kind, path, *_ in records(db) if path == "/news/a"] == ["revisit", "response"]
    assert raw(db) == story("Gulls steal chips").encode()


def test_the_file_of_a_run_that_had_only_robots_txt_is_known(outlet: Outlet, db: Path) -> None:
    outlet.serve("/robots.txt", "User-agent: *\nDisallow: /", type="text/plain")
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
    assert [path for _, path, *_ in records(db)] == ["/robots.txt"]
    (file,) = (db.parent / "archive").iterdir()
    os.utime(file, (1, 1))
    assert redtop("archive", "prune", "--max-size", "1", "--db", db).err.splitlines()[-1].startswith("1 files")
    assert not file.exists()


def test_a_revisit_of_a_page_that_is_not_there_is_one_line(outlet: Outlet, server: SampleServer, db: Path) -> None:
    visit(server, outlet, db)
    visit(server, outlet, db)
    (_, place), (_, again) = places(db, "/news/a")
    (db.parent / "archive" / place.file).unlink()
    with pytest.raises(ArchiveError, match="is not in the archive folder"):
        read_page(db.parent / "archive", again)
    visit(server, outlet, db)  # whoever deleted it did not tell
    assert [kind for kind, path, *_ in records(db) if path == "/news/a"] == ["revisit", "response"]


def places(db: Path, path: str) -> list[tuple[str | None, ArchivePlace]]:
    found = rows(
        db, f"SELECT payload_file, archive_file, archive_offset FROM fetch WHERE url LIKE '%{path}' ORDER BY id"
    )
    return [(elsewhere, ArchivePlace(file=file, offset=offset)) for elsewhere, file, offset in found]
