"""Which tables are not for research."""

from __future__ import annotations

INTERNAL = (
    "site_health", "site_run", "fetch", "crawl", "frontier_host", "frontier_url", "frontier_run", "article_signature",
    "article_band", "article_page", "story_sign", "story_key", "block_print",
)  # fmt: skip
"""Tables and views of the crawl and of the program: they name archives, processes, and what only ingestion needs."""
