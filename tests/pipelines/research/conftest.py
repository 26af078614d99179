from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from extractors import Article, Quote
from pipelines.database import open_reader
from pipelines.outcome import Outcome
from pipelines.writer import Writer
from tests.pipelines.builders import article, outcome, stamp

RIVAL = "glimmer.example"


def said(text: str, speaker: str | None, kind: str | None, *speakers: str) -> tuple[str, Quote]:
    """A paragraph that is one quotation."""
    names = speakers or ((speaker,) if speaker else ())
    return f"“{text}”", Quote(text=text, speaker=speaker, speakers=names, speaker_kind=kind, start=1, end=len(text) + 1)  # type: ignore[arg-type]


def with_quotes(record: Article, *spoken: tuple[str, Quote]) -> Article:
    """The record with these quotations for its body."""
    paragraphs = tuple(text for text, _ in spoken)
    quotes = tuple(replace(quote, block=block) for block, (_, quote) in enumerate(spoken))
    bare = article(paragraphs=paragraphs)
    return replace(record, body=bare.body, quotes=quotes, date_mentions=(), citations=())


def outcomes() -> list[Outcome]:
    """Two outlets: Maud's story with a revision and a copy, a story with an insider, an undated one in German."""
    feud = replace(article("/insider", site=RIVAL), headline="Otto Lind in feud", embeds=())
    both = ("Otto Lind", "Maud Perrin")
    insider = with_quotes(
        replace(feud, published=stamp("2026-11-20T08:00:00Z")),
        said("He has not slept in his own house for a whole week now", "an insider", "anonymous"),
        said("We will sort it out like grown people, with lawyers", " and ".join(both), "person", *both),
        said("No comment", None, None),
    )  # fmt: skip
    german = replace(
        with_quotes(article("/trennung", site=RIVAL), said("Es ist vorbei", "Otto Lind", "person")),
        headline="O'Brien & Söhne: =Trennung", language="de", published=None, embeds=(),
    )  # fmt: skip
    copied = replace(article("/maud", site=RIVAL), published=stamp("2026-11-22T10:30:00Z"), dek=None)
    changed = replace(article(), headline="Maud Perrin quits after nine years", modified=None)
    return [
        outcome(article(), hours=1), outcome(insider), outcome(german), outcome(copied, hours=3),
        outcome(changed, hours=5),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small finished database."""
    file = tmp_path_factory.mktemp("shelf") / "redtop.db"
    with Writer(file) as writer:
        for made in outcomes():
            writer.submit(made).result(timeout=20)
    return file


@pytest.fixture
def reader(shelf: Path) -> Iterator[Database]:
    """It, open for reading."""
    db = open_reader(shelf)
    yield db
    db.close()
