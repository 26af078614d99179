"""Text that an outlet repeats makes no two articles alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlite_utils import Database

from extractors import Article
from pipelines.store import write_outcome
from pipelines.template import MANY
from tests.pipelines.builders import article, outcome, stamp
from tests.pipelines.test_dedupe import prose

TEMPLATE = tuple(" ".join(prose(number, 40)) + "." for number in (90, 91, 92))


def page(site: str, number: int) -> Article:
    paragraphs = (" ".join(prose(number, 30)), *TEMPLATE)
    made = article(f"/{number}", site=site, paragraphs=paragraphs)
    return replace(
        made, headline=f"Headline number {number}", dek=None, quotes=(), embeds=(), tags=(), date_mentions=(),
        citations=(), published=stamp("2026-11-20T08:00:00Z"),
    )  # fmt: skip


@pytest.mark.parametrize("order", [1, -1])
def test_two_outlets_with_one_publisher_s_template_copy_nobody(db: Database, order: int) -> None:
    pages = [page(site, 10 * place + number) for place, site in enumerate(("one.example", "two.example"))
             for number in range(MANY)]  # fmt: skip
    for number, made in enumerate(pages[::order]):
        write_outcome(db, outcome(made))
        if number == 0:
            assert db.table("copy_link").count == 0
    assert db.table("copy_link").count == 0
    assert db.execute("SELECT count(*) FROM article WHERE copy_of IS NOT NULL").fetchone() == (0,)
    assert db.execute("SELECT max(articles) FROM story").fetchone() == (1,)


def test_pages_that_looked_alike_are_parted_when_the_template_is_known(db: Database) -> None:
    write_outcome(db, outcome(page("one.example", 1)))
    write_outcome(db, outcome(page("two.example", 2)))
    assert db.table("copy_link").count == 1
    for number in range(3, 2 * MANY + 1):
        write_outcome(db, outcome(page(("one.example", "two.example")[number % 2 == 0], number)))
    assert db.table("copy_link").count == 0
    assert db.execute("SELECT count(*) FROM article WHERE copy_of IS NOT NULL").fetchone() == (0,)


def test_a_template_that_is_given_up_counts_again(db: Database) -> None:
    for number in range(MANY):
        write_outcome(db, outcome(page("one.example", number)))
    write_outcome(db, outcome(page("two.example", 20)))
    assert db.table("copy_link").count == 0
    changed = replace(page("one.example", 0), body=article(paragraphs=(" ".join(prose(50, 60)),)).body)
    write_outcome(db, outcome(changed, hours=2))
    assert db.table("copy_link").count > 0
