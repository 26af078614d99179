from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import wait
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from pipelines.database import DatabaseError, open_reader
from pipelines.writer import Writer
from tests.pipelines.builders import article, outcome

ROOT = Path(__file__).parents[2]


def add(name: str, db: Database) -> str:
    db.conn.execute("INSERT INTO author (name, kind) VALUES (?, 'person')", [name])
    return name


def names(file: Path) -> list[str]:
    with closing(open_reader(file)) as db:
        return [row["name"] for row in db.query("SELECT name FROM author ORDER BY id")]


def test_a_page_is_there_for_others_once_its_future_is_resolved(file: Path) -> None:
    with Writer(file) as writer:
        assert writer.submit(outcome(article())).result(timeout=10).state == "new"
        with closing(open_reader(file)) as db:
            assert db.table("article").count == 1


def test_a_job_gives_its_own_answer(file: Path) -> None:
    with Writer(file) as writer:
        assert writer.submit(lambda db: add("Otto Lind", db)).result(timeout=10) == "Otto Lind"


def test_jobs_are_committed_together_and_in_order(file: Path) -> None:
    commits: list[int] = []
    with Writer(file, before_commit=lambda: commits.append(1), linger=0.5, most=50) as writer:
        futures = [writer.submit(lambda db, n=number: add(f"name {n}", db)) for number in range(120)]
        wait(futures, timeout=20)
    assert names(file) == [f"name {number}" for number in range(120)]
    assert len(commits) == 3


def test_a_job_that_fails_takes_back_its_own_rows_only(file: Path) -> None:
    def fail(db: Database) -> None:
        add("half done", db)
        raise KeyError("no luck")

    with Writer(file, linger=0.2) as writer:
        first = writer.submit(lambda db: add("first", db))
        broken = writer.submit(fail)
        rejected = writer.submit(lambda db: add("first", db))
        last = writer.submit(lambda db: add("last", db))
        assert (first.result(timeout=10), last.result(timeout=10)) == ("first", "last")
        with pytest.raises(KeyError, match="no luck"):
            broken.result(timeout=10)
        with pytest.raises(DatabaseError, match="UNIQUE"):
            rejected.result(timeout=10)
    assert names(file) == ["first", "last"]


def test_a_job_that_undoes_the_transaction_fails_the_batch_and_not_the_writer(file: Path) -> None:
    def undo(db: Database) -> None:
        db.conn.execute("ROLLBACK")
        raise ValueError("undone")

    with Writer(file, linger=0.2) as writer:
        futures = [writer.submit(lambda db: add("first", db)), writer.submit(undo)]
        for future in futures:
            with pytest.raises(ValueError, match="undone"):
                future.result(timeout=10)
        assert writer.submit(lambda db: add("later", db)).result(timeout=10) == "later"
    assert names(file) == ["later"]


def test_what_must_be_on_the_disk_first_is_waited_for_and_fails_the_batch(file: Path) -> None:
    full = True

    def flush() -> None:
        if full:
            raise OSError("the disk is full")

    with Writer(file, before_commit=flush) as writer:
        with pytest.raises(OSError, match="full"):
            writer.submit(lambda db: add("first", db)).result(timeout=10)
        full = False
        writer.submit(lambda db: add("second", db)).result(timeout=10)
    assert names(file) == ["second"]


def test_a_cancelled_job_is_not_run(file: Path) -> None:
    with Writer(file, linger=0.3) as writer:
        writer.submit(lambda db: add("first", db))
        assert writer.submit(lambda db: add("second", db)).cancel()
    assert names(file) == ["first"]


def test_closing_commits_what_was_handed_over_and_leaves_one_file(file: Path) -> None:
    writer = Writer(file, linger=5)
    futures = [writer.submit(lambda db, n=number: add(f"name {n}", db)) for number in range(10)]
    started = time.monotonic()
    writer.close()
    writer.close()
    assert time.monotonic() - started < 3
    assert all(future.done() for future in futures)
    assert list(file.parent.iterdir()) == [file]
    with pytest.raises(RuntimeError, match="closed"):
        writer.submit(lambda db: add("late", db))


def test_a_writer_of_no_database_says_so_at_once(file: Path) -> None:
    file.write_bytes(b"<html>" * 300)
    with pytest.raises(DatabaseError, match="no SQLite database"):
        Writer(file)


def test_more_tables_are_there_for_jobs(file: Path) -> None:
    more = Migrations("redtop.more")
    more(name="extra")(make_extra)
    with Writer(file, more) as writer:
        writer.submit(lambda db: db.conn.execute("INSERT INTO extra VALUES (1)").rowcount).result(timeout=10)


def make_extra(db: Database) -> None:
    db.execute("CREATE TABLE extra (id INTEGER) STRICT")


def test_readers_are_not_held_up_by_a_batch_and_see_it_whole_or_not_at_all(file: Path) -> None:
    entered, leave = threading.Event(), threading.Event()

    def slow(db: Database) -> None:
        add("slow", db)
        entered.set()
        assert leave.wait(timeout=20)

    with Writer(file) as writer:
        future = writer.submit(slow)
        assert entered.wait(timeout=10)
        assert names(file) == []
        leave.set()
        future.result(timeout=10)
        assert names(file) == ["slow"]


WRITING = """
import sys
from pipelines.writer import Writer
from tests.pipelines.builders import article, outcome
with Writer(sys.argv[1], linger=0.005, most=5) as writer:
    for number in range(int(sys.argv[3])):
        future = writer.submit(outcome(article(f"/{sys.argv[2]}-{number}")))
        future.add_done_callback(lambda done, number=number: print(number, flush=True))
"""


def writing(file: Path, name: str, articles: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITING, str(file), name, str(articles)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_write_at_once(file: Path) -> None:
    processes = [writing(file, name, 60) for name in ("one", "two")]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    with closing(open_reader(file)) as db:
        assert db.table("article").count == 120
        assert len({row["url"] for row in db.table("article").rows}) == 120


@pytest.mark.parametrize("moment", range(3))
def test_a_kill_loses_nothing_that_was_committed_and_leaves_nothing_half_written(file: Path, moment: int) -> None:
    process = writing(file, "page", 5000)
    assert process.stdout
    told = [process.stdout.readline() for _ in range(20 + 37 * moment)]
    os.kill(process.pid, signal.SIGKILL)
    told += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    numbers = {int(line) for line in told if line.endswith("\n")}
    with Writer(file) as writer:
        writer.submit(outcome(article("/after"))).result(timeout=10)
    with closing(open_reader(file)) as db:
        stored = {row["url"].rpartition("-")[2] for row in db.table("article").rows}
        tables = ("article", "revision", "fetch", "quote", "block", "embed")
        parts = {table: db.table(table).count for table in tables}
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {str(number) for number in numbers} <= stored
    assert len(numbers) >= 20
    assert parts["revision"] == parts["fetch"] == parts["embed"] == parts["article"]
    assert (parts["quote"], parts["block"]) == (2 * parts["article"], 3 * parts["article"])
