"""Which redtop this is."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def program_version() -> str:
    """Give the version of the installed distribution; `0` where redtop runs from a plain folder."""
    try:
        return version("redtop")
    except PackageNotFoundError:
        return "0"
