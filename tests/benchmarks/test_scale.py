"""A database that grows stays quick to fill and quick to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.scale import SIZES, grow, missed, table


def test_a_small_database_answers_every_question_within_the_bars(tmp_path: Path) -> None:
    grown = list(grow(tmp_path / "scale.db", (150, 450), tell=False))
    assert [each.articles for each in grown] == [150, 450]
    assert {path.stem for path in Path("data/queries").glob("*.sql")} <= grown[-1].waits.keys()
    assert not [line for line in missed(grown[-1]) if "rate" not in line]
    assert len(list(table(grown))) == 9 + len(grown[-1].waits)
    assert grown[0].first == grown[0].last
    assert grown[1].first != grown[1].last
    assert 5_000 < grown[-1].bytes_an_article < 60_000


@pytest.mark.soak
def test_three_hundred_thousand_articles_are_filled_and_asked_within_the_bars(tmp_path: Path) -> None:
    grown = list(grow(tmp_path / "scale.db", SIZES))
    print("\n".join(table(grown)))
    assert list(missed(grown[-1])) == []
