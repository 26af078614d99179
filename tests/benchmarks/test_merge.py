"""Merging shards costs about what storing their articles at once costs, and makes the same database."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.merge import compare, table


@pytest.mark.parametrize("deal", ["slices", pytest.param("random", marks=pytest.mark.soak)])
def test_a_few_shards_make_the_database_that_is_filled_at_once(tmp_path: Path, deal: str) -> None:
    found = compare(tmp_path, 3, 40, deal, tell=False)
    assert (found.unequal, found.ordered, found.rewritten) == ([], [], [])
    assert found.merged.articles == found.stored.articles == 120
    assert len(list(table(found))) == 10


@pytest.mark.soak
def test_a_hundred_shards_of_three_thousand_articles_make_the_same_database_in_flat_memory(tmp_path: Path) -> None:
    found = compare(tmp_path, 100, 3000, "slices")
    print("\n".join(table(found)))
    assert (found.unequal, found.ordered, found.rewritten) == ([], [], [])
    assert found.merged.megabytes < 1.25 * found.stored.megabytes
