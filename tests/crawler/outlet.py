"""Small outlets for tests, served by the sample's server."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

from crawler.frontier.pace import Pace
from crawler.report import CrawlReport
from crawler.run import crawl
from crawler.sample import sample_sites
from crawler.sample.server import SampleServer

HOST = "gull.localhost"
ORIGIN = f"http://{HOST}:8800"
PACE = Pace(retries=(0.1, 0.2, 0.3), chance=float)
_SENTENCES = (
    "The gulls of the harbour stole another bag of chips on Thursday, and nobody was surprised by it any more.",
    "A fisherman who saw the theft said the birds had waited on the roof of the chapel for most of the morning.",
    "The council has promised new bins with heavy lids, but the gulls have learnt to open the old ones in pairs.",
    "Visitors are asked to eat indoors until the end of the season, when the birds leave for the open sea again.",
)


def story(headline: str, *, words: str = "", times: int = 2) -> str:
    """A page with one article."""
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": headline}
    text = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES * times)
    return (
        f'<!doctype html><html lang="en"><head><title>{headline} | The Gull</title>'
        f'<meta property="og:type" content="article"><script type="application/ld+json">{json.dumps(data)}</script>'
        f"</head><body><main><article><h1>{headline}</h1><p>{headline}. {words or 'So the harbour says.'}</p>{text}"
        f"</article></main></body></html>"
    )


def feed(*paths: str, updated: str = "2026-11-20T08:00:00Z") -> str:
    """An Atom feed that names these paths."""
    entries = "".join(f'<entry><link href="{ORIGIN}{path}"/><updated>{updated}</updated></entry>' for path in paths)
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'


class Outlet:
    """A folder in the form that the sample's server serves."""

    def __init__(self, folder: Path, *, host: str = HOST, site: str = "delay = 0") -> None:
        self.folder = folder / host
        self.folder.mkdir(parents=True)
        self._routes: list[dict[str, Any]] = []
        (self.folder / "site.toml").write_text(
            f'name = "The Gull"\nhosts = ["{host}"]\nlanguage = "en"\n{site}\n', encoding="utf-8"
        )

    def serve(self, path: str, text: str | bytes = "", *, changed: str | None = None, **route: Any) -> None:
        """Serve something at a path; `changed` from state 2 on."""
        number = len(self._routes)
        names = {"file": f"{number}", "changed": f"{number}-2" if changed is not None else None}
        for name, content in ((names["file"], text), (names["changed"], changed)):
            if name is not None and content is not None:
                data = content.encode() if isinstance(content, str) else content
                (self.folder / name).write_bytes(data)
        self._routes.append({"path": path, **{k: v for k, v in names.items() if v}, **route})
        (self.folder / "routes.json").write_text(json.dumps(self._routes), encoding="utf-8")


FEED = f'[[feeds]]\nurl = "{ORIGIN}/feed"'


def run(server: SampleServer, folder: Path, db: Path, **changed: Any) -> CrawlReport:
    """Crawl what a server serves."""
    sites = sample_sites(server.port, folder).values()
    given: dict[str, Any] = {"allow_private": True, "pace": PACE, "workers": 1}
    return crawl(sites, db, **(given | changed))


def rows(db: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask the database."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(query).fetchall()


def paths(server: SampleServer, *without: str) -> list[str]:
    """What was asked, in order."""
    return [request.path for request in server.log if request.path not in without]


def gaps(times: Iterable[float]) -> list[float]:
    """Seconds between one request and the next."""
    ordered = sorted(times)
    return [later - earlier for earlier, later in pairwise(ordered)]
