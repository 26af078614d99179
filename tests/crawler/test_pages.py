"""Articles on several pages: crawled, imported and read again as one record."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from crawler.frontier.pace import DAY
from crawler.quota import Bounds
from crawler.sample.server import SampleServer
from pipelines.database import open_reader
from pipelines.research import show
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import FEED, ORIGIN, Outlet, feed, paths, rows, run
from tests.crawler.test_warc_pages import HTML, warc

ROOT = Path(__file__).parents[2]
HEADLINE = "The forty finest hats of the harbour ball"
PATH = "/ball/forty-finest-hats"
TEXTS = (
    "Ottoline Gannet wore a hat of cork and pewter, and the room went quiet when she came in with it on Friday night.",
    "Her hat was made by Ansel Tern, who sat up for nine nights and used every button that the village could spare.",
    "“I would do it again,” Gannet told the Gull, “but I would start in the spring and ask for more buttons.”",
)


def hats(number: int, of: int = 3, *, path: str = PATH, headline: str = HEADLINE, more: str = "") -> str:
    """One page of an article on several, in the form that WordPress gives them."""

    def address(other: int) -> str:
        return f"{ORIGIN}{path}/" + f"{other}/" * (other > 1)

    links = f'<link rel="prev" href="{address(number - 1)}">' if number > 1 else ""
    links += f'<link rel="next" href="{address(number + 1)}">' if number < of else ""
    numbers = " ".join(f'<a href="{address(other)}">{other}</a>' for other in range(1, of + 1) if other != number)
    own = "".join(f"<p>{TEXTS[(number - 1) % 3]} This is hat {number}{letter}.</p>" for letter in "abc")
    return (
        f'<!doctype html><html lang="en"><head><title>{headline} | The Gull</title>{links}'
        f'<meta property="og:type" content="article"><link rel="canonical" href="{address(number)}"></head><body>'
        f"<article><h1>{headline}</h1>{own}<p>{more or 'So ends this page, and the next hat waits behind it.'}</p>"
        f'<p class="page-links">Pages: {numbers}</p></article></body></html>'
    )


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", feed(f"{PATH}/"))
    for number, path in enumerate((f"{PATH}/", f"{PATH}/2/", f"{PATH}/3/"), start=1):
        outlet.serve(path, hats(number), changed=hats(number, more="The hat was stolen." if number == 2 else ""))
    return outlet


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "data" / "redtop.db"


def article(db: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(db)) as connection:
        connection.row_factory = sqlite3.Row
        (row,) = connection.execute("SELECT url, headline, body, revisions, provenance FROM article").fetchall()
        return dict(row)


def told(db: Path) -> list[list[tuple[Any, ...]]]:
    """What must not depend on the order in which pages come."""
    return [
        rows(db, "SELECT url, headline, body, revisions FROM article ORDER BY url"),
        rows(db, "SELECT number, fetched_at, body, changed FROM revision ORDER BY article_id, number"),
        rows(db, "SELECT text, speaker, block FROM quote ORDER BY block, position"),
        rows(db, "SELECT key, next_key, fetched_at, body FROM article_page ORDER BY key, fetched_at"),
    ]


def test_the_pages_of_an_article_are_one_record(outlet: Outlet, db: Path) -> None:
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        assert paths(server) == ["/robots.txt", "/feed", f"{PATH}/", f"{PATH}/2/", f"{PATH}/3/"]
    found = article(db)
    assert [found["body"].count(f"hat {number}a") for number in (1, 2, 3)] == [1, 1, 1]
    assert found["body"].count("So ends this page") == 1
    assert found["url"].endswith(f"{PATH}/")
    assert (report.total("new"), report.total("changed"), found["revisions"]) == (1, 0, 1)
    assert '"pages": "3"' in found["provenance"]
    assert rows(db, "SELECT DISTINCT speaker FROM quote") == [("Ottoline Gannet",)]
    archived = rows(db, "SELECT result, article_id, archive_file IS NOT NULL FROM fetch WHERE url LIKE '%hats%'")
    assert archived == [("new", 1, 1), ("page", 1, 1), ("page", 1, 1)]
    assert rows(db, "SELECT count(*) FROM article_fts WHERE article_fts MATCH '\"hat 3c\"'") == [(1,)]


def test_raw_gives_each_page(outlet: Outlet, db: Path) -> None:
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
    with closing(open_reader(db)) as reader:
        place = show(reader, 1).archive
    assert place is not None
    assert rows(db, f"SELECT result FROM fetch WHERE archive_offset = {place.offset}") == [("new",)]
    verb = [sys.executable, "-c", "from crawler.cli import main; main()", "raw", "1", "--db", str(db), "--page"]
    for number in (1, 2, 3):
        raw = subprocess.run(
            [*verb, str(number)],
            capture_output=True, cwd=ROOT, timeout=60, check=True,
        )  # fmt: skip
        assert f"hat {number}a".encode() in raw.stdout
    ran = redtop("raw", "1", "--page", "4", "--db", db)
    assert (ran.status, ran.err) == (1, "Error: no raw page 4 of article 1 is kept\n")


def run_twice(server: SampleServer, folder: Path, db: Path) -> None:
    """Crawl, and again two days later, when a page has changed."""
    run(server, folder, db)
    server.set_state(2)
    time.sleep(1.1)  # states are told apart by their second
    run(server, folder, db, clock=lambda: time.time() + 2 * DAY)


def test_a_changed_page_is_a_revision_of_the_article(outlet: Outlet, db: Path) -> None:
    with SampleServer(outlet.folder.parent) as server:
        run_twice(server, outlet.folder.parent, db)
        later = rows(db, "SELECT url FROM fetch WHERE status = 200 AND result IN ('page', 'changed') ORDER BY id")
    assert [changed for (changed,) in rows(db, "SELECT changed FROM revision ORDER BY number")] == ["[]", '["body"]']
    assert "The hat was stolen." in article(db)["body"]
    assert any(url.endswith("/2/") for (url,) in later)


def test_a_limit_of_one_gets_the_whole_article(outlet: Outlet, db: Path) -> None:
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db, bounds=Bounds(limit=1))
    assert "hat 3c" in article(db)["body"]


def test_a_listing_that_names_the_second_page_leads_to_the_first(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed(f"{PATH}/2/"))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        assert sorted(paths(server)) == [f"{PATH}/", f"{PATH}/2/", f"{PATH}/3/", "/feed", "/robots.txt"]
    assert "hat 3c" in article(db)["body"]


def test_the_next_article_is_no_page_of_this_one(tmp_path: Path, db: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", feed(f"{PATH}/", "/ball/the-worst-coat"))
    outlet.serve(
        f"{PATH}/", hats(1, 1).replace("</head>", f'<link rel="next" href="{ORIGIN}/ball/the-worst-coat"></head>')
    )
    outlet.serve("/ball/the-worst-coat", hats(2, 1, path="/ball/the-worst-coat", headline="The worst coat of the ball"))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
    assert rows(db, "SELECT headline FROM article ORDER BY id") == [(HEADLINE,), ("The worst coat of the ball",)]


def test_a_page_with_another_headline_is_an_article_of_its_own(outlet: Outlet, db: Path) -> None:
    outlet.serve(f"{PATH}/2/", hats(2, 2, headline="The worst coat of the ball"))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
    assert rows(db, "SELECT headline FROM article ORDER BY id") == [(HEADLINE,), ("The worst coat of the ball",)]


def test_a_list_has_no_pages_of_an_article(tmp_path: Path, db: Path) -> None:
    cards = "".join(
        f'<div class="card"><h3><a href="{ORIGIN}/ball/a-hat-of-cork-{n}0001">A hat of cork, number {n}</a></h3></div>'
        for n in range(30)
    )
    page = (
        f'<html><head><title>Hats</title><link rel="next" href="?page=2"></head><body><h1>All hats</h1>{cards}</body>'
    )
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", feed("/all-hats-of-the-ball"))
    outlet.serve("/all-hats-of-the-ball", page)
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        assert paths(server) == ["/robots.txt", "/feed", "/all-hats-of-the-ball"]


def test_an_outlet_that_has_a_next_page_for_ever_is_asked_to_a_bound(tmp_path: Path, db: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", feed(f"{PATH}/"))
    outlet.serve(f"{PATH}/", hats(1, 99))
    for number in range(2, 99):
        outlet.serve(f"{PATH}/{number}/", hats(number, 99))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        assert len(paths(server, "/robots.txt", "/feed")) == 40
    assert len(rows(db, "SELECT 1 FROM article")) == 1


def test_an_outlet_that_answers_every_number_with_the_same_page_is_soon_left_alone(tmp_path: Path, db: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", feed(PATH))
    same = hats(1, 1).replace("</article>", "".join(f'<a href="?page={n}">{n}</a>' for n in range(1, 9)) + "</article>")
    outlet.serve(PATH, same)  # with any query, too
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        assert len(paths(server, "/robots.txt", "/feed")) == 2
    assert article(db)["body"].count("hat 1a") == 1


def packed(order: tuple[int, ...]) -> bytes:
    """The three pages in some order, each with its own second."""
    pages = (
        (f"{ORIGIN}{PATH}/" + f"{number}/" * (number > 1), "200 OK", hats(number).encode(), HTML) for number in order
    )
    return warc(*pages, seconds=order)


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_pages_may_come_in_any_order(order: tuple[int, ...], tmp_path: Path) -> None:
    for name, pages in (("usual", (1, 2, 3)), ("other", order)):
        (tmp_path / f"{name}.warc.gz").write_bytes(packed(pages))
        verb = ["import", str(tmp_path / f"{name}.warc.gz"), "--db", str(tmp_path / f"{name}.db")]
        assert redtop(*verb, "--workers", "1", "-q").status == 0
    db = tmp_path / "other.db"
    assert told(db) == told(tmp_path / "usual.db")
    assert "hat 3c" in article(db)["body"]


def test_reading_the_archive_again_gives_the_same_record(outlet: Outlet, db: Path) -> None:
    with SampleServer(outlet.folder.parent) as server:
        run_twice(server, outlet.folder.parent, db)
    before = told(db)
    assert len(before[1]) == 2
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "UPDATE article_page SET body = 'worse', record = json_set(record, '$.body', "
            "json('[[\"paragraph\",null,null]]')), extractor_version = '0.0.1'"
        )
        connection.execute("UPDATE article SET headline = 'worse', extractor_version = '0.0.1'")
        connection.execute("UPDATE revision SET headline = 'worse', extractor_version = '0.0.1'")
    ran = redtop("reextract", "--db", db, "--workers", "1")
    assert (ran.status, told(db)) == (0, before), ran.err


def test_a_slide_of_its_own_headline_is_an_article_only_where_it_would_be_one_by_itself(
    outlet: Outlet, db: Path
) -> None:
    link = f'<link rel="prev" href="{ORIGIN}{PATH}/">'
    slide = f"<html><head><title>Hat two</title>{link}</head><body><h1>Hat two</h1><p>A hat of tin.</p></body></html>"
    outlet.serve(f"{PATH}/2/", slide)
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
    assert rows(db, "SELECT headline FROM article") == [(HEADLINE,)]
    assert report.total("other_pages") == 1
    assert rows(db, "SELECT result, error FROM fetch WHERE url LIKE '%/2/'")[0][0] == "not_article"


def test_a_page_that_adds_nothing_is_not_visited_again(tmp_path: Path, db: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", feed(PATH))
    outlet.serve(PATH, hats(1, 1).replace("</article>", '<a rel="next" href="?page=1">More comments</a></article>'))
    outlet.serve(f"{PATH}?page=1", hats(1, 1).replace("</head>", f'<link rel="prev" href="{PATH}"></head>'))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        run(server, outlet.folder.parent, db, clock=lambda: time.time() + 2 * DAY)
        assert [path for path in paths(server) if "page=" in path] == [f"{PATH}?page=1"]
    assert article(db)["revisions"] == 1
