from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sqlite_utils import Database

from extractors import Article, Author
from pipelines.database import transaction
from pipelines.render.difference import to_diff_html, to_diff_text
from pipelines.research import ArticleDiff, Piece, QueryError, diff
from pipelines.store import write_outcome
from tests.pipelines.builders import FIRST, THIRD, article, outcome, stamp

LOUD = "“I hated every minute of it,” Perrin told Glimmer. “The boys are my family.”"


def states() -> list[Article]:
    """Four states: as it was; headline and a quotation; byline, date and standfirst; paragraphs parted and gone."""
    first = article()
    quoted = replace(article(paragraphs=(FIRST, LOUD, THIRD)), headline="Maud Perrin <b>quits</b> the Spoons")
    signed = replace(
        quoted, dek=None, authors=(*quoted.authors, Author(name="Otto Lind")), published=stamp("2026-11-21T09:30:00Z")
    )
    parted = (FIRST.replace(" after", " today. After"), *LOUD.split(" “"), "A word of thanks & a tear.")
    last = replace(
        signed,
        body=article(paragraphs=(parted[0], parted[1], "“" + parted[2], parted[3])).body,
        quotes=(),
        date_mentions=(),
        citations=(),
    )
    return [first, quoted, signed, last]


@pytest.fixture
def told(db: Database) -> Database:
    with transaction(db):
        for hours, state in enumerate(states()):
            write_outcome(db, outcome(state, hours=hours))
    return db


def text(pieces: tuple[Piece, ...]) -> str:
    return "".join({"same": "", "removed": "-", "added": "+"}[piece.change] + piece.text + "|" for piece in pieces)


def fields(found: ArticleDiff) -> dict[str, str]:
    return {field.field: text(field.pieces) for field in found.fields}


def test_the_first_change_is_of_headline_and_a_quotation(told: Database) -> None:
    found = diff(told, 1, 1, 2)
    assert (found.before.number, found.after.number, found.site) == (1, 2, "tattle.example")
    assert fields(found) == {"headline": "Maud Perrin |+<b>|quits|+</b>| the |-Velvet |Spoons|"}
    assert [text(block) for block in found.body] == [
        f"{FIRST}|", f"“I |-loved|+hated|{LOUD.partition('hated')[2]}|", f"{THIRD}|",
    ]  # fmt: skip


def test_byline_date_and_standfirst(told: Database) -> None:
    found = diff(told, "https://www.tattle.example/maud-leaves", 2, 3)
    assert fields(found) == {
        "dek": "-The singer says that she needs a rest|",
        "authors": "Ines Okafor, Showbiz desk|+, Otto Lind|",
        "published": "-2026-11-22T09:30:00Z|+2026-11-21T09:30:00Z|",
    }
    assert found.body == ()


def test_without_numbers_it_is_the_last_change_and_with_one_everything_since(told: Database) -> None:
    assert (diff(told, 1).before.number, diff(told, 1).after.number) == (3, 4)
    assert (diff(told, 1, 2).before.number, diff(told, 1, 2).after.number) == (2, 4)
    back = diff(told, 1, 2, 1)
    assert fields(back)["headline"] == "Maud Perrin |-<b>|quits|-</b>| the |+Velvet |Spoons|"


@pytest.mark.parametrize("numbers", [(1, 4), (3, 4), (4, 1), (2, 3)])
def test_the_blocks_give_both_bodies_back(told: Database, numbers: tuple[int, int]) -> None:
    found = diff(told, 1, *numbers)
    known = states()
    for number, other in ((numbers[0], "added"), (numbers[1], "removed")):
        kept = ["".join(piece.text for piece in block if piece.change != other) for block in found.body]
        assert "\n\n".join(block for block in kept if block) == (known[number - 1].text if found.body else "")


def test_as_text_what_stayed_is_only_counted(told: Database) -> None:
    lines = to_diff_text(diff(told, 1, 1, 2)).splitlines()
    assert lines[-3:] == [
        "(1 paragraph as before)",
        "“I [-loved-]{+hated+} every minute of it,” Perrin told Glimmer. “The boys are my family.”",
        "(1 paragraph as before)",
    ]
    assert "Revision 2, first seen 2026-11-22T13:00:00Z" in lines


def test_a_paragraph_that_was_parted_shows_its_break(told: Database) -> None:
    assert "[- -]{+ ¶ +}“The boys are my family.”" in to_diff_text(diff(told, 1, 3, 4))


class Read(HTMLParser):
    """A page's tags, and the text in `<del>` and `<ins>`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words: dict[str, list[str]] = {"del": [], "ins": []}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self.inside = tag if tag in self.words else self.inside

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag in self.words else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.words[self.inside].append(data)


def test_as_html_it_is_one_page_with_nothing_from_outside_and_every_text_escaped(told: Database) -> None:
    page = to_diff_html(diff(told, 1, 1, 4))
    read = Read(page)
    assert "Maud Perrin &lt;b&gt;quits&lt;/b&gt; the Spoons" in page
    assert read.tags <= {"html", "meta", "title", "style", "article", "h1", "h2", "p", "a", "br", "ins", "del"}
    assert "src=" not in page
    assert "loved" in read.words["del"]
    assert any("hated" in words for words in read.words["ins"])
    assert any("tear" in words for words in read.words["ins"])


def test_two_readings_by_different_versions_are_told(db: Database) -> None:
    with transaction(db):
        write_outcome(db, outcome(article(), extractor_version="0.1"))
        write_outcome(db, outcome(replace(article(), headline="Maud is back"), hours=1, extractor_version="0.2"))
    assert "Read by redtop 0.1 and 0.2: what differs may be the reading" in to_diff_text(diff(db, 1))
    assert "Read by redtop 0.1 and 0.2" in to_diff_html(diff(db, 1))


def test_the_same_revision_has_no_difference(told: Database) -> None:
    assert "No difference" in to_diff_text(diff(told, 1, 2, 2))
    assert "No difference" in to_diff_html(diff(told, 1, 2, 2))


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ((7,), "no article 7"),
        (("https://nowhere.example/",), "no article at https://nowhere.example/"),
        ((1, 5), "article 1 has revisions 1 to 4, and no 5"),
        ((1, 1, 9), "article 1 has revisions 1 to 4, and no 9"),
    ],
)
def test_what_is_not_there_is_named(told: Database, question: tuple[int, ...], problem: str) -> None:
    with pytest.raises(QueryError) as caught:
        diff(told, *question)
    assert str(caught.value) == problem


def test_an_article_that_never_changed(reader: Database) -> None:
    with pytest.raises(QueryError, match="article 2 has one revision: no change of it was seen"):
        diff(reader, 2)
    with pytest.raises(QueryError, match="article 2 has one revision, and no 2"):
        diff(reader, 2, 2)
