"""AMP and mobile twins of an article: one row, read from the page itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.sample.server import SampleServer
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import FEED, HOST, ORIGIN, Outlet, feed, paths, rows, run, story
from tests.crawler.test_warc_pages import HTML, warc

PATH = "/celeb/gulls-steal-chips"
PLAIN = story("Gulls steal chips", words="The page itself says so.")


def twin(words: str = "The twin says so.") -> str:
    """A page that calls the plain one its own."""
    canonical = f'<link rel="canonical" href="{ORIGIN}{PATH}"></head>'
    return story("Gulls steal chips", words=words).replace("</head>", canonical)


def told(db: Path) -> list[tuple[Any, ...]]:
    return rows(db, "SELECT url, instr(body, 'The page itself says so') > 0, revisions FROM article")


THE_ARTICLE = [(f"{ORIGIN}{PATH}", 1, 1)]


def crawl_twice(outlet: Outlet, db: Path, *first: str) -> list[str]:
    """Crawl with a feed that names these, then with one that names the plain address; give what was asked."""
    outlet.serve("/feed", feed(*first), changed=feed(PATH, updated="2026-11-21T08:00:00Z"))
    outlet.serve(PATH, PLAIN)
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        server.set_state(2)
        run(server, outlet.folder.parent, db)
        found = told(db)
        assert found == [(f"http://{HOST}:{server.port}{PATH}", 1, 1)]
        return paths(server, "/robots.txt", "/feed")


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")


def test_of_two_addresses_in_one_listing_the_plain_one_is_asked(outlet: Outlet, tmp_path: Path) -> None:
    outlet.serve(f"{PATH}/amp", twin())
    assert crawl_twice(outlet, tmp_path / "x.db", f"{PATH}/amp", PATH) == [PATH, PATH]


def test_a_plain_address_that_becomes_known_later_is_asked_after_all(outlet: Outlet, tmp_path: Path) -> None:
    outlet.serve(f"{PATH}/amp", twin())
    assert crawl_twice(outlet, tmp_path / "x.db", f"{PATH}/amp") == [f"{PATH}/amp", PATH]


def test_a_twin_at_another_address_is_folded_by_its_own_word(outlet: Outlet, tmp_path: Path) -> None:
    outlet.serve("/m/story-4711", twin())
    assert crawl_twice(outlet, tmp_path / "x.db", "/m/story-4711") == ["/m/story-4711", PATH]
    assert rows(tmp_path / "x.db", "SELECT count(*) FROM fetch WHERE article_id = 1") == [(2,)]


def test_a_mobile_host_is_folded(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    mobile = Outlet(tmp_path / "mobile", host=f"m.{HOST}")
    mobile.serve(PATH, twin())
    (mobile.folder / "site.toml").unlink()
    mobile.folder.rename(outlet.folder.parent / f"m.{HOST}")
    outlet.serve(
        "/feed", feed(PATH).replace(f"//{HOST}", f"//m.{HOST}"), changed=feed(PATH, updated="2026-11-21T08:00Z")
    )
    outlet.serve(PATH, PLAIN)
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, tmp_path / "x.db")
        server.set_state(2)
        run(server, outlet.folder.parent, tmp_path / "x.db")
        asked = [line.host for line in server.log if line.path == PATH]
        assert told(tmp_path / "x.db") == [(f"http://{HOST}:{server.port}{PATH}", 1, 1)]
    assert asked == [f"m.{HOST}", HOST]


@pytest.mark.parametrize("address", [f"{PATH}/amp", "/m/story-4711"])
@pytest.mark.parametrize("is_first", [True, False])
def test_twins_in_an_archive_are_one_article_in_either_order_and_when_read_again(
    address: str, is_first: bool, tmp_path: Path
) -> None:
    pages = [
        (f"{ORIGIN}{address}", "200 OK", twin().encode(), HTML),
        (f"{ORIGIN}{PATH}", "200 OK", PLAIN.encode(), HTML),
    ]
    file, db = tmp_path / "x.warc.gz", tmp_path / "x.db"
    file.write_bytes(warc(*(pages if is_first else reversed(pages)), seconds=(1, 2)))
    assert redtop("import", file, "--db", db, "--workers", "1", "-q", "--keep").status == 0
    assert told(db) == THE_ARTICLE
    ran = redtop("reextract", "--db", db, "--workers", "1", "--again")
    assert ran.status == 0, ran.err
    assert told(db) == THE_ARTICLE
    assert rows(db, "SELECT count(*) FROM fetch WHERE article_id = 1") == [(2,)]
