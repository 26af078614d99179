"""Articles of a database as files that other programs read, each there when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlite_utils import Database

from crawler.whole_file import WholeFile, whole_folder, whole_path
from pipelines.research.export import Exported, records, table_rows
from pipelines.research.export.jsonld import jsonld_lines
from pipelines.research.export.lines import as_objects, csv_lines, json_lines
from pipelines.research.export.zyte import zyte_article

Write = Callable[[Iterable[str]], None]
Passing = Callable[[Iterator[Exported]], Iterable[Exported]]


def write_table(db: Database, ids: Sequence[int], form: str, table: str, output: Path | None, write: Write) -> None:
    """Write the rows of a table that belong to articles; lines go to `write`, Parquet to `output`."""
    rows = table_rows(db, table, ids)
    if form == "parquet":
        from pipelines.research.export.parquet import write_rows

        assert output
        with whole_path(output) as path:
            write_rows(path, rows)
    else:
        write(csv_lines(rows) if form == "csv" else json_lines(as_objects(rows)))


def write_records(
    db: Database, ids: Sequence[int], form: str, output: Path | None, write: Write, passing: Passing = iter
) -> None:
    """Write whole records; lines go to `write`, Parquet and the folder of Markdown to `output`.

    Args:
        db: of `open_reader`, inside a `snapshot`.
        ids: of the articles.
        form: `jsonl`, `jsonld`, `zyte`, `parquet` or `markdown`.
        output: a file, or a folder.
        write: takes lines.
        passing: sees every record on its way.
    """
    exported = passing(records(db, ids))
    if form == "markdown":
        assert output
        _write_folder(exported, output)
    elif form == "parquet":
        from pipelines.research.export.parquet import write_records as write_parquet

        assert output
        with whole_path(output) as path:
            write_parquet(path, exported)
    elif form == "jsonld":
        write(jsonld_lines(exported))
    else:
        write(json_lines(map(zyte_article if form == "zyte" else Exported.to_dict, exported)))


def write_file(lines: Iterable[str], output: Path) -> None:
    """Write lines to a file."""
    with WholeFile(output) as file:
        for line in lines:
            file.write(line)


def _write_folder(exported: Iterable[Exported], output: Path) -> None:
    from pipelines.research.export.markdown import markdown_file, markdown_name

    with whole_folder(output) as folder:
        for each in exported:
            path = folder / markdown_name(each)
            path.parent.mkdir(exist_ok=True)
            path.write_text(markdown_file(each), encoding="utf-8", newline="\n")
