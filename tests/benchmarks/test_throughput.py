"""What the throughput of a crawl and of an import is measured with, in short; the long runs print what they found."""

from __future__ import annotations

import gzip
from pathlib import Path
from statistics import median

import pytest

from benchmarks.crawl import SHARED, crawled, measure, served, told
from benchmarks.import_warc import imported
from benchmarks.loopback.pages import originals, pack, vary
from benchmarks.loopback.warcs import write
from extractors import extract


def test_a_page_that_is_varied_is_another_text_of_the_same_shape() -> None:
    (page,) = originals(None, seed=3)[:1]
    one, other = extract(vary(page, 1)), extract(vary(page, 2))
    assert one.headline
    assert len(one.body) == len(other.body)
    first, second = set(one.text.split()), set(other.text.split())
    assert len(first & second) / len(first | second) < 0.75
    assert vary(page, 1) == vary(page, 1)
    assert abs(len(vary(page, 1)) - len(page)) < 10


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three hundred packed pages."""
    made = tmp_path_factory.mktemp("throughput")
    places = pack(made / "pages", 300, None)
    assert median(place.bytes for place in places) > 90_000
    return made


def test_three_hundred_pages_from_fifty_hosts_are_crawled_to_the_last(folder: Path, tmp_path: Path) -> None:
    with served(folder / "pages", 300) as (port, server):
        found = crawled(tmp_path, port, server, 300)
    assert found.pages == 300
    assert found.articles > 290
    assert set(found.stages) == {"fetch", "archive", "hand over", "store", "extract", "serve"}
    assert all(spent > 0 for spent in found.stages.values())
    assert len(list(told(found, 100.0, 0.003))) >= 10


def test_three_hundred_pages_of_a_warc_are_imported_to_the_last(folder: Path, tmp_path: Path) -> None:
    files = write(folder, 300, None)
    with gzip.open(files[0]) as file:
        assert file.read(8) == b"WARC/1.1"
    found = imported(files, tmp_path / "run" / "redtop.db")
    assert found.pages == 300
    assert found.articles > 290


@pytest.mark.soak
def test_thirty_thousand_pages_are_crawled_with_flat_memory(tmp_path: Path) -> None:
    found, bare_rate, bare_cpu = measure(tmp_path, 30_000, SHARED)
    print("\n".join(told(found, bare_rate, bare_cpu)))
    assert found.pages == 30_000
    assert found.growth < 0.05


@pytest.mark.soak
def test_twenty_thousand_pages_of_a_warc_are_imported_with_flat_memory(tmp_path: Path) -> None:
    found = imported(write(tmp_path, 20_000, SHARED), tmp_path / "run" / "redtop.db")
    assert found.pages == 20_000
    assert found.growth < 0.05
