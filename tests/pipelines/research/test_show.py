from __future__ import annotations

import pytest
from sqlite_utils import Database

from pipelines.page import ArchivePlace
from pipelines.research import QueryError, show
from tests.pipelines.builders import article


@pytest.mark.parametrize(
    "which",
    [1, "1", "https://www.tattle.example/maud-leaves", "http://m.tattle.example/maud-leaves/?utm_source=x", ],
)  # fmt: skip
def test_an_article_is_found_by_its_id_and_by_any_of_its_addresses(reader: Database, which: int | str) -> None:
    assert show(reader, which).id == 1


def test_everything_about_an_article_is_there(reader: Database) -> None:
    view = show(reader, 1)
    assert view.article.headline == "Maud Perrin quits after nine years"
    assert (view.article.body, view.article.quotes, view.article.images) == (
        article().body, article().quotes, article().images,
    )  # fmt: skip
    assert [(state.number, state.changed) for state in view.revisions] == [(1, ()), (2, ("headline",))]
    assert view.revisions[0].headline == "Maud Perrin quits the Velvet Spoons"
    assert (view.first_seen, view.last_fetched) == ("2026-11-22T13:00:00Z", "2026-11-22T17:00:00Z")
    assert [(copy.site, copy.headline) for copy in view.copies] == [("glimmer.example", article().headline)]
    assert view.copy_of is None
    assert view.archive == ArchivePlace(file="2026-11-22.warc.gz", offset=1234)


def test_a_copy_names_its_original(reader: Database) -> None:
    original = show(reader, "https://www.glimmer.example/maud").copy_of
    assert original
    assert (original.id, original.site) == (1, "tattle.example")


@pytest.mark.parametrize("which", [99, "99", "https://www.tattle.example/none", "maud", "9" * 30, "", "²"])
def test_what_is_not_there_is_named(reader: Database, which: int | str) -> None:
    with pytest.raises(QueryError, match=f"no article (at )?{which}"):
        show(reader, which)
