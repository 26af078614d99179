"""WARC files that a cluster and one process import, and what the one process makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawler.cli.test_import import page
from tests.crawler.cluster.running import ran
from tests.crawler.outlet import story
from tests.crawler.test_warc_pages import HTML, warc

Answer = tuple[str, str, bytes, list[tuple[str, str]]]


def again(number: int) -> Answer:
    """A page as it was later: its outlet has changed it."""
    text = story(f"Gull number {number} steals more chips", words=f"“It is never enough,” said Ann Tern of {number}.")
    return f"https://www.gull.example/news/{number}", "200 OK", text.encode(), HTML


def copied(number: int) -> Answer:
    """The same text at another outlet."""
    url, status, body, headers = page(number)
    return url.replace("gull.example", "tern.example"), status, body, headers


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("warc")
    contents = (
        (warc(*map(page, range(60))), "first"),
        (warc(*map(again, range(20)), *map(page, range(60, 90)), seconds=[30] * 50), "second"),
        (warc(*map(copied, range(30)), *map(page, range(90, 100)), seconds=[40] * 40), "third"),
    )
    for data, name in contents:
        (folder / f"{name}.warc.gz").write_bytes(data)
    return [folder / f"{name}.warc.gz" for _, name in contents]


@pytest.fixture(scope="session")
def plain(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that one process makes of them."""
    db = tmp_path_factory.mktemp("plain") / "redtop.db"
    status, said = ran("import", *files, "--db", db, "--workers", "2", "-q")
    assert status == 0, said
    return db
