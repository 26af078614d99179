"""The log: to stderr, or to a file."""

from __future__ import annotations

import logging
from pathlib import Path


def set_up_logging(level: str, file: Path | None = None) -> None:
    """Send the log of everything to stderr, or to `file`; `level` is a name of the standard logging module."""
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        level=level,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        datefmt="%Y-%m-%dT%H:%M:%S%z",
        filename=file,
        force=True,
    )
    for noisy in ("asyncio", "tldextract", "filelock", "charset_normalizer", "htmldate", "trafilatura"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    logging.captureWarnings(True)
