from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.worker import ReadPage, Unread
from crawler.workers import Workers
from pipelines.features import features_of
from pipelines.page import Page

PARAGRAPH = "<p>The gulls of the harbour stole another bag of chips on Thursday, and nobody was surprised any more.</p>"
STORY = f"<html><title>Gulls steal chips</title><h1>Gulls steal chips</h1><article>{PARAGRAPH * 6}</article>"


def page(html: str = STORY, url: str = "http://gull.example/2026/11/20/gulls-steal-chips/") -> Page:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Page(url=url, status=200, body=html.encode(), fetched_at=at)


def children() -> set[int]:
    """Processes that descend from this one."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found, grown = {os.getpid()}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} | found
        grown, found = more != found, more
    return found - {os.getpid()}


def workers_alive() -> set[int]:
    return {pid for pid in children() if "forkserver" in command(pid)}


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(1, patience=20) as running:
        yield running


def test_a_page_becomes_a_record_and_other_pages_a_line(workers: Workers) -> None:
    async def both() -> tuple[object, object]:
        return await asyncio.gather(workers.extract(page()), workers.extract(page("")))

    article, unread = asyncio.run(both())
    assert isinstance(article, ReadPage)
    assert article.article.headline == "Gulls steal chips"
    assert article.features == features_of(article.article)
    assert isinstance(unread, Unread)
    assert "\n" not in unread.reason


def test_two_pages_a_worker_are_enough(workers: Workers) -> None:
    async def fill() -> list[bool]:
        seen = [workers.is_full]
        tasks = [asyncio.ensure_future(workers.extract(page())) for _ in range(2)]
        await asyncio.sleep(0)
        seen.append(workers.is_full)
        await asyncio.gather(*tasks)
        return [*seen, workers.is_full]

    assert asyncio.run(fill()) == [False, True, False]


def stopped(workers: Workers) -> int:
    """Read one page, and stop the worker as if the next page kept it busy for ever; give its number."""
    assert isinstance(asyncio.run(workers.extract(page())), ReadPage)
    pid = workers.leaders[0].pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    return pid


def test_a_worker_that_dies_is_replaced_and_costs_one_page(workers: Workers) -> None:
    pid = stopped(workers)

    async def killed_meanwhile() -> ReadPage | Unread:
        busy = asyncio.ensure_future(workers.extract(page()))
        await asyncio.sleep(0.1)
        os.kill(pid, signal.SIGKILL)
        return await busy

    assert asyncio.run(killed_meanwhile()) == Unread("ended its reader (exit status -9)")
    assert isinstance(asyncio.run(workers.extract(page())), ReadPage)


def test_a_worker_that_dies_with_nothing_to_do_costs_nothing(workers: Workers) -> None:
    os.kill(stopped(workers), signal.SIGKILL)
    time.sleep(0.1)
    assert isinstance(asyncio.run(workers.extract(page())), ReadPage)


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read(workers: Workers) -> None:
    pid = stopped(workers)
    workers.leaders[0].patience = 0.1
    assert asyncio.run(workers.extract(page())) == Unread("took longer than 0.1 seconds to read")
    workers.leaders[0].patience = 20
    assert isinstance(asyncio.run(workers.extract(page())), ReadPage)
    assert workers.leaders[0].pid != pid


def test_workers_are_renewed() -> None:
    with Workers(1, renewed=1) as workers:
        asyncio.run(workers.extract(page()))
        first = workers.leaders[0].pid
        asyncio.run(workers.extract(page()))
        assert workers.leaders[0].pid != first


KILLED = """
import asyncio, os, sys, time
sys.path.insert(0, {here!r})
from test_workers import page, workers_alive
from crawler.workers import Workers
if __name__ == "__main__":
    workers = Workers(2)
    asyncio.run(workers.extract(page()))
    print(*workers_alive(), flush=True)
    time.sleep(60)
"""


def test_workers_die_with_the_process_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED.format(here=str(Path(__file__).parent)), encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        process.kill()
    assert len(pids) >= 3  # two workers and the server that forked them
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(command(pid) for pid in pids):
        time.sleep(0.02)
    assert [pid for pid in pids if command(pid)] == []


def test_a_worker_loads_neither_scrapy_nor_sqlite() -> None:
    code = (
        "import sys, crawler.worker_server, crawler.worker; print({'scrapy', 'twisted', 'sqlite3'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
