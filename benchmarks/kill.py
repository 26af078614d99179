"""Kill crawls of the sample with `kill -9` at random moments, run them again, and compare with an undisturbed crawl.

    python benchmarks/kill.py --kills 50 --seed 1

Two crawls that share an empty database are started; one of them is killed and started again, a few times over, and then
they come to their end; then another database is begun, until there were enough kills. After each end the database must
equal that of an undisturbed crawl, no process may be left, every archive file must read to its end with somebody else's
reader, and SQLite must find nothing wrong. The server's log must show that no crawl asked a host too soon after another
one or an earlier life, and never two at once.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from crawler.archive_files import read_page
from crawler.bundled import data_folder
from crawler.frontier.pace import Pace
from crawler.robots import Robots
from crawler.sample import sample_sites
from crawler.sample.server import SampleServer
from pipelines.page import ArchivePlace

ROOT = Path(__file__).resolve().parents[1]
A_CRAWL = (3, 9)
"""Kills that a crawl has, at the least and at the most."""
PACE = Pace(retries=(0.1, 0.2, 0.4, 0.8, 1.6))
PARTS = {
    "block": "kind, level, text",
    "quote": "text, speaker, speaker_kind, principal, mention, cue, continues, block, start_char, end_char",
    "embed": "provider, kind, url, embed_id, author, after_block",
    "image": "url, caption, credit, lead, after_block",
    "date_mention": "text, value, precision, block, start_char, end_char",
    "citation": "outlet, url, block, start_char, end_char",
}


@dataclass(slots=True)
class Findings:
    """What the kills did."""

    kills: int = 0
    crawls: int = 0
    archived: int = 0
    """Pages in the archives that were read to their end."""
    cut: int = 0
    """Archive files that a kill left open."""
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Plan:
    kills: int
    processes: int
    duration: float
    """Seconds of an undisturbed crawl."""
    chance: random.Random

    @property
    def patience(self) -> float:
        return 60 + self.duration * 20


def kill_and_compare(
    folder: Path, kills: int, seed: int, outlets: Path | None = None, *, processes: int = 2
) -> Findings:
    """Do all of it, with the sample or with other outlets; `wrong` of what comes back should be empty."""
    findings = Findings()
    outlets = outlets or data_folder("sample")
    with SampleServer(outlets) as server:
        calm = folder / "calm" / "redtop.db"
        started = time.monotonic()
        assert _start(server, outlets, calm).wait() == 0, "the undisturbed crawl failed"
        duration = time.monotonic() - started
        expected = snapshot(calm)
        assert expected, "the undisturbed crawl stored nothing"
        plan = _Plan(kills, processes, duration, random.Random(seed))
        while findings.kills < kills:
            findings.crawls += 1
            db, before = folder / f"crawl-{findings.crawls}" / "redtop.db", len(findings.wrong)
            server.reset()
            _crawl_with_kills(partial(_start, server, outlets, db), db, plan, findings)
            findings.wrong += [*_differences(expected, snapshot(db)), *_unsound(db, findings), *impolite(server)]
            findings.wrong[before:] = [f"crawl {findings.crawls}: {line}" for line in findings.wrong[before:]]
    return findings


def _crawl_with_kills(start: Callable[[], subprocess.Popen[bytes]], db: Path, plan: _Plan, findings: Findings) -> None:
    """Let processes share a database, kill one at random moments, start it again, and let them come to an end."""
    left = min(plan.kills - findings.kills, plan.chance.randint(*A_CRAWL))
    running: list[subprocess.Popen[bytes]] = []
    while left:
        running += [start() for _ in range(plan.processes - len(running))]
        time.sleep(plan.chance.uniform(0.1, plan.duration * 0.6))
        ended = [process for process in running if process.poll() is not None]
        findings.wrong += [f"exit status {process.returncode}" for process in ended if process.returncode]
        running = [process for process in running if process not in ended]
        if running:
            victim = running.pop(plan.chance.randrange(len(running)))
            findings.wrong += _killed(victim)
            findings.kills += 1
            findings.cut += len(list(db.parent.glob("archive/*.open")))
            left -= 1
    running += [start() for _ in range(plan.processes - len(running))]
    findings.wrong += [f"exit status {process.returncode}" for process in running if process.wait(plan.patience)]
    last = start()  # what the killed left to nobody
    if last.wait(plan.patience):
        findings.wrong.append(f"exit status {last.returncode}")


def _killed(process: subprocess.Popen[bytes]) -> Iterator[str]:
    """Kill a process; say which of its own processes live on."""
    family = _descendants(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if left := _still_there(family):
        yield f"processes left behind: {left}"


def _start(server: SampleServer, outlets: Path, db: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(Path(__file__).resolve()), "--crawl", str(db), "--port", str(server.port)]
    command += ["--outlets", str(outlets)]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})


def _descendants(pid: int) -> dict[int, str]:
    """Processes that descend from one, with their start, so that a number used again is not taken for one of them."""
    stats = {int(path.parent.name): _stat(path) for path in Path("/proc").glob("[0-9]*/stat")}
    found, grown = {pid}, True
    while grown:
        more = found | {child for child, stat in stats.items() if stat and int(stat[1]) in found}
        grown, found = more != found, more
    return {child: stats[child][19] for child in found - {pid} if stats.get(child)}


def _stat(path: Path) -> list[str]:
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _still_there(family: dict[int, str], patience: float = 5.0) -> list[int]:
    deadline = time.monotonic() + patience
    while True:
        left = [
            pid for pid, start in family.items() if (stat := _stat(Path(f"/proc/{pid}/stat"))) and stat[19] == start
        ]
        left = [pid for pid in left if _stat(Path(f"/proc/{pid}/stat"))[:1] not in ([], ["Z"])]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


def snapshot(db: Path) -> dict[str, dict[str, Any]]:
    """Give every article with its parts, by address."""
    with closing(sqlite3.connect(db)) as connection:
        columns = "id, url, headline, dek, authors, published, modified, section, tags, language, body, revisions"
        articles = connection.execute(f"SELECT {columns} FROM article").fetchall()
        found: dict[str, dict[str, Any]] = {}
        for row in articles:
            record = dict(zip(columns.split(", "), row, strict=True))
            number, url = record.pop("id"), record["url"]
            for table, names in PARTS.items():
                order = "position" if table in ("block", "embed", "image") else "block, start_char"
                record[table] = connection.execute(
                    f"SELECT {names} FROM {table} WHERE article_id = ? ORDER BY {order}", [number]
                ).fetchall()
            found[f"{url} again" if url in found else url] = record
    return found


def _differences(expected: dict[str, dict[str, Any]], found: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield from (f"missing: {url}" for url in expected.keys() - found.keys())
    yield from (f"too much: {url}" for url in found.keys() - expected.keys())
    for url in expected.keys() & found.keys():
        fields = [name for name, value in expected[url].items() if found[url][name] != value]
        if fields:
            yield f"{url} differs in {', '.join(fields)}"


def _unsound(db: Path, findings: Findings) -> Iterator[str]:
    """Check the file, the archive, and that each finds the other."""
    folder = db.parent / "archive"
    with closing(sqlite3.connect(db)) as connection:
        if (answer := connection.execute("PRAGMA integrity_check").fetchall()) != [("ok",)]:
            yield f"integrity_check: {answer}"
        if answer := connection.execute("PRAGMA foreign_key_check").fetchall():
            yield f"foreign_key_check: {answer}"
        places = connection.execute(
            "SELECT url, bytes, archive_file, archive_offset FROM fetch WHERE archive_file IS NOT NULL"
        ).fetchall()
        unfinished = connection.execute("SELECT count(*) FROM crawl WHERE status = 'running'").fetchone()[0]
        if unfinished:
            yield f"{unfinished} runs were never closed"
    for url, size, file, offset in places:
        page = read_page(folder, ArchivePlace(file=file, offset=offset))
        if (page.url, len(page.body)) != (url, size):
            yield f"{file} holds {page.url} at {offset}, not {url}"
    if left := [path.name for path in folder.glob("*.open")]:
        yield f"left open: {left}"
    for path in folder.glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.content_stream().read()
                findings.archived += record.rec_type in ("response", "revisit")


def impolite(server: SampleServer) -> Iterator[str]:
    """Check what the server saw over all lives of a crawl."""
    for host, routes in server.routes.items():
        rules = Robots(routes["/robots.txt"].body(1, server.port).decode())
        asked = [request for request in server.log if request.host == host]
        times = [request.time for request in asked if request.path != "/robots.txt"]
        closest = min((later - earlier for earlier, later in pairwise(times)), default=rules.delay)
        if closest < rules.delay:
            yield f"{host} was asked after {closest:.3f} seconds, not {rules.delay:g}"
        if (at_once := max((request.at_once for request in asked), default=0)) > 1:
            yield f"{host} was asked {at_once} times at once"
        if secret := [request.path for request in asked if not rules.allows(f"http://{host}{request.path}")]:
            yield f"{host} was asked what its robots.txt forbids: {secret}"


def _crawl(db: Path, port: int, outlets: Path) -> None:
    from crawler.run import crawl

    report = crawl(sample_sites(port, outlets).values(), db, allow_private=True, pace=PACE, workers=2)
    if not report.is_served:
        sys.exit(f"{report.status}: {report.error}")


def main() -> None:
    """Run from a shell; exit status 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--processes", type=int, default=2, help="that share a database (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--folder", type=Path, help="where databases and archives go (default: a temporary folder)")
    parser.add_argument("--outlets", type=Path, help="a folder of outlets (default: the sample)")
    parser.add_argument("--crawl", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crawl:
        _crawl(options.crawl, options.port, options.outlets)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        findings = kill_and_compare(folder, options.kills, options.seed, options.outlets, processes=options.processes)
    print(
        f"{findings.kills} kills in {findings.crawls} crawls (seed {options.seed}): {findings.cut} archive files left "
        f"open and completed, {findings.archived} archived pages read back, {len(findings.wrong)} things wrong"
    )
    for line in findings.wrong:
        print(f"  {line}")
    sys.exit(bool(findings.wrong))


if __name__ == "__main__":
    main()
