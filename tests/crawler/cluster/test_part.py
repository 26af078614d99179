"""Parts of a WARC file hold each of its records once, wherever it is cut."""

from __future__ import annotations

import gzip
import os
from dataclasses import replace
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.archive_files import ArchiveError
from crawler.cluster.plan import reading_identity, warc_units
from crawler.sample import sample_sites
from crawler.warc_pages import UnreachedError, read_pages
from crawler.warc_part import MAGIC, Part
from extractors import SiteRules
from pipelines.version import program_version
from tests.crawler.test_warc_pages import HTML, warc


def answers(count: int, size: int = 300) -> list[tuple[str, str, bytes, list[tuple[str, str]]]]:
    """Answers of a few hundred bytes, some of which hold what a gzip member begins with."""
    return [
        (f"https://gull.example/{number}", "200 OK", b"<html>" + MAGIC * (number % 3) + os.urandom(size), HTML)
        for number in range(count)
    ]


def urls(part: Part | Path) -> list[str]:
    return [found.page.url for found in read_pages(part)]


@pytest.mark.parametrize("step", [97, 1000, 5000])
def test_every_record_is_in_one_part(tmp_path: Path, step: int) -> None:
    file = tmp_path / "gull.warc.gz"
    file.write_bytes(warc(*answers(30)))
    size = file.stat().st_size
    places = [*range(0, size, step), None]
    whole = urls(file)
    parts = [Part(str(file), start, end) for start, end in pairwise(places) if start is not None]
    assert [url for part in parts for url in urls(part)] == whole
    assert len(whole) == 30
    offsets = [found.offset for part in parts for found in read_pages(part)]
    assert offsets == [found.offset for found in read_pages(file)]


def test_a_file_of_several_forms_is_read_whole(tmp_path: Path) -> None:
    """Records one a member, then many in one member, then one a member again."""
    file = tmp_path / "mixed.warc.gz"
    packed, plain = warc(*answers(9)), warc(*answers(9, 60_000), packed=False)
    file.write_bytes(packed + gzip.compress(plain, mtime=0) + packed)
    size = file.stat().st_size
    parts = [
        Part(str(file), start, end) for start, end in pairwise([*range(0, size, 40_000), None]) if start is not None
    ]
    assert [url for part in parts for url in urls(part)] == urls(file)
    assert len(urls(file)) == 27


def test_the_digest_is_of_the_bytes_of_the_part(tmp_path: Path) -> None:
    file = tmp_path / "gull.warc.gz"
    data = warc(*answers(30))
    file.write_bytes(data)
    end = [found.offset for found in read_pages(file)][20]
    hashed = blake2b(digest_size=16)
    assert len(list(read_pages(Part(str(file), 0, end), hashed=hashed))) == 20
    assert hashed.hexdigest() == blake2b(data[:end], digest_size=16).hexdigest()
    whole = blake2b(digest_size=16)
    list(read_pages(file, hashed=whole))
    assert whole.hexdigest() == blake2b(data, digest_size=16).hexdigest()


def test_a_large_packed_file_is_cut_and_others_are_not(tmp_path: Path) -> None:
    members, one, plain = (tmp_path / name for name in ("a.warc.gz", "b.warc.gz", "c.warc"))
    members.write_bytes(warc(*answers(200, 3000)))
    one.write_bytes(gzip.compress(warc(*answers(200, 3000), packed=False)))
    plain.write_bytes(warc(*answers(200, 3000), packed=False))
    plan = warc_units([str(members), str(one), str(plain), str(tmp_path / "none")], "x", size=100_000)
    counts = [sum(str(file) in unit.what for unit in plan.units) for file in (members, one, plain)]
    assert counts == [8, 1, 1]
    assert list(plan.missing.values()) == [f"{tmp_path / 'none'}: No such file or directory"]
    assert plan.units == warc_units([str(members), str(one), str(plain)], "x", size=100_000).units
    other = warc_units([str(members), str(one), str(plain)], "y", size=100_000).units
    assert not {unit.name for unit in other} & {unit.name for unit in plan.units}
    assert sum(len(urls(unit.given)) for unit in plan.units) == 600


def test_a_file_that_is_named_twice_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.warc.gz").write_bytes(warc(*answers(2)))
    Path("link.warc.gz").symlink_to("a.warc.gz")
    names = ["a.warc.gz", str(tmp_path / "a.warc.gz"), "./a.warc.gz", f"../{tmp_path.name}/a.warc.gz", "link.warc.gz"]
    (unit,) = warc_units(names, "x").units
    assert unit.what == str(tmp_path / "a.warc.gz")


def test_other_rules_make_other_units() -> None:
    """What was read by other extractors, or by other rules, is no part of this run."""
    sites = sample_sites()
    domain = sorted(sites)[0]
    other = sites | {domain: replace(sites[domain], rules=SiteRules(headline=("h2",)))}
    slower = sites | {domain: replace(sites[domain], delay=9.0)}
    assert reading_identity(sites) != reading_identity(other)
    assert reading_identity(sites) == reading_identity(slower)
    assert reading_identity(sites)[0] == program_version()


def test_a_broken_part_is_told_from_one_that_cannot_be_reached(tmp_path: Path) -> None:
    file = tmp_path / "gull.warc.gz"
    data = warc(*answers(30))
    file.write_bytes(data[:-100])
    with pytest.raises(ArchiveError, match="breaks off") as raised:
        urls(Part(str(file), 2000, None))
    assert not isinstance(raised.value, UnreachedError)
    assert len(urls(Part(str(file), 0, 5000))) > 3
    with pytest.raises(UnreachedError, match="No such file"):
        urls(Part(str(tmp_path / "none")))
