"""docs/database.md names every table and column of the schema, and nothing that is not there."""

import re
from pathlib import Path

from pipelines.database import open_writer

DOCS = Path(__file__).parents[2] / "docs" / "database.md"


def documented() -> dict[str, set[str]]:
    tables: dict[str, set[str]] = {}
    for part in DOCS.read_text(encoding="utf-8").split("\n### ")[1:]:
        name, _, text = part.partition("\n")
        tables[name] = set(re.findall(r"^\| `(\w+)` \|", text.partition("\n## ")[0], re.MULTILINE))
    return tables


def test_every_table_and_column_is_described(tmp_path: Path) -> None:
    db = open_writer(tmp_path / "redtop.db")
    names = [name for name in (*db.table_names(), *db.view_names()) if "_fts" not in name and not name.startswith("_")]
    actual = {name: {row[1] for row in db.conn.execute(f"PRAGMA table_xinfo({name})")} for name in names}
    db.close()
    assert documented() == actual


def test_every_description_says_something() -> None:
    assert re.findall(r"^\| `\w+` \| *\|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE) == []
