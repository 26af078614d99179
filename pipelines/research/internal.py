"""Which tables are not for research."""

from __future__ import annotations

import re

_CRAWL = ("site_health", "site_run", "fetch", "crawl")
_PROGRAM = (
    "frontier_host", "frontier_url", "frontier_run", "frontier_original", "frontier_archive", "frontier_shard",
    "article_signature", "article_band", "article_page", "story_sign", "story_key", "block_print",
)  # fmt: skip
_LOOKUP = re.compile(r"_|sqlite_|.*_fts|article_address$")

INTERNAL = (*_CRAWL, *_PROGRAM)
"""Tables and views of the crawl and of the program: they name archives, processes, and what only ingestion needs."""


def is_lookup(name: str) -> bool:
    """Whether a table only helps to find rows of others: indexes of words, known addresses, SQLite's own."""
    return _LOOKUP.match(name) is not None


def is_program_s(name: str) -> bool:
    """Whether a table is for the program, and a reader has no use for it; those that tell of crawls are for readers."""
    return name in _PROGRAM or is_lookup(name)
