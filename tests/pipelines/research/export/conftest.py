from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from extractors import Block, Embed, Image, Stamp
from pipelines.database import open_reader
from pipelines.outcome import Outcome
from pipelines.research import Selection
from pipelines.research.export import Exported, chosen, records
from pipelines.writer import Writer
from tests.pipelines.builders import article, outcome
from tests.pipelines.research.conftest import outcomes

SITE = "grill.example"


def awkward() -> list[Outcome]:
    """Articles with everything that a file can trip over: formulas, quotes, breaks, inexact dates, nothing at all."""
    blocks = (
        Block(kind="heading", text="=SUM(A1:A9) <b>", level=3),
        Block(kind="list_item", text="- one, \"two\"; three", level=1),
        Block(kind="list_item", text="* 4 | 5", level=2),
        Block(kind="block_quote", text="# no heading"),
        Block(kind="paragraph", text="1. no list & no <script>alert(1)</script>"),
    )  # fmt: skip
    formula = replace(
        article("/formula", site=SITE), headline='=HYPERLINK("http://evil.example";"Maud")', dek="'-1, said \"Otto\"",
        body=blocks, quotes=(), date_mentions=(), citations=(), section="@music", tags=("+1", "a,b", "ü"),
        images=(Image(url=None, caption="drawn"), Image(url="https://grill.example/a.jpg", lead=True, after_block=2)),
        embeds=(
            Embed(provider="youtube", kind="video", url="https://www.youtube.com/watch?v=q1", id="q1"),
            Embed(provider="spotify", kind="audio", url="https://open.spotify.com/episode/q2"),
            Embed(provider="x", kind="post", text="no address"),
        ),
        published=Stamp(value=date(2026, 11, 21), precision="day", raw="21 Nov", source="text"),
        modified=Stamp(value=datetime(2026, 11, 21, 9, 5), precision="minute", raw="21 Nov, 9.05", source="text"),
    )  # fmt: skip
    inexact = [
        replace(
            article(f"/{precision}", site=SITE, paragraphs=(f"Nobody knows the {precision} of this one.",)),
            published=Stamp(value=date(2026, 11, 2), precision=precision, raw=f"some {precision}", source="text"),
            modified=Stamp(value=None, precision="hour", raw="5 hours ago", source="text"), date_mentions=(),
            citations=(), access="paywalled",
        )
        for precision in ("week", "month", "year")
    ]  # fmt: skip
    bare = replace(
        article("/bare", site=SITE, paragraphs=("A lone line of text that stands here for itself.",)), headline=None,
        dek=None, authors=(), published=None, modified=None, section=None, tags=(), access=None, language=None,
        images=(), embeds=(), date_mentions=(), citations=(),
    )  # fmt: skip
    return [outcome(record, hours=number) for number, record in enumerate([formula, *inexact, bare])]  # type: ignore[list-item]


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small finished database with awkward articles in it."""
    file = tmp_path_factory.mktemp("full") / "redtop.db"
    with Writer(file) as writer:
        for made in (*outcomes(), *awkward()):
            writer.submit(made).result(timeout=20)
    return file


@pytest.fixture
def source(full: Path) -> Iterator[Database]:
    """It, open for reading."""
    db = open_reader(full)
    yield db
    db.close()


@pytest.fixture
def exported(source: Database) -> list[Exported]:
    """All its articles."""
    return list(records(source, chosen(source, Selection())))
