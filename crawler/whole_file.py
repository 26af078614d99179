"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile, mkdtemp
from types import TracebackType
from typing import IO, Self


class WholeFile:
    """A text file in the making: a context manager that puts it in its place at the end, nothing on an exception.

    The folders above it are made. What is there and no regular file, such as a pipe, is written to as it stands.
    Every `OSError` names the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with _named(path):
            if path.exists() and not path.is_file() and not path.is_dir():
                self._file: IO[str] = path.open("w", encoding="utf-8")
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = _temporary(path)
        self._is_temporary = self._file.name != str(path)

    def write(self, text: str) -> None:
        """Add to it; a lone half of a surrogate pair, which no file can hold, becomes `?`."""
        with _named(self._path):
            self._file.write(text.encode("utf-8", "replace").decode())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with _named(self._path):
                self._file.close()
                if self._is_temporary and kind is None:
                    Path(self._file.name).replace(self._path)
        finally:
            if self._is_temporary:
                Path(self._file.name).unlink(missing_ok=True)


def write_json(path: Path, value: object) -> None:
    """Write plain JSON types to a file that is there whole or not at all."""
    with WholeFile(path) as file:
        file.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def check_writable(path: Path) -> None:
    """Make sure that a whole file could be written there now, before work begins whose outcome it is to hold.

    The folders above it are made. Raises `OSError` with the file's name.
    """
    if path.exists() and not path.is_file():
        return
    with _named(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _temporary(path)
        file.close()
        Path(file.name).unlink()


@contextmanager
def whole_path(path: Path) -> Iterator[Path]:
    """Give an empty file beside `path`, for what opens files by itself; at the end it takes the place of `path`.

    On an exception it is taken away. Raises `OSError` with the file's name, also where `path` is no regular file.
    """
    with _named(path):
        if path.exists() and not path.is_file():
            raise OSError(errno.EINVAL, "is no regular file", str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _temporary(path)
        file.close()
    made = Path(file.name)
    try:
        with _named(path):
            yield made
            made.replace(path)
    finally:
        made.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder beside `path`; at the end it takes the place of `path`, which must be empty or not there.

    On an exception it is taken away with all that is in it.
    """
    with _named(path):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise OSError(errno.ENOTEMPTY, "is there and not empty", str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        made.chmod(0o777 & ~_umask())
    try:
        with _named(path):
            yield made
            made.replace(path)
    finally:
        rmtree(made, ignore_errors=True)


def to_disk(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk (fsync(2))."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def _temporary(path: Path) -> IO[str]:
    file = NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False)  # noqa: SIM115
    with suppress(OSError):
        Path(file.name).chmod(0o666 & ~_umask())
    return file


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        inside = problem.filename is None or str(problem.filename).startswith(str(path.parent / f".{path.name}."))
        name = str(path) if inside else problem.filename
        raise OSError(problem.errno, problem.strerror or str(problem), name) from problem
