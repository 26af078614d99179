"""Packed pages as WARC files, as a crawl would have archived them."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.loopback.pages import host_of, pack, path_of
from benchmarks.loopback.server import name_of
from crawler.archive import Archive
from pipelines.page import Page

DAY = datetime(2026, 11, 20, tzinfo=UTC)


def write(folder: Path, count: int, source: Path | None, *, a_file: int | None = None) -> list[Path]:
    """Write `count` pages, `a_file` of them to each file (None: as the archive parts them), unless they are there."""
    target = folder / f"warc-{count}-{a_file or 'all'}"
    if not (target / "done").exists():
        places = pack(folder / "pages", count, source)
        with (folder / "pages" / "pages.gz").open("rb") as packed, Archive(target) as archive:
            for number, place in enumerate(places):
                if a_file and number % a_file == 0:
                    archive.close()
                packed.seek(place.offset)
                archive.write(
                    Page(
                        url=f"http://{name_of(host_of(number))}{path_of(number)}",
                        status=200,
                        headers=(("Content-Type", "text/html; charset=utf-8"),),
                        body=gzip.decompress(packed.read(place.packed)),
                        fetched_at=DAY + timedelta(seconds=number),
                    )
                )
        (target / "done").touch()
    return sorted(target.glob("*.warc.gz"))
