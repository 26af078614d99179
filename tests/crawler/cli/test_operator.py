"""What an operator asks beside `crawl`: what is due, what stands how, the raw page, a copy."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from crawler.report import CrawlReport
from crawler.sample.server import SampleServer
from crawler.webhook import post_alarms
from pipelines.alarm_news import AlarmNews
from pipelines.database import open_reader, open_writer, transaction
from tests.crawler.cli.command import Ran, redtop
from tests.crawler.outlet import FEED, Outlet, feed, story
from tests.crawler.vices import ViceServer

SITE, STERN = "page.localhost", "stern.localhost"


@dataclass(frozen=True)
class Crawled:
    db: Path
    crawl: list[str]
    """The command that crawled it."""
    summary: Path
    first: Ran


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("operator")
    with ViceServer() as server:
        sites = server.sites(folder / "sites", SITE, STERN)
        with (sites / f"{STERN}.toml").open("a") as file:
            file.writelines(f'\n[[sections]]\nurl = "{server.origin(STERN)}/{path}"\n' for path in ("403", "404"))
        verb = ["crawl", "--sites", str(sites), "--allow-private", "--db", str(folder / "x.db")]
        summary = folder / "told" / "summary.json"
        ran = redtop(*verb, SITE, STERN, "--workers", "1", "--summary", summary, "--max-time", "5")
        yield Crawled(folder / "x.db", verb, summary, ran)


def test_a_summary_tells_what_a_run_did(crawled: Crawled) -> None:
    assert crawled.first.status == 0, crawled.first.err
    told = json.loads(crawled.summary.read_text())
    assert (told["run"], told["status"], told["served"], told["new"]) == (1, "finished", True, 2)
    page, stern = told["outlets"]
    assert (page["site"], page["new"], page["failed"]) == (SITE, 1, {})
    assert {re.sub(":[0-9]+", "", reason): count for reason, count in stern["failed"].items()} == {
        f"{STERN} answered 403 Forbidden": 1,
        f"{STERN} answered 404 Not Found": 1,
    }


def test_status_tells_of_runs_and_outlets(crawled: Crawled) -> None:
    told = json.loads(redtop("status", "--db", crawled.db, "--format", "json").out)
    assert [(run["id"], run["status"], run["articles_new"]) for run in told["runs"]] == [(1, "finished", 2)]
    page, stern = told["outlets"]
    assert (page["site"], page["due"], page["queued"], page["failing"], page["given_up"]) == (SITE, 0, 1, 0, 0)
    assert page["next_due"] > told["runs"][0]["finished"]
    assert page["leased_by"] is None
    assert (stern["failing"], stern["given_up"]) == (1, 1)
    assert re.fullmatch(rf"{STERN}:\d+ answered 40[34] \w+( Found)?", stern["reason"])
    table = redtop("status", SITE, "--db", crawled.db).out
    assert SITE in table
    assert STERN not in table


def test_status_of_what_was_never_crawled(crawled: Crawled, tmp_path: Path) -> None:
    ran = redtop("status", "gull.example", "--db", crawled.db)
    assert ran.status == 2
    assert "nothing is known of gull.example" in ran.err
    with closing(open_writer(tmp_path / "new.db").conn):
        pass
    assert redtop("status", "--db", tmp_path / "new.db") == Ran(0, "", "nothing has been crawled yet\n")


def test_a_run_whose_process_is_gone_is_called_killed(crawled: Crawled, tmp_path: Path) -> None:
    copy = tmp_path / "killed.db"
    assert redtop("backup", copy, "--db", crawled.db, "-q") == Ran(0, "", "")
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("INSERT INTO crawl (id, started, status) VALUES (2, '2026-11-25T08:00:00Z', 'running')")
        db.execute("INSERT INTO frontier_run VALUES (2, 'other-boot//1/1')")
    told = json.loads(redtop("status", "--db", copy, "--format", "json").out)
    assert [run["status"] for run in told["runs"]] == ["killed", "finished"]


def test_what_was_crawled_a_moment_ago_is_not_due(crawled: Crawled) -> None:
    ran = redtop(*crawled.crawl, SITE, "--due")
    assert (ran.status, ran.out) == (0, "")
    assert re.fullmatch(rf"no outlet is due; the next is {SITE} in (29|30) min\n", ran.err)
    assert redtop(*crawled.crawl, SITE, "--due", "-q") == Ran(0, "", "")


def test_a_dry_run_asks_nothing_and_makes_nothing(crawled: Crawled, tmp_path: Path) -> None:
    planned = redtop(*crawled.crawl, SITE, "--dry-run").out
    assert planned.splitlines()[1].split()[0] == SITE
    db = tmp_path / "folder" / "new.db"
    ran = redtop(*crawled.crawl, STERN, SITE, "--dry-run", "--due", "--db", db)
    assert [line.split()[:2] for line in ran.out.splitlines()[1:]] == [[STERN, "never"], [SITE, "never"]]
    assert not db.parent.exists()


def test_a_run_whose_time_is_over_ends_in_order(crawled: Crawled, tmp_path: Path) -> None:
    with ViceServer() as server:
        sites = server.sites(tmp_path / "sites", "long.localhost")
        file = sites / "long.localhost.toml"
        file.write_text(file.read_text().replace("delay = 0", "delay = 0.2"))
        ran = redtop(
            "crawl", "long.localhost", "--sites", sites, "--allow-private", "--db", tmp_path / "x.db", "--workers", "1",
            "--max-time", "0.05", "--summary", tmp_path / "s.json",
        )  # fmt: skip
    assert ran.status == 0, ran.err
    assert "the time was over; the next run goes on where this one ended" in ran.err
    told = json.loads((tmp_path / "s.json").read_text())
    assert told["out_of_time"]
    assert 0 < told["new"] < 50
    assert told["seconds"] < 20
    with closing(open_reader(tmp_path / "x.db").conn) as db:
        assert db.execute("SELECT count(*) FROM article").fetchone()[0] == told["new"]
        assert db.execute("SELECT count(*) FROM frontier_host WHERE owner IS NOT NULL").fetchone() == (0,)


def raw(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from crawler.cli import main; main()", "raw", *map(str, arguments)],
        capture_output=True, timeout=60, cwd=Path(__file__).parents[3],
    )  # fmt: skip


def test_raw_gives_the_bytes_that_were_received(crawled: Crawled) -> None:
    with closing(open_reader(crawled.db).conn) as db:
        url, headline = db.execute("SELECT url, headline FROM article WHERE site = ?", [SITE]).fetchone()
    page = raw(url, "--db", crawled.db)
    assert page.returncode == 0, page.stderr
    assert page.stdout.startswith(b"<!doctype html>")
    assert headline.encode() in page.stdout
    whole = raw(url, "--db", crawled.db, "--headers").stdout
    head, _, body = whole.partition(b"\r\n\r\n")
    assert body == page.stdout
    assert head.startswith(b"HTTP/1.1 200\r\n")
    assert b"Content-Type: text/html; charset=utf-8" in head


def test_raw_says_what_it_cannot_give(crawled: Crawled, tmp_path: Path) -> None:
    missing = raw("1", "--db", crawled.db, "--archive", tmp_path)
    assert missing.returncode == 1
    assert missing.stderr.startswith(b"Error: redtop-")
    assert b"is not in the archive folder" in missing.stderr
    assert redtop("raw", "99", "--db", crawled.db).err.startswith("Error: no article 99")


def test_a_backup_is_whole_while_somebody_writes(crawled: Crawled, tmp_path: Path) -> None:
    work, copy = tmp_path / "work.db", tmp_path / "folder" / "copy.db"
    assert redtop("backup", work, "--db", crawled.db).status == 0
    db = open_writer(work)
    with transaction(db):
        db.conn.execute("UPDATE article SET section = 'not committed'")
        assert redtop("backup", copy, "--db", work).err.startswith(f"{copy}: ")
    assert redtop("search", "gulls", "--db", copy).status == 0
    with closing(open_reader(copy).conn) as copied, closing(open_reader(crawled.db).conn) as original:
        for table in ("article", "block", "fetch", "frontier_url", "article_fts_data"):
            sql = f"SELECT * FROM {table} ORDER BY 1, 2"
            assert copied.execute(sql).fetchall() == original.execute(sql).fetchall()
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]
    db.close()


def test_a_backup_never_harms_what_stands_there(crawled: Crawled, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("an older copy")
    ran = redtop("backup", copy, "--db", tmp_path / "missing.db")
    assert (ran.status, ran.err) == (1, f"Error: {tmp_path}/missing.db: no such database\n")
    assert copy.read_text() == "an older copy"
    ran = redtop("backup", crawled.db, "--db", crawled.db)
    assert (ran.status, ran.err) == (1, f"Error: {crawled.db} is the database itself\n")
    assert redtop("backup", copy, "--db", crawled.db).status == 0
    assert redtop("search", "gulls", "--db", copy).status == 0


def test_a_redesign_is_an_alarm_of_the_first_run_that_meets_it(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    before, after = [f"/news/{n}" for n in range(6)], [f"/news/{n}" for n in range(6, 10)]
    outlet.serve("/feed", feed(*before), changed=feed(*after, updated="2026-11-21T08:00:00Z"))
    for path in before:
        outlet.serve(path, story(f"Gull {path} steals chips", words=f"It was {path}."))
    for path in after:
        outlet.serve(path, "<html><head><title>The Gull</title></head><body><div id='app'></div></body></html>")
    told: list[bytes] = []
    with SampleServer(outlet.folder.parent) as server, listener(told) as webhook:
        own = tmp_path / "sites"
        own.mkdir()
        text = (outlet.folder / "site.toml").read_text().replace(":8800", f":{server.port}")
        (own / "gull.localhost.toml").write_text(text)
        verb = ["crawl", "gull.localhost", "--sites", str(own), "--allow-private", "--db", str(tmp_path / "x.db"), "-q",
                "--workers", "1", "--fail-on-alarm", "--webhook", webhook]  # fmt: skip
        assert [redtop(*verb).status for _ in range(3)] == [0, 0, 0]  # a past to fall out of
        server.set_state(2)
        ran = redtop(*verb)
        assert redtop(*verb).status == 3
    said = "4 of 4 pages give no article, 0% before"
    assert f"Error: alarm: gull.localhost: {said}" in ran.err.splitlines()
    assert ran.status == 3
    assert [json.loads(body) for body in told] == [  # once, though it stands in the run after as well
        {
            "text": f"redtop: gull.localhost: {said}", "run": 4, "alarms": {"gull.localhost": said},
            "begun": ["gull.localhost"], "ended": {}, "outage": None,
        }
    ]  # fmt: skip
    with closing(open_reader(tmp_path / "x.db").conn) as db:
        assert db.execute("SELECT alarm FROM site_health").fetchall() == [(said,)]


def test_a_webhook_that_does_not_answer_is_named(tmp_path: Path) -> None:
    report = CrawlReport(crawl_id=1, outlets={}, alarms={"gull.example": "no page answered"})
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        said = post_alarms(f"http://127.0.0.1:{taken.getsockname()[1]}/", report)
    assert said is not None
    assert said.startswith("the webhook 127.0.0.1 did not take the alarms: ")
    assert post_alarms("file:///etc/passwd", report) == "file:///etc/passwd is no http or https address for a webhook"


def test_what_a_webhook_is_told_is_what_is_new() -> None:
    told: list[bytes] = []
    news = AlarmNews(
        begun={"gull.example": "no page answered"}, lasting={"tern.example": "articles have 60 words, 400 before"},
        ended={"puffin.example": "no page answered"}, outage="no answer from 9 of 10 outlets", is_outage_over=True,
    )  # fmt: skip
    with listener(told) as webhook:
        assert post_alarms(webhook, CrawlReport(crawl_id=1, outlets={}, news=news)) is None
    assert json.loads(told[0])["text"].splitlines() == [
        "redtop: no answer from 9 of 10 outlets",
        "outlets answer again",
        "gull.example: no page answered",
        "tern.example: still articles have 60 words, 400 before",
        "puffin.example is well again; it was: no page answered",
    ]


@contextmanager
def listener(told: list[bytes]) -> Iterator[str]:
    """A program that takes what is posted to it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *values: object) -> None:
            """Keep stderr quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
