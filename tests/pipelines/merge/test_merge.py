"""Shards into one database: as if one process had received all their pages."""

from __future__ import annotations

import random
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from benchmarks.contents import contents, rows
from pipelines.database import DatabaseError, open_writer, transaction
from pipelines.merge import Into, MergeProgress, merge
from pipelines.merge.shard import examined
from pipelines.outcome import Outcome
from pipelines.store import write_outcomes
from tests.growth import assert_linear
from tests.pipelines.builders import SITE, article, outcome, page
from tests.pipelines.merge.press import split, stored, visits

ROOT = Path(__file__).parents[3]
MAUD = article()
LATER = replace(MAUD, headline="Maud Perrin storms out")
_WORDS = random.Random(2)
LONG = tuple(" ".join("".join(_WORDS.choices("aeioulmnrst", k=6)) for _ in range(30)) + "." for _ in range(6))
FEW = visits(1)[::3]


def asked(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def shards(folder: Path, parts: list[list[Outcome]]) -> list[Path]:
    return [stored(folder / f"shard-{number}.db", part) for number, part in enumerate(parts)]


def check_random_splits(folder: Path, seed: int, step: int = 1) -> None:
    """Split the press at random; merge the parts one by one, and all at once, and compare with one process."""
    chance = random.Random(seed)
    made = visits(seed)[::step]
    whole = contents(stored(folder / "whole.db", made))
    parts = shards(folder, split(made, chance.randint(2, 6), seed))
    chance.shuffle(parts)
    for part in parts:
        merge([part], folder / "one-by-one.db")
    chance.shuffle(parts)
    merge(parts, folder / "at-once.db")
    for name in ("one-by-one.db", "at-once.db"):
        merged = contents(folder / name)
        assert [table for table in whole if merged[table] != whole[table]] == []
    with closing(sqlite3.connect(folder / "at-once.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("seed", [1, 2])
def test_random_parts_of_the_sample_in_any_order_make_the_database_of_one_process(tmp_path: Path, seed: int) -> None:
    assert {each.paging is not None for each in visits(seed)[::2]} == {True, False}
    check_random_splits(tmp_path, seed, step=2)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(200, 240))
def test_many_random_parts_make_the_database_of_one_process(tmp_path: Path, seed: int) -> None:
    check_random_splits(tmp_path, seed)


def test_a_second_merge_changes_no_row(tmp_path: Path) -> None:
    parts = shards(tmp_path, split(FEW, 3, 5))
    merge(parts, tmp_path / "all.db")
    before = rows(tmp_path / "all.db")
    report = merge(parts, tmp_path / "all.db")
    assert rows(tmp_path / "all.db") == before
    assert (report.known, report.new, report.joined) == (report.pages, 0, 0)


def test_an_article_of_several_shards_has_its_states_in_the_order_of_time(tmp_path: Path) -> None:
    parts = [[outcome(LATER, hours=5)], [outcome(MAUD)], [outcome(MAUD, hours=9)]]
    merge(shards(tmp_path, parts), tmp_path / "all.db")
    assert asked(tmp_path / "all.db", "SELECT revisions, first_seen, last_fetched FROM article") == [
        (3, "2026-11-22T12:00:00Z", "2026-11-22T21:00:00Z")
    ]
    assert asked(tmp_path / "all.db", "SELECT number, fetched_at, headline, changed FROM revision ORDER BY 1") == [
        (1, "2026-11-22T12:00:00Z", MAUD.headline, "[]"),
        (2, "2026-11-22T17:00:00Z", LATER.headline, '["headline"]'),
        (3, "2026-11-22T21:00:00Z", MAUD.headline, '["headline"]'),
    ]
    results = asked(tmp_path / "all.db", "SELECT result FROM fetch ORDER BY fetched_at")
    assert results == [("new",), ("changed",), ("changed",)]


def test_one_article_at_two_addresses_of_an_outlet_is_one_row(tmp_path: Path) -> None:
    here = article(paragraphs=LONG)
    there = replace(article("/news/maud", paragraphs=LONG), canonical_url=None)
    merge(shards(tmp_path, [[outcome(there, hours=1)], [outcome(here)]]), tmp_path / "all.db")
    assert asked(tmp_path / "all.db", "SELECT count(*), min(url) FROM article") == [(1, here.url)]
    assert asked(tmp_path / "all.db", "SELECT count(DISTINCT article_id) FROM fetch") == [(1,)]


def test_a_page_that_is_gone_in_another_shard_is_gone(tmp_path: Path) -> None:
    gone = Outcome(page=page(str(MAUD.url), hours=3, status=404), site=str(MAUD.site), error="answered 404")
    for name, parts in (("a", [[gone], [outcome(MAUD)]]), ("b", [[outcome(MAUD)], [gone]])):
        (tmp_path / name).mkdir()
        for part in shards(tmp_path / name, parts):
            merge([part], tmp_path / name / "all.db")
        told = asked(tmp_path / name / "all.db", "SELECT gone_at, (SELECT max(result) FROM fetch) FROM article")
        assert told == [("2026-11-22T15:00:00Z", "new")]
        assert asked(tmp_path / name / "all.db", "SELECT result FROM fetch WHERE status = 404") == [("gone",)]


def test_an_article_keeps_its_id_and_its_codes_when_a_shard_brings_an_earlier_state(tmp_path: Path) -> None:
    target = stored(tmp_path / "all.db", [outcome(article("/other")), outcome(LATER, hours=5)])
    with closing(sqlite3.connect(target)) as db, db:
        db.execute("INSERT INTO annotation (article_id, name, value) VALUES (2, 'tone', 'sad')")
    shard = stored(tmp_path / "shard.db", [outcome(MAUD)])
    with closing(sqlite3.connect(shard)) as db, db:
        db.execute("INSERT INTO annotation (article_id, coder, name, value) VALUES (1, 'ann', 'tone', 'glad')")
    merge([shard], target)
    assert asked(target, "SELECT id, revisions FROM article ORDER BY id") == [(1, 1), (2, 2)]
    codes = asked(target, "SELECT article_id, coder, value FROM annotation ORDER BY coder")
    assert codes == [(2, "", "sad"), (2, "ann", "glad")]


def test_runs_that_began_in_one_second_are_one_run(tmp_path: Path) -> None:
    at = datetime(2026, 11, 22, 11, tzinfo=UTC)
    one = stored(tmp_path / "one.db", [outcome(MAUD)], at)
    two = stored(tmp_path / "two.db", [outcome(LATER, hours=1), outcome(article("/other"), hours=1)], at)
    merge([two, one], tmp_path / "all.db")
    told = asked(
        tmp_path / "all.db", "SELECT started, finished, status, pages, articles_new, articles_changed FROM crawl"
    )
    assert told == [("2026-11-22T11:00:00Z", "2026-11-22T11:09:00Z", "finished", 3, 2, 1)]


def test_what_runs_found_at_an_outlet_is_held_against_its_whole_past(tmp_path: Path) -> None:
    def shard(day: int, missing: int) -> Path:
        path = stored(tmp_path / f"{day}.db", [], datetime(2026, 11, day, 11, tzinfo=UTC))
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(
                "INSERT INTO site_run (crawl_id, site, finished, pages, failures, statuses, articles_new, "
                "articles_changed, articles_unchanged, refused, missing_headline, missing_date, missing_author, "
                "missing_body, languages) "
                "VALUES (1, ?, ?, 20, 0, '{}', 20, 0, 0, 0, 0, 0, ?, 0, '{}')",
                [MAUD.site, f"2026-11-{day}T11:09:00Z", missing],
            )
        return path

    parts = [shard(day, 20 if day == 19 else 0) for day in range(10, 20)]
    random.Random(3).shuffle(parts)
    for part in parts:
        merge([part], tmp_path / "all.db")
    alarms = asked(tmp_path / "all.db", "SELECT finished, alarm FROM site_run WHERE alarm IS NOT NULL")
    assert alarms == [("2026-11-19T11:09:00Z", "20 of 20 articles have no author, 0% before")]
    merge(parts, tmp_path / "at-once.db")
    assert contents(tmp_path / "at-once.db") == contents(tmp_path / "all.db")


def test_newer_extractors_reading_of_an_answer_takes_the_place_of_the_older_one(tmp_path: Path) -> None:
    old = outcome(MAUD, extractor_version="0.9")
    new = replace(old, article=LATER, extractor_version="0.10")
    for name, order in (("a", [old, new]), ("b", [new, old])):
        (tmp_path / name).mkdir()
        for shard in shards(tmp_path / name, [[each] for each in order]):
            merge([shard], tmp_path / name / "all.db")
        told = asked(tmp_path / name / "all.db", "SELECT headline, extractor_version, revisions FROM article")
        assert told == [(LATER.headline, "0.10", 1)]
        assert asked(tmp_path / name / "all.db", "SELECT count(*) FROM fetch") == [(1,)]


def test_of_two_pages_of_one_address_and_second_the_same_one_is_chosen_in_any_order(tmp_path: Path) -> None:
    one, other = outcome(MAUD), outcome(LATER)
    one, other = (replace(each, page=replace(each.page, body=body)) for each, body in ((one, b"a"), (other, b"bcd")))
    found = []
    for name, order in (("a", [one, other]), ("b", [other, one])):
        (tmp_path / name).mkdir()
        parts = shards(tmp_path / name, [[each] for each in order])
        for shard in (*parts, *parts):
            merge([shard], tmp_path / name / "all.db")
        found.append(contents(tmp_path / name / "all.db"))
        assert asked(tmp_path / name / "all.db", "SELECT count(*), max(bytes) FROM fetch")[0][0] == 1
    assert found[0] == found[1]


def test_visits_of_one_front_page_are_merged_in_time_that_grows_with_their_number(tmp_path: Path) -> None:
    front, numbers = page("https://www.tattle.example/"), count()

    def visited(times: int) -> Path:
        at = [replace(front, fetched_at=front.fetched_at + timedelta(hours=hour)) for hour in range(times)]
        made = [Outcome(page=each, site=SITE, error="no article: a front page") for each in at]
        return stored(tmp_path / f"{next(numbers)}.db", made)

    assert_linear(visited, lambda shard: merge([shard], tmp_path / f"{next(numbers)}-all.db"), 60)


def test_what_another_program_writes_between_two_shards_is_seen(tmp_path: Path) -> None:
    first, second = shards(tmp_path, [[outcome(article("/other"))], [outcome(LATER, hours=2)]])
    with Into(tmp_path / "all.db") as into:
        into.take(examined([first]))
        db = open_writer(tmp_path / "all.db")
        with transaction(db):
            write_outcomes(db, [outcome(replace(MAUD, headline="A third headline")), outcome(MAUD, hours=1)])
        db.close()
        into.take(examined([second]))
    told = asked(tmp_path / "all.db", "SELECT headline, revisions FROM article ORDER BY url")
    assert told == [(LATER.headline, 3), (MAUD.headline, 1)]


def test_a_shard_named_twice_counts_once(tmp_path: Path) -> None:
    (shard,) = shards(tmp_path, [[outcome(MAUD)]])
    (tmp_path / "link.db").symlink_to(shard)
    report = merge([shard, shard, tmp_path / "link.db"], tmp_path / "all.db")
    assert (report.shards, report.pages, report.new) == (1, 1, 1)


def test_it_is_told_how_far_the_merge_is(tmp_path: Path) -> None:
    told: list[MergeProgress] = []
    merge(
        shards(tmp_path, [[outcome(MAUD)], [outcome(article("/other"), hours=2)]]),
        tmp_path / "all.db",
        note=told.append,
    )
    assert [(each.shard.name, each.done, each.shards, each.of) for each in told] == [
        ("shard-0.db", 0, 2, 1), ("shard-1.db", 1, 2, 1),
    ]  # fmt: skip


def broken_header(shard: Path) -> None:
    shard.write_bytes(b"no database at all" * 100)


def newer(shard: Path) -> None:
    with closing(sqlite3.connect(shard)) as db, db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('redtop', 'later', '')")


def older(shard: Path) -> None:
    with closing(sqlite3.connect(shard)) as db, db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'pages'")


def another_program(shard: Path) -> None:
    shard.unlink()
    with closing(sqlite3.connect(shard)) as db, db:
        db.execute("CREATE TABLE bookmark (url TEXT)")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (Path.unlink, "no such database"),
        (broken_header, "is no SQLite database"),
        (newer, "written by a newer redtop"),
        (older, "written by an older redtop; `redtop reextract --db"),
        (another_program, "a database of another program"),
    ],
)
def test_what_is_no_shard_is_refused_before_anything_is_changed(tmp_path: Path, spoil: object, said: str) -> None:
    good, bad = shards(tmp_path, [[outcome(MAUD)], [outcome(LATER, hours=1)]])
    assert callable(spoil)
    spoil(bad)
    with pytest.raises(DatabaseError, match=said) as problem:
        merge([good, bad], tmp_path / "all.db")
    assert str(bad) in str(problem.value)
    assert not (tmp_path / "all.db").exists()


def test_a_database_is_not_merged_into_itself(tmp_path: Path) -> None:
    (shard,) = shards(tmp_path, [[outcome(MAUD)]])
    with pytest.raises(DatabaseError, match="is the database itself"):
        merge([shard], shard)


def test_a_damaged_shard_is_left_out_whole_and_the_others_go_in(tmp_path: Path) -> None:
    good, bad = shards(tmp_path, split(FEW, 2, 3))
    data = bytearray(bad.read_bytes())
    ((page,),) = asked(bad, "SELECT rootpage FROM sqlite_schema WHERE name = 'revision'")
    assert isinstance(page, int)
    data[4096 * (page - 1) : 4096 * page] = random.Random(1).randbytes(4096)
    bad.write_bytes(data)
    report = merge([good, bad], tmp_path / "all.db")
    (told,) = report.failed
    assert str(bad) in told
    merge([good], tmp_path / "alone.db")
    assert contents(tmp_path / "all.db") == contents(tmp_path / "alone.db")


def test_a_record_that_cannot_be_read_takes_its_shard_back(tmp_path: Path) -> None:
    good, bad = shards(tmp_path, [[outcome(MAUD)], [outcome(article("/other"), hours=1), outcome(article("/third"))]])
    with closing(sqlite3.connect(bad)) as db, db:
        db.execute("UPDATE revision SET record = '{}' WHERE article_id = 2")
    report = merge([good, bad], tmp_path / "all.db")
    assert report.failed == [f"{bad} holds a record that cannot be read: article 2"]
    assert asked(tmp_path / "all.db", "SELECT count(*) FROM article") == [(1,)]


def test_a_locked_database_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_writer, "__kwdefaults__", {"patience": 0.1})
    target = stored(tmp_path / "all.db", [outcome(article("/other"))])
    (shard,) = shards(tmp_path, [[outcome(MAUD)]])
    with closing(sqlite3.connect(target, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseError, match="locked by another program"):
            merge([shard], target)
    assert merge([shard], target).new == 1


def limited(arguments: list[str | Path], size: int) -> subprocess.CompletedProcess[str]:
    """Merge in a process whose files cannot grow beyond a size, as on a full disk."""
    code = (
        "import resource, signal, sys; from pathlib import Path; from pipelines.merge import merge\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {resource.RLIM_INFINITY}))\n"
        "merge([Path(each) for each in sys.argv[2:]], Path(sys.argv[1]))"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_disk_that_is_full_half_way_leaves_whole_shards_and_the_next_run_goes_on(tmp_path: Path) -> None:
    parts = shards(tmp_path, split(FEW, 3, 3))
    target = tmp_path / "all.db"
    merge(parts[:1], target)
    before = contents(target)
    ran = limited([target, *parts], 200_000)
    assert ran.returncode != 0
    assert "DatabaseError" in ran.stderr
    assert contents(target) == before
    merge(parts, target)
    assert contents(target) == contents(stored(tmp_path / "whole.db", FEW))


def test_a_merge_that_is_killed_goes_on_to_the_same_database(tmp_path: Path) -> None:
    parts = shards(tmp_path, split(FEW, 4, 3))
    target, chance = tmp_path / "all.db", random.Random(4)
    code = (
        "import os, signal, sys; from pathlib import Path; from pipelines.merge import merge\n"
        "left = [int(sys.argv[2])]\n"
        "def note(progress):\n"
        "    left[0] -= 1\n"
        "    if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "merge([Path(each) for each in sys.argv[3:]], Path(sys.argv[1]), note=note)"
    )
    for _ in range(3):
        arguments = [sys.executable, "-c", code, str(target), str(chance.randint(5, 25)), *map(str, parts)]
        assert subprocess.run(arguments, cwd=ROOT, check=False).returncode == -signal.SIGKILL
        assert asked(target, "PRAGMA quick_check") == [("ok",)]
    merge(parts, target)
    assert contents(target) == contents(stored(tmp_path / "whole.db", FEW))


def test_shards_are_not_changed(tmp_path: Path) -> None:
    parts = shards(tmp_path, split(FEW, 2, 3))
    before = [part.read_bytes() for part in parts]
    for part in parts:
        part.chmod(0o444)
    merge(parts, tmp_path / "all.db")
    assert [part.read_bytes() for part in parts] == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("shard") and path.suffix != ".db"]


def test_a_shard_with_pages_of_a_read_only_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    (part,) = shards(folder, [[outcome(MAUD)]])
    folder.chmod(0o555)
    try:
        assert merge([part], tmp_path / "all.db").new == 1
    finally:
        folder.chmod(0o755)


def test_stories_and_copies_reach_across_shards(tmp_path: Path) -> None:
    here = article(paragraphs=LONG)
    there = replace(article(site="glimmer.example", paragraphs=LONG), headline="Perrin leaves the Spoons")
    parts = [[outcome(there, hours=2)], [outcome(here)]]
    merge(shards(tmp_path, parts), tmp_path / "all.db")
    db = open_writer(tmp_path / "whole.db")
    with transaction(db):
        write_outcomes(db, [each for part in parts for each in part])
    db.close()
    assert contents(tmp_path / "all.db") == contents(tmp_path / "whole.db")
    assert asked(tmp_path / "all.db", "SELECT count(*), count(DISTINCT story_id), count(copy_of) FROM article") == [
        (2, 1, 1)
    ]


def test_whether_nobody_answered_a_run_is_known_when_all_its_outlets_are_merged(tmp_path: Path) -> None:
    def shard(site: str, day: int, word: str) -> Path:
        path = stored(tmp_path / f"{site}-{day}.db", [], datetime(2026, 11, day, 11, tzinfo=UTC))
        failures = 6 if word == "none" else 0
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(
                "INSERT INTO site_run (crawl_id, site, finished, pages, failures, statuses, articles_new, "
                "articles_changed, articles_unchanged, refused, missing_headline, missing_date, missing_author, "
                "missing_body, languages) VALUES (1, ?, ?, 6, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, '{}')",
                [site, f"2026-11-{day}T11:09:00Z", failures, f'{{"{word}": 6}}'],
            )
        return path

    days = range(10, 20)
    gull = [shard("gull.example", day, "none" if day in (18, 19) else "200") for day in days]
    tern = [shard("tern.example", day, "none" if day == 19 else "200") for day in days]
    for name, parts in (("first.db", [*gull, *tern]), ("last.db", [*reversed(tern), *reversed(gull)])):
        for part in parts:
            merge([part], tmp_path / name)
        alarms = asked(tmp_path / name, "SELECT site, finished, alarm FROM site_run WHERE alarm IS NOT NULL ORDER BY 2")
        assert alarms == [
            ("gull.example", "2026-11-18T11:09:00Z", "no page answered"),
            ("gull.example", "2026-11-19T11:09:00Z", "no page answered"),
        ]
