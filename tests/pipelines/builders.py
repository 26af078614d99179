"""Small records and pages for the tests; every person and outlet in them is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from extractors import Article, Author, Block, Citation, DateMention, Embed, Image, Provenance, Quote, Stamp
from pipelines.outcome import Outcome
from pipelines.page import ArchivePlace, Page

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SITE = "tattle.example"
FIRST = "Singer Maud Perrin has left her band the Velvet Spoons after nine years on the road together."
SECOND = "“I loved every minute of it,” Perrin told Glimmer. “The boys are my family.”"
THIRD = "The Velvet Spoons will play their last three shows in Dublin on 5 December without a replacement."


def stamp(text: str = "2026-11-22T09:30:00Z") -> Stamp:
    """A publication time as JSON-LD would give it."""
    return Stamp(value=datetime.fromisoformat(text), precision="second", raw=text, source="json-ld")


def article(
    slug: str = "/maud-leaves", site: str = SITE, paragraphs: tuple[str, ...] = (FIRST, SECOND, THIRD)
) -> Article:
    """A record with at least one of everything."""
    url = f"https://www.{site}{slug}"
    return Article(
        url=url,
        canonical_url=url,
        site=site,
        language="en",
        headline="Maud Perrin quits the Velvet Spoons",
        dek="The singer says that she needs a rest",
        authors=(
            Author(name="Ines Okafor", url=f"https://{site}/by/ines"),
            Author(name="Showbiz desk", kind="organisation"),
        ),
        published=stamp(),
        modified=stamp("2026-11-22T10:00:00Z"),
        section="Music",
        tags=("Maud Perrin", "Velvet Spoons"),
        access="free",
        body=tuple(Block(kind="paragraph", text=text) for text in paragraphs),
        images=(
            Image(url=f"https://{site}/maud.jpg", caption="Maud Perrin", credit="Rex Lark", alt="a singer", lead=True),
        ),
        embeds=(
            Embed(
                provider="instagram", kind="post", url="https://www.instagram.com/p/Q1/", id="Q1", author="maud",
                after_block=0,
            ),
        ),
        quotes=quotes_of(paragraphs),
        date_mentions=(DateMention(text="5 December", value="2026-12-05", precision="day", block=2, start=69, end=79),),
        citations=(Citation(outlet="Glimmer", url="https://glimmer.example/maud", block=1, start=45, end=52),),
        provenance=Provenance({"headline": "h1", "body": "article", "body.confidence": "0.97"}),
    )  # fmt: skip


def quotes_of(paragraphs: tuple[str, ...]) -> tuple[Quote, ...]:
    """The marked spans of the paragraphs, all of them by Maud Perrin."""
    found = []
    for block, text in enumerate(paragraphs):
        start = text.find("“")
        while start >= 0:
            end = text.index("”", start)
            found.append(
                Quote(
                    text=text[start + 1 : end], speaker="Maud Perrin", speakers=("Maud Perrin",), mention="Perrin",
                    speaker_kind="person", cue="told", block=block, start=start + 1, end=end,
                )
            )  # fmt: skip
            start = text.find("“", end)
    return tuple(found)


def page(url: str, *, hours: float = 0, status: int = 200, body: bytes = b"<p>") -> Page:
    """A page received some hours after noon."""
    return Page(url=url, status=status, body=body, fetched_at=NOON + timedelta(hours=hours))


def outcome(record: Article, *, hours: float = 0, **changes: Any) -> Outcome:
    """A page with this record in it, received some hours after noon; its bytes differ whenever the record does."""
    assert record.url
    assert record.site
    made = Outcome(
        page=page(record.url, hours=hours, body=repr(record).encode()),
        site=record.site,
        article=record,
        archive=ArchivePlace(file="2026-11-22.warc.gz", offset=1234),
    )
    return replace(made, **changes)
