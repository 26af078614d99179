"""The log: to stderr, or to a file."""

from __future__ import annotations

import logging
from pathlib import Path

_NOISY = (
    "asyncio", "charset_normalizer", "filelock", "htmldate", "scrapy.core.downloader",
    "scrapy.downloadermiddlewares", "scrapy-playwright", "tldextract", "trafilatura",
)  # fmt: skip
"""Loggers that warn of what this program tells in words of its own."""


def set_up_logging(level: str, file: Path | None = None) -> None:
    """Send the log of everything to stderr, or to `file`; `level` is a name of the standard logging module."""
    least = logging.ERROR if logging.getLevelName(level) >= logging.WARNING else logging.WARNING
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=level,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S%z",
        filename=file,
        force=True,
    )
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(max(least, logging.getLevelName(level)))
    logging.captureWarnings(True)
