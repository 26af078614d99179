"""The crawl of a unit's outlets, in a process of its own beside the worker.

`python -m crawler.cluster.outlet` takes a `Visit` on standard input, pickled, and writes JSON lines: how many pages it
has, and in the end what was done. It ends with whoever started it: then its input ends.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TextIO

from crawler.archive import Form
from crawler.frontier.pace import Pace
from crawler.quota import Bounds
from crawler.report import CrawlReport
from crawler.site import Site

EVERY = 0.5
"""Seconds between two lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How outlets are crawled: what `crawler.run.crawl` is told beside which and where to."""

    archive: Path
    contact: str | None
    allow_private: bool
    bounds: Bounds
    pace: Pace
    archive_format: Form = "gzip"


@dataclass(frozen=True, slots=True)
class Visit:
    """What is to be crawled, and how."""

    sites: tuple[Site, ...]
    shard: Path
    terms: Terms
    seconds: float | None
    """After which nothing more is asked, from when this was sent; None: when all is done."""


def main() -> None:
    """Crawl once."""
    visit: Visit = pickle.load(sys.stdin.buffer)
    began, terms = time.monotonic(), visit.terms
    Thread(target=_end_with_input, daemon=True).start()
    out, sys.stdout = sys.stdout, sys.stderr
    from crawler.logs import set_up_logging
    from crawler.run import crawl
    from pipelines.database import DatabaseError

    set_up_logging("ERROR")
    max_time = None if visit.seconds is None else max(0.0, visit.seconds - (time.monotonic() - began))
    try:
        report = crawl(
            visit.sites, visit.shard, contact=terms.contact, allow_private=terms.allow_private, bounds=terms.bounds,
            max_time=max_time, workers=1, archive_folder=terms.archive, archive_format=terms.archive_format,
            pace=terms.pace, on_progress=_Lines(out),
        )  # fmt: skip
    except DatabaseError as problem:
        _say(out, {"failed": str(problem)})
        sys.exit(1)
    _say(out, {"report": report.summary()})


class _Lines:
    """Says now and then how many pages there are."""

    def __init__(self, out: TextIO) -> None:
        self._out, self._next = out, 0.0

    def __call__(self, report: CrawlReport) -> None:
        """Write a line, twice a second at most."""
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY
            _say(self._out, {"pages": report.total("fetched")})


def _say(out: TextIO, words: dict[str, Any]) -> None:
    out.write(json.dumps(words) + "\n")
    out.flush()


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
