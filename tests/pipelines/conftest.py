from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipelines.database import open_writer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a database may be made."""
    return tmp_path / "redtop.db"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without rows."""
    made = tmp_path_factory.mktemp("empty") / "redtop.db"
    open_writer(made).close()
    return made


@pytest.fixture
def db(file: Path, empty: Path) -> Iterator[Database]:
    """An empty database, open for writing."""
    shutil.copy(empty, file)
    opened = open_writer(file)
    yield opened
    opened.close()
