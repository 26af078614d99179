from __future__ import annotations

from sqlite_utils import Database

from pipelines.research import summary


def test_the_summary_counts_and_shows_one_of_each(reader: Database) -> None:
    found = summary(reader)
    counts = [(row.site, row.articles, row.quotes, row.embeds, row.copies) for row in found.outlets]
    assert counts == [("glimmer.example", 3, 6, 1, 1), ("tattle.example", 1, 2, 1, 0)]
    assert (found.outlets[0].first_published, found.outlets[0].last_published) == (
        "2026-11-20T08:00:00Z", "2026-11-22T10:30:00Z",
    )  # fmt: skip
    speakers = [(row.name, row.quotes, row.articles, row.sites) for row in found.speakers]
    assert speakers == [("Maud Perrin", 5, 3, 2), ("Otto Lind", 2, 2, 1)]
    assert found.quote
    assert found.quote.text == "We will sort it out like grown people, with lawyers"
    assert found.embed
    assert (found.embed.provider, found.embed.author) == ("instagram", "maud")
    assert found.copy
    assert (found.copy.site, found.copy.original_site) == ("glimmer.example", "tattle.example")


def test_only_so_many_speakers_are_named(reader: Database) -> None:
    assert len(summary(reader, speakers=1).speakers) == 1


def test_an_empty_database_has_an_empty_summary(db: Database) -> None:
    found = summary(db)
    assert (found.outlets, found.speakers, found.quote, found.embed, found.copy) == ((), (), None, None, None)
