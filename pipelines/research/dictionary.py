"""The data dictionary: what every table and column means, read from docs/database.md, where a test keeps it true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_LINK = re.compile(r"\[([^]]+)\]\([^)]+\)")


@dataclass(frozen=True, slots=True)
class TableText:
    """What a table is for."""

    description: str
    """Plain text; empty where the columns say it all."""
    columns: dict[str, str]


def read_dictionary(page: Path) -> dict[str, TableText]:
    """Read the descriptions of tables and columns, by table."""
    tables = {}
    for part in page.read_text(encoding="utf-8").split("\n### ")[1:]:
        name, _, text = part.partition("\n")
        text = text.partition("\n## ")[0]
        columns = dict(re.findall(r"^\| `(\w+)` \| (.+?) *\|$", text, re.MULTILINE))
        before = text.partition("\n| ")[0]
        tables[name.strip()] = TableText(
            _plain(" ".join(before.split())), {name: _plain(what) for name, what in columns.items()}
        )
    return tables


def _plain(text: str) -> str:
    return _LINK.sub(r"\1", text).replace("`", "").replace(r"\|", "|")
