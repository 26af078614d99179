"""Copies and stories are what the generator knows them to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.copies_and_stories import judge


def test_a_thousand_articles_are_grouped_as_they_are_meant(tmp_path: Path) -> None:
    judged = judge(tmp_path / "truth.db", 1000)
    assert judged.missed == []


@pytest.mark.soak
def test_thirty_thousand_articles_are_grouped_as_they_are_meant(tmp_path: Path) -> None:
    judged = judge(tmp_path / "truth.db", 30_000)
    print(judged.figures, judged.counts)
    assert judged.missed == []
