"""Folders of data that come with the code: from the checkout, or from inside the wheel."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Give the folder of bundled data of this name (`sample`, `queries`).

    A wheel carries them under `crawler/_data`; a checkout has them under `data`. Raises `FileNotFoundError`
    where there is neither.
    """
    for folder in (_ROOM / "_data" / name, _ROOM.parent / "data" / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the bundled folder {name} is missing from this installation")


def data_dictionary() -> Path:
    """Give the page that describes every table and column (docs/database.md).

    Raises `FileNotFoundError` as `data_folder` does.
    """
    for page in (_ROOM / "_data" / "database.md", _ROOM.parent / "docs" / "database.md"):
        if page.is_file():
            return page
    raise FileNotFoundError("the data dictionary is missing from this installation")
