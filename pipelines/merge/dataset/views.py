"""The dataset's tables as views of DuckDB, by the names that the database has."""

from __future__ import annotations

from pathlib import Path

from pipelines.merge.dataset.columns import TABLES

FILE = "views.sql"


def views(folder: Path | str = ".") -> list[str]:
    """Give the statements.

    Args:
        folder: of the dataset, as DuckDB is to look for it.
    """
    place = str(folder).replace("'", "''")
    made = []
    for name, columns in TABLES.items():
        named = ", ".join(f'"{column}"' for column in columns.names)
        source = f"read_parquet('{place}/{name}/**/*.parquet', hive_partitioning = true)"
        made.append(f'CREATE OR REPLACE VIEW "{name}" AS SELECT {named} FROM {source};')
    made.append(f"CREATE OR REPLACE VIEW crawl AS SELECT * FROM read_parquet('{place}/crawl/crawl.parquet');")
    return made


def write_views(folder: Path) -> None:
    """Write them into the dataset, for `duckdb -init views.sql` in its folder."""
    text = "\n".join(views()) + "\n"
    if not (folder / FILE).exists() or (folder / FILE).read_text(encoding="utf-8") != text:
        (folder / FILE).write_text(text, encoding="utf-8")
