from __future__ import annotations

import pytest

from extractors.article import Block, Citation
from extractors.body.result import Body, Link
from extractors.citations import find_citations
from tests.growth import assert_linear


def cited(*texts: str, site: str | None = None, links: tuple[Link, ...] = ()) -> tuple[Citation, ...]:
    blocks = tuple(Block(kind="paragraph", text=text) for text in texts)
    return find_citations(Body(blocks=blocks, links=links), site)


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("“It bites,” she told People.", "People"),
        ("“It bites,” a source tells Us Weekly exclusively.", "Us Weekly"),
        ("“It bites,” she told US Weekly.", "Us Weekly"),
        ("TMZ reports that the goat has left.", "TMZ"),
        ("The goat has left, TMZ first reported.", "TMZ"),
        ("According to Page Six, the goat has left.", "Page Six"),
        ("The goat has left, per Deadline.", "Deadline"),
        ("She spoke of it in an interview with Vogue.", "Vogue"),
        ("She sat down with Rolling Stone in May.", "Rolling Stone"),
        ("Her lawyer said in a statement to E! News on Monday.", "E! News"),
        ("Papers obtained by The Blast show a goat.", "The Blast"),
        ("She joked to Entertainment Weekly about the goat.", "Entertainment Weekly"),
        ("She told The Sun’s reporter that it bites.", "The Sun"),
        ("Das sagte Vorst der Zeitschrift Bunte.", "Bunte"),
        ("Laut Bild ist die Ziege weg.", "Bild"),
        ("Das verriet sie im Interview mit Gala.", "Gala"),
        ("Selon Paris Match, la chèvre est partie.", "Paris Match"),
        ("Según El País, la cabra se fue.", "El País"),
        ("Volgens De Telegraaf is de geit weg.", "De Telegraaf"),
        ("Enligt Aftonbladet är geten borta.", "Aftonbladet"),
        ("In a cover story for Vanity Fair she spoke of it.", "Vanity Fair"),
        ("The pictures were first published by Daily Mail.", "Daily Mail"),
        ("She told the Harbour Gazette that it bites.", "Harbour Gazette"),
    ],
)
def test_outlet_that_the_text_credits(text: str, outlet: str) -> None:
    (citation,) = cited(text)
    assert citation.outlet == outlet
    assert text[citation.start : citation.end].lower().split()[-1].rstrip("!") in outlet.lower()


@pytest.mark.parametrize(
    "text",
    [
        "People like the goat.",
        "She told people about us in time.",
        "The sun reports nothing to anybody.",
        "She bought a copy of the paper.",
        "He told Linda Vorst about the goat.",
    ],
)
def test_common_words_are_no_outlets(text: str) -> None:
    assert cited(text) == ()


def test_own_outlet_is_none() -> None:
    assert cited("“It bites,” she told The Sun.", site="thesun.co.uk") == ()
    assert cited("“It bites,” she told Daily Mail.", site="dailymail.co.uk") == ()
    assert len(cited("“It bites,” she told The Sun.", site="dailymail.co.uk")) == 1


def test_link_on_the_name_gives_the_address() -> None:
    text = "“It bites,” she told TMZ."
    links = (Link(block=1, start=19, end=24, url="https://tmz.example/goat"),)
    (citation,) = cited("A goat.", text, links=links)
    assert (citation.block, citation.url) == (1, "https://tmz.example/goat")
    assert text[citation.start : citation.end] == "TMZ"


def test_linked_name_counts_without_any_verb() -> None:
    text = "More of it is in Page Six today."
    (citation,) = cited(text, links=(Link(block=0, start=17, end=25, url="https://page.example/"),))
    assert citation.outlet == "Page Six"


def test_each_mention_is_an_entry_in_order() -> None:
    found = cited("She told People, and TMZ reports it.", "Deadline confirmed it to Variety.")
    assert [(item.outlet, item.block) for item in found] == [("People", 0), ("TMZ", 0), ("Deadline", 1), ("Variety", 1)]


@pytest.mark.parametrize(
    "piece", ["told ", "told People, ", "TMZ reports ", " ", "aed to ", "x'ed ", "the ", "A Times "]
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    assert_linear(lambda times: piece * times, cited, 500)
