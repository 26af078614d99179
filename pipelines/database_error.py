"""What can be wrong with a database file, in one line for a person."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from shutil import disk_usage


class DatabaseError(Exception):
    """The database cannot be used. The message is one line that names the file and the cause."""

    is_of_file = False
    """Whether the file, its disk or a lock is to blame, so that whatever is written next fails as well."""


def explain(path: Path, problem: sqlite3.Error | OSError) -> DatabaseError:
    """Put what SQLite or the system said about a file into a line for a person."""
    code = getattr(problem, "sqlite_errorcode", None)
    tell = None if code is None else _CAUSES.get(code & 0xFF)
    if isinstance(problem, OSError):
        found = DatabaseError(f"{path}: {(problem.strerror or str(problem)).lower()}")
    else:
        found = DatabaseError(f"{path} {tell(path)}" if tell else f"{path}: {problem}")
    found.is_of_file = tell is not None or isinstance(problem, OSError)
    return found


def check_file(path: Path, access: int) -> None:
    """Refuse what the file system itself rules out, with a better word than SQLite's "unable to open"."""
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder, not a database")
    if path.exists() and not path.is_file():
        raise DatabaseError(f"{path} is no regular file")
    if path.exists():
        if not os.access(path, os.R_OK):
            raise DatabaseError(f"{path} cannot be read: permission denied")
        if access & os.W_OK and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            raise DatabaseError(f"{path} is read-only")


def _cannot_open(path: Path) -> str:
    return "cannot be opened: permission denied" if not os.access(path.parent, os.W_OK) else "cannot be opened"


def _is_full(path: Path) -> bool:
    """Whether there is no room for the smallest write: SQLite calls that an error of the disk in places."""
    try:
        return disk_usage(path.parent).free < 64 * 1024
    except OSError:
        return False


_FULL = "cannot grow: the disk is full"
# Primary result codes, https://www.sqlite.org/rescode.html
_CAUSES: dict[int, Callable[[Path], str]] = {
    sqlite3.SQLITE_BUSY: lambda _: "is locked by another program",
    sqlite3.SQLITE_LOCKED: lambda _: "is locked by another program",
    sqlite3.SQLITE_READONLY: lambda _: "is read-only",
    sqlite3.SQLITE_PERM: lambda _: "cannot be opened: permission denied",
    sqlite3.SQLITE_NOTADB: lambda _: "is no SQLite database",
    sqlite3.SQLITE_CORRUPT: lambda _: "is damaged (the sqlite3 shell's .recover may save what is left)",
    sqlite3.SQLITE_FULL: lambda _: _FULL,
    sqlite3.SQLITE_IOERR: lambda path: (
        _FULL if _is_full(path) else "cannot be read or written: the disk reports an error"
    ),
    sqlite3.SQLITE_CANTOPEN: _cannot_open,
}
