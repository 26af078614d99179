"""One worker process: pages in, records out. It imports the extractors and nothing of Scrapy or SQLite."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection

from crawler.mortal import die_with_parent, watch_parent
from extractors import Article, ExtractionError, NotAnArticle, SiteRules
from extractors.errors import ChallengePage, EmptyShell
from extractors.paging import Paging
from extractors.recipe import extract_page
from pipelines.features import Features, features_of
from pipelines.page import Page


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that gave no record."""

    reason: str
    """One line for a person."""
    is_other_page: bool = False
    """Whether it was read and is no article, rather than unreadable."""
    is_shell: bool = False
    """Whether there is no text on it at all, so that a browser may show more."""
    is_challenge: bool = False
    """Whether it wants proof of a human being: the outlet refuses to serve this program."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that gave a record."""

    article: Article
    paging: Paging | None = None
    """Where it stands among the pages of its article; None of an only one."""
    refused: str | None = None
    """Why it would be no article by itself, in one line; only of a page that is not the first."""
    features: Features | None = None
    """What it is recognised by: looked for here, beside other pages, and not by the one thread that writes; None of one
    page among several, which are read together."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker is given."""

    page: Page
    rules: SiteRules | None


def read(reading: Reading) -> ReadPage | Unread:
    """Read one page; every exception becomes a line."""
    page = reading.page
    try:
        article, paging, refused = extract_page(
            page.body, url=page.url, fetched_at=page.fetched_at, rules=reading.rules, charset=page.charset
        )
        features = features_of(article) if paging is None and not refused else None
        return ReadPage(article, paging, refused and f"no article: {_line(refused)}", features)
    except NotAnArticle as problem:
        return Unread(
            f"no article: {_line(problem)}",
            is_other_page=True,
            is_shell=isinstance(problem, EmptyShell),
            is_challenge=isinstance(problem, ChallengePage),
        )
    except ExtractionError as problem:
        return Unread(f"unreadable: {_line(problem)}")
    except Exception as problem:  # a fault of the extractors must cost one page, not the crawl
        return Unread(f"the extractors failed: {type(problem).__name__}: {_line(problem)}")


def serve(connection: Connection) -> None:
    """Answer readings until the other side closes."""
    die_with_parent()
    watch_parent()
    for ignored in (signal.SIGINT, signal.SIGTERM):  # for the crawl to answer; it closes the connection
        signal.signal(ignored, signal.SIG_IGN)
    while True:
        try:
            reading: Reading = connection.recv()
            connection.send(read(reading))
        except (EOFError, OSError):
            return


def _line(problem: BaseException | str) -> str:
    return " ".join(str(problem).split())[:200]
