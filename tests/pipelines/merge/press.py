"""The pages of the sample tabloid as they come in over some days, and databases made of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from extractors import ExtractionError
from extractors.recipe import extract_page
from extractors.site import site_of
from pipelines.database import close_writer, open_writer, transaction
from pipelines.fetches import finish_crawl, start_crawl
from pipelines.outcome import Outcome
from pipelines.page import ArchivePlace, Page
from pipelines.store import write_outcomes

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
START = datetime(2026, 11, 20, 6, tzinfo=UTC)
DAYS = 4


@cache
def visits(seed: int = 11) -> tuple[Outcome, ...]:
    """Every page of the sample on each of some days, in the order in which they come.

    Some change, some are gone for a day, some are read at their AMP or `m.` twin, some answer 304, some are led to; a
    few fail. Articles on several pages come page by page, on different days.

    Left out is what no database keeps, so that parts of a past cannot tell what the whole of it could: what a twin said
    while the page itself said something else, and the bytes of a state that comes back after another one.
    """
    chance = random.Random(seed)
    found: list[Outcome] = []
    for number, (url, bodies) in enumerate(_pages()):
        has_twins = "saltmarsh-premiere" not in url and ("bryony" in url or number % 3 == 0)
        comes_back = not has_twins and number % 3 == 1
        edited = chance.randrange(1, DAYS + 2)
        for day in range(DAYS):
            if chance.random() < 0.35 and day:
                continue
            at = START + timedelta(days=day, seconds=chance.randrange(50_000))
            text = bodies[0 if has_twins else min(day // 2, len(bodies) - 1)]
            if not has_twins and (chance.random() < 0.3 if comes_back else day >= edited):
                text = text.replace(b"</h1>", b" (updated)</h1>", 1)
            if not comes_back:
                text = text.replace(b"</title>", b" " * day + b"</title>", 1)
            found += _visit(chance, url, text, at, has_twins)
    return tuple(sorted(found, key=lambda each: (each.page.fetched_at, each.page.url)))


def _visit(chance: random.Random, url: str, body: bytes, at: datetime, has_twins: bool) -> Iterator[Outcome]:
    dice, asked = chance.random(), None
    if dice < 0.06 and not has_twins:
        yield _answer(url, at, 404)
    elif dice < 0.1:
        yield _answer(url, at, 500)
    elif dice < 0.15:
        yield _answer(url, at, 304)
    else:
        host, _, path = url.removeprefix("http://").partition("/")
        address = url
        if 0.37 < dice < 0.42:
            asked = f"http://{host}/?p={chance.randrange(9)}"
        elif 0.25 < dice < 0.32 and has_twins:
            address = f"http://{host}/{path.removesuffix('/amp/').rstrip('/')}/amp/"
        elif 0.32 < dice < 0.37 and has_twins:
            address = f"http://m.{host}/{path}"
        elif 0.42 < dice < 0.47 and has_twins:
            address = f"http://{host}/again/{path.strip('/').rpartition('/')[2]}"
        yield _read(address, body, at, asked)
        if dice > 0.93:
            yield _read(address, body, at + timedelta(hours=1), None)


def _pages() -> list[tuple[str, list[bytes]]]:
    """Every article page of the sample with the states it has."""
    found = []
    for record in sorted(SAMPLE.glob("*/articles/*/record.json")):
        url = json.loads(record.read_text(encoding="utf-8"))["url"]
        if (record.with_name("page.html")).exists():
            found.append((url, [path.read_bytes() for path in sorted(record.parent.glob("page*.html"), key=_number)]))
    return found


def _number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2]) if "-" in path.stem else 1


def _answer(url: str, at: datetime, status: int) -> Outcome:
    error = f"{url} answered {status}" if status >= 400 else None
    return Outcome(page=Page(url=url, status=status, body=b"", fetched_at=at), site=_site(url), error=error)


def _read(url: str, body: bytes, at: datetime, asked: str | None) -> Outcome:
    page = Page(url=url, status=200, body=body, fetched_at=at, requested_url=asked)
    place = ArchivePlace(file=f"{at:%Y%m%d}.warc.gz", offset=at.hour * 3600 + at.minute * 60 + at.second)
    made = Outcome(page=page, site=_site(url), archive=place)
    try:
        article, paging, refused = extract_page(body, url=url, fetched_at=at)
    except ExtractionError as problem:
        return replace(made, error=f"no article: {problem}")
    return replace(made, article=article, paging=paging, refused=str(refused) if refused else None)


def _site(url: str) -> str:
    site = site_of(url)
    assert site
    return site


def stored(path: Path, made: Iterable[Outcome], crawl: datetime | None = None) -> Path:
    """Make a database of pages, in the order given; with the moment of a run they are that run's."""
    db = open_writer(path)
    with transaction(db):
        number = start_crawl(db, crawl) if crawl else None
        write_outcomes(db, [replace(each, crawl_id=number) for each in made])
        if crawl and number:
            finish_crawl(db, number, crawl + timedelta(minutes=9))
    close_writer(db)
    return path


def split(made: Sequence[Outcome], parts: int, seed: int) -> list[list[Outcome]]:
    """Deal pages out at random, each part in the order in which its pages came."""
    chance = random.Random(seed)
    found: list[list[Outcome]] = [[] for _ in range(parts)]
    for each in made:
        chance.choice(found).append(each)
    return found
