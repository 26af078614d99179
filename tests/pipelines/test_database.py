from __future__ import annotations

import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from pipelines.database import DatabaseError, close_writer, open_reader, open_writer, shorten_log, transaction
from pipelines.schema import redtop
from tests.pipelines.promised import PROMISED


def made(file: Path) -> Path:
    close_writer(open_writer(file))
    return file


def line_of(action: Callable[[], object]) -> str:
    with pytest.raises(DatabaseError) as caught:
        action()
    text = str(caught.value)
    assert "\n" not in text
    return text


def test_a_writer_makes_the_file_and_the_folders_above_it(tmp_path: Path) -> None:
    file = made(tmp_path / "deep" / "er" / "redtop.db")
    assert file.is_file()
    assert list(file.parent.iterdir()) == [file]


def test_a_writer_s_connection_guards_references_and_logs_ahead(db: Database) -> None:
    pragmas = {name: db.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in
               ("journal_mode", "foreign_keys", "recursive_triggers", "busy_timeout", "synchronous")}  # fmt: skip
    assert pragmas == {
        "journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 30_000, "synchronous": 2,
    }  # fmt: skip


def test_every_table_is_strict_and_every_declared_reference_enforced(db: Database) -> None:
    strict = {name: flag for _, name, kind, _, _, flag in db.conn.execute("PRAGMA table_list") if kind == "table"}
    ours = {name for name in strict if not name.startswith(("sqlite_", "_sqlite_"))}
    assert {name for name in ours if not strict[name]} == set()
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        db.conn.execute("INSERT INTO block (article_id, position, kind, text) VALUES (7, 0, 'paragraph', 'x')")


def test_the_tables_have_the_columns_that_people_hold_on_to(db: Database) -> None:
    for table, columns in PROMISED.items():
        present = {row[1] for row in db.conn.execute(f"PRAGMA table_info({table})")}
        assert set(columns.split()) <= present, table


def test_full_text_indexes_are_declared_as_datasette_looks_for_them(db: Database) -> None:
    for table in ("article", "quote"):
        (sql,) = db.conn.execute("SELECT sql FROM sqlite_schema WHERE name = ?", [f"{table}_fts"]).fetchone()
        assert f'content="{table}"' in sql
        assert 'content_rowid="id"' in sql
        assert db.table(table).detect_fts() == f"{table}_fts"


def test_no_reference_lacks_an_index(db: Database) -> None:
    only_by_key = {"article_band", "story_key", "block_print"}  # many rows an article, never found by it
    for table in set(db.table_names()) - only_by_key:
        indexed = {index.columns[0] for index in db.table(table).indexes} | {db.table(table).pks[0]}
        for key in db.table(table).foreign_keys:
            assert key.column in indexed, f"{table}.{key.column}"


def test_opening_again_changes_nothing(file: Path) -> None:
    made(file)
    before = made(file).read_bytes()  # the first use of the list of migrations gives it its statistics
    assert made(file).read_bytes() == before


def test_more_migrations_are_applied_after_the_project_s_own(file: Path) -> None:
    more = Migrations("redtop.more")

    @more()
    def extra(db: Database) -> None:
        db.execute("CREATE TABLE extra (article_id INTEGER REFERENCES article(id)) STRICT")

    close_writer(open_writer(file, more))
    for sets in ((more,), ()):
        with closing(open_reader(file, *sets)) as db:
            assert "extra" in db.table_names()


def test_a_migration_that_fails_leaves_nothing_behind(file: Path) -> None:
    broken = Migrations("redtop.broken")

    @broken()
    def first(db: Database) -> None:
        db.execute("CREATE TABLE half (id INTEGER)")

    @broken()
    def second(db: Database) -> None:
        db.execute("CREATE TABLE half (id INTEGER)")

    assert "half" in line_of(lambda: open_writer(file, broken))
    with closing(open_writer(file)) as db:
        assert "half" not in db.table_names()


def test_a_migration_that_breaks_a_reference_is_taken_back(file: Path) -> None:
    broken = Migrations("redtop.broken")

    @broken()
    def orphan(db: Database) -> None:
        db.execute("INSERT INTO block (article_id, position, kind, text) VALUES (7, 0, 'paragraph', 'x')")

    assert "block" in line_of(lambda: open_writer(file, broken))
    with closing(open_writer(file)) as db:
        assert db.table("block").count == 0


def test_a_reader_cannot_write(file: Path) -> None:
    with closing(open_reader(made(file))) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.conn.execute("DELETE FROM article")


def test_a_reader_does_not_make_a_missing_file(file: Path) -> None:
    assert line_of(lambda: open_reader(file)) == f"{file}: no such database"
    assert not file.exists()


@pytest.mark.parametrize("opening", [open_reader, open_writer])
@pytest.mark.parametrize("content", [b"<html>" * 500, b"\x00\xff" * 4000, b"SQLite format 3\x00" + b"\x07" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    file: Path, content: bytes, opening: Callable[[Path], Database]
) -> None:
    file.write_bytes(content)
    assert line_of(lambda: opening(file)) in (
        f"{file} is no SQLite database",
        f"{file} is damaged (the sqlite3 shell's .recover may save what is left)",
    )
    assert file.read_bytes() == content


@pytest.mark.parametrize("opening", [open_reader, open_writer])
def test_a_folder_is_refused(tmp_path: Path, opening: Callable[[Path], Database]) -> None:
    assert line_of(lambda: opening(tmp_path)) == f"{tmp_path} is a folder, not a database"


@pytest.mark.parametrize("opening", [open_reader, open_writer])
def test_another_program_s_database_is_refused_and_left_alone(file: Path, opening: Callable[[Path], Database]) -> None:
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE bookmark (id INTEGER)")
    other.close()
    before = file.read_bytes()
    assert line_of(lambda: opening(file)) == f"{file} is a database of another program"
    assert file.read_bytes() == before


def test_a_reader_refuses_an_empty_database(file: Path) -> None:
    file.touch()
    assert line_of(lambda: open_reader(file)) == f"{file} is an empty database"


@pytest.mark.parametrize("opening", [open_reader, open_writer])
def test_a_newer_database_is_refused(file: Path, opening: Callable[[Path], Database]) -> None:
    db = open_writer(file)
    db.conn.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('redtop', 'of_tomorrow', '2030')"
    )
    close_writer(db)
    assert line_of(lambda: opening(file)) == f"{file} was written by a newer redtop; update the program"


def test_a_reader_refuses_an_older_database_and_names_the_command_that_helps(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(file)
    newer = Migrations("redtop")
    newer._migrations = [*redtop._migrations]

    @newer()
    def of_tomorrow(db: Database) -> None:
        db.execute("CREATE TABLE tomorrow (id INTEGER)")

    monkeypatch.setattr("pipelines.database.redtop", newer)
    line = line_of(lambda: open_reader(file))
    assert line.startswith(f"{file} ")
    assert "redtop crawl" in line
    close_writer(open_writer(file))
    with closing(open_reader(file)) as db:
        assert "tomorrow" in db.table_names()


def test_a_locked_database_is_waited_for_and_then_named(file: Path) -> None:
    other = sqlite3.connect(made(file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    pending = Migrations("redtop.pending")
    pending()(make_pending)
    assert line_of(lambda: open_writer(file, pending, patience=0.05)) == f"{file} is locked by another program"
    other.close()
    open_writer(file, pending, patience=0.05).close()


def make_pending(db: Database) -> None:
    db.execute("CREATE TABLE pending (id INTEGER)")


def as_nobody(file: Path, opening: Callable[[Path], Database], answers: multiprocessing.Queue[str]) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        answers.put(str(opening(file).table("article").count))
    except DatabaseError as error:
        answers.put(f"DatabaseError: {error}")


def answer_of_nobody(file: Path, opening: Callable[[Path], Database]) -> str:
    """What a user without any right beyond the file's mode gets."""
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[str] = context.Queue()
    process = context.Process(target=as_nobody, args=(file, opening, answers))
    process.start()
    answer = answers.get(timeout=20)
    process.join()
    return answer


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that other users can get into."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.geteuid() and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o055)
    return tmp_path


def test_a_read_only_database_can_be_read_and_not_written(open_folder: Path) -> None:
    file = made(open_folder / "study" / "redtop.db")
    file.chmod(0o444)
    file.parent.chmod(0o555)
    assert answer_of_nobody(file, open_reader) == "0"
    assert answer_of_nobody(file, open_writer) == f"DatabaseError: {file} is read-only"


def test_a_database_without_permission_is_named(open_folder: Path) -> None:
    file = made(open_folder / "redtop.db")
    file.chmod(0o000)
    for opening in (open_reader, open_writer):
        assert answer_of_nobody(file, opening) == f"DatabaseError: {file} cannot be read: permission denied"


def test_a_folder_that_takes_no_file_is_named(open_folder: Path) -> None:
    folder = open_folder / "closed"
    folder.mkdir(mode=0o555)
    line = answer_of_nobody(folder / "redtop.db", open_writer)
    assert line.startswith(f"DatabaseError: {folder / 'redtop.db'} ")
    assert "permission denied" in line


def open_and_add(file: Path, number: int) -> None:
    db = open_writer(file)
    with transaction(db):
        db.conn.execute("INSERT INTO author (name, kind) VALUES (?, 'person')", [f"writer {number}"])
    close_writer(db)


def test_processes_that_make_one_database_at_once_all_succeed(file: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=open_and_add, args=(file, number)) for number in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 8
    with closing(open_reader(file)) as db:
        assert db.table("author").count == 8


def add_an_author_and_fail(db: Database) -> None:
    db.conn.execute("INSERT INTO author (name, kind) VALUES ('Ines Okafor', 'person')")
    raise ZeroDivisionError


def test_a_transaction_is_taken_back_whole_on_an_exception(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), transaction(db):
        add_an_author_and_fail(db)
    assert db.table("author").count == 0
    assert not db.conn.in_transaction


def test_a_log_that_readers_let_grow_is_started_anew(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    db = open_writer(path)
    db.conn.execute("PRAGMA wal_autocheckpoint = 0")
    reader = open_reader(path)
    reader.conn.execute("BEGIN")
    reader.conn.execute("SELECT count(*) FROM article").fetchone()
    with transaction(db):
        db.conn.execute("CREATE TABLE my_note (text)")
        db.conn.executemany("INSERT INTO my_note VALUES (?)", [["x" * 1000]] * 3000)
    log = path.with_name("x.db-wal")
    assert shorten_log(db, path, over=10**9) == 10**9
    before = log.stat().st_size
    patience = db.conn.execute("PRAGMA busy_timeout").fetchone()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.database.SHORTENING", 0.1)
        assert shorten_log(db, path, over=1000) > before
    assert log.stat().st_size == before
    reader.conn.execute("COMMIT")
    shorten_log(db, path, over=1000)
    assert log.stat().st_size == 0
    assert db.conn.execute("PRAGMA busy_timeout").fetchone() == patience
    reader.close()
    close_writer(db)
