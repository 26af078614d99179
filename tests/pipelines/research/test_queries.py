from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

FOLDER = Path(__file__).parents[3] / "data" / "queries"
EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "anonymous_share": [("glimmer.example", 6, 1, 0.2, 1), ("tattle.example", 2, 0, 0.0, 0)],
    "coverage_by_day": [
        ("glimmer.example", "2026-11-22", 1, 1, 3),
        ("tattle.example", "2026-11-22", 1, 0, 2),
        ("glimmer.example", "2026-11-20", 1, 0, 0),
    ],
    "most_quoted": [
        ("Maud Perrin", 5, 3, 2, "2026-11-20T08:00:00Z", "2026-11-22T10:30:00Z"),
        ("Otto Lind", 2, 2, 1, "2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z"),
    ],
    "rewritten_headlines": [
        (
            "tattle.example", "Maud Perrin quits the Velvet Spoons", "Maud Perrin quits after nine years",
            "2026-11-22T17:00:00Z", 1, "https://www.tattle.example/maud-leaves",
        )
    ],
    "who_copied_whom": [("glimmer.example", "tattle.example", 1, 1.0)],
}  # fmt: skip


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.sql")), ids=lambda file: file.stem)
def test_every_query_is_titled_and_answers(reader: Database, file: Path) -> None:
    sql = file.read_text(encoding="utf-8")
    assert sql.startswith("-- ")
    assert sql.splitlines()[0].endswith("?")
    assert reader.execute(sql).fetchall() == EXPECTED[file.stem]


def test_no_expected_answer_lacks_its_query() -> None:
    assert {file.stem for file in FOLDER.glob("*.sql")} == set(EXPECTED)
