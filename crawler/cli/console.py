"""What a person sees: data on stdout, everything else on stderr."""

from __future__ import annotations

import io
import os
import re
import sys
from contextlib import suppress
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


def open_streams() -> None:
    """Make the three standard streams fit to work with, whatever the shell gave.

    A closed one is opened on nothing, lest the next file that is opened takes its number and its writers: reading
    gives nothing, stderr goes nowhere, writing to stdout fails. Data leaves in UTF-8; a terminal shows what it can.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", errors="replace"))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace", encoding=None if sys.stdout.isatty() else "utf-8")


def close_stdout() -> None:
    """Send what is still to be written to nowhere, after it could not be (`redtop … | head`, a full disk)."""
    with suppress(OSError):  # standard output of a test is no file
        number = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
