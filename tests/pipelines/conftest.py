from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipelines.database import close_writer, open_writer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a database may be made."""
    return tmp_path / "redtop.db"


@pytest.fixture
def db(file: Path) -> Iterator[Database]:
    """An empty database, open for writing."""
    opened = open_writer(file)
    yield opened
    close_writer(opened)
