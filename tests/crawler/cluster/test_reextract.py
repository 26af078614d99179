"""`redtop reextract --cluster`: what plain `reextract` makes of the archive."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.contents import contents
from tests.crawler.cli.test_import import page
from tests.crawler.cluster.running import ran
from tests.crawler.test_warc_pages import HTML, Header, warc
from tests.crawler.vices import MISSING


def part(number: int) -> tuple[str, str, bytes, list[Header]]:
    """One of three pages of an article."""
    url, status, body, headers = page(700)
    links = {1: ["2"], 2: ["", "3"], 3: ["2"]}[number]
    marks = "".join(
        f'<link rel="{"next" if (to or "1") > str(number) else "prev"}" href="{url}{"?page=" + to if to else ""}">'
        for to in links
    )
    text = body.replace(b"</head>", marks.encode() + b"</head>").replace(b"chips on", b"chips %d on" % number)
    return url + (f"?page={number}" if number > 1 else ""), status, text, list(headers)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and its archive as an older redtop, with worse extractors, would have left them."""
    folder = tmp_path_factory.mktemp("old")
    lost = ("https://www.gull.example/lost", "200 OK", MISSING.encode(), HTML)
    (folder / "one.warc.gz").write_bytes(warc(*map(page, range(30)), lost, *map(part, (1, 2, 3))))
    (folder / "two.warc.gz").write_bytes(warc(*map(page, range(20, 50)), seconds=[20] * 30))
    status, said = ran(
        "import", folder / "one.warc.gz", folder / "two.warc.gz", "--db", folder / "x.db", "--workers", "2", "--keep"
    )
    assert status == 0, said
    with closing(sqlite3.connect(folder / "x.db")) as connection, connection:
        for table in ("article", "revision", "article_page"):
            connection.execute(f"UPDATE {table} SET headline = 'worse', extractor_version = '0.0.1'")
    return folder


@pytest.mark.soak
def test_the_database_is_that_of_one_process(old: Path, tmp_path: Path) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    for folder in (plain, other):
        shutil.copytree(old, folder)
    assert ran("reextract", "--db", other / "x.db", "--cluster", "local:1", "--dry-run")[0] == 0
    assert contents(other / "x.db") == contents(old / "x.db")
    assert ran("reextract", "--db", plain / "x.db", "--workers", "2")[0] == 0
    status, said = ran("reextract", "--db", other / "x.db", "--cluster", "local:2")
    assert status == 0, said
    assert "0 units done, 2 before" in said
    with closing(sqlite3.connect(other / "x.db")) as connection:
        assert not connection.execute("SELECT count(*) FROM article WHERE headline = 'worse'").fetchone()[0]
    assert contents(other / "x.db") == contents(plain / "x.db")
    status, said = ran("reextract", "--db", other / "x.db", "--cluster", "local:1")
    assert "0 pages of 0 articles read again" in said
