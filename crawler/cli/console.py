"""What a person sees: data on stdout, everything else on stderr."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

# C0 and C1 controls besides tab and newline; the two-dimensional directional overrides of Unicode's bidi algorithm.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Take out what could steer a terminal: control characters and directional overrides."""
    return _CONTROLS.sub("", text)


def fail(message: str, hint: str = "") -> None:
    """Write one line `Error: …` to stderr, and a hint on a line of its own."""
    one_line = " ".join(printable(message).split())
    click.echo(f"Error: {one_line}", err=True)
    if hint:
        click.echo(hint, err=True)


def note(message: str) -> None:
    """Write a line for a person to stderr."""
    click.echo(printable(message), err=True)


def emit(text: str) -> None:
    """Write a line of data to stdout; to a terminal without control characters."""
    click.echo(printable(text) if sys.stdout.isatty() else text)


def stderr_console() -> Console:
    """Give rich's console on stderr: no colour and no live display where stderr is no terminal."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 120)


def stdout_console(width: int | None = None) -> Console:
    """Give rich's console on stdout; its tables are not cut where stdout is no terminal."""
    from rich.console import Console

    return Console(highlight=False, width=width if sys.stdout.isatty() else width or 160)


def close_stdout() -> None:
    """Send what is still to be written to nowhere, after the reader of a pipe has gone (`redtop … | head`)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
