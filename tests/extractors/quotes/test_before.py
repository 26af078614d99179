from __future__ import annotations

import pytest

from tests.extractors.quotes.helpers import only, read, speakers


@pytest.mark.parametrize(
    ("text", "mention", "cue"),
    [
        ("Mina Vorst said: “The goat stays.”", "Mina Vorst", "said"),
        ("Mina Vorst said, “The goat stays.”", "Mina Vorst", "said"),
        ("Mina Vorst said that the goat “will stay for ever”.", "Mina Vorst", "said"),
        ("Mina Vorst called the goat “a gift”.", "Mina Vorst", "called"),
        ("In a post on Sunday, Mina Vorst wrote: “The goat stays.”", "Mina Vorst", "wrote"),
        ("Mina Vorst left the hall, saying she was “done with goats”.", "Mina Vorst", "saying"),
        ("Mina Vorst fed the goat and called it “a gift”.", "Mina Vorst", "called"),
        ("According to Mina Vorst, the goat is “a gift”.", "Mina Vorst", "According to"),
        ("The goat was called “a gift” by Mina Vorst.", "Mina Vorst", "called"),
        ("The baker, Mina Vorst, told reporters: “The goat stays.”", "Mina Vorst", "told"),
        ("Mina Vorst, during a walk in Ames, Iowa, said it was “a gift”.", "Mina Vorst", "said"),
        ("At a fair in Ames, Iowa, on Sunday, Mina Vorst praised it, saying it was “a gift”.", "Mina Vorst", "saying"),
        ("The baker arrived, with Mina Vorst calling it “a gift”.", "Mina Vorst", "calling"),
        ("Mina Vorst: “The goat stays.”", "Mina Vorst", None),
        ("Mina Vorst has promised to keep the “best goat in the county”.", "Mina Vorst", "promised"),
    ],
)
def test_source_before_the_quotation(text: str, mention: str, cue: str | None) -> None:
    quote = only(text)
    assert (quote.mention, quote.cue) == (mention, cue)


def test_nearest_source_wins_where_one_sentence_has_two() -> None:
    assert speakers("Mina Vorst said “no”, but Otto Brill called it “a maybe”.") == ["Mina Vorst", "Otto Brill"]


def test_two_people_who_speak_together() -> None:
    quote = only("Mina Vorst and Otto Brill said: “The goat stays.”")
    assert quote.speakers == ("Mina Vorst", "Otto Brill")
    assert quote.speaker == "Mina Vorst and Otto Brill"
    assert quote.speaker_kind == "person"


def test_speaker_in_a_relative_clause() -> None:
    assert only("The prize went to Mina Vorst, who said: “The goat stays.”").speaker == "Mina Vorst"


def test_names_of_a_headline_before_a_colon() -> None:
    assert only("Mina Vorst: Goat Is ‘A Gift To Us All’").speaker == "Mina Vorst"


def test_fragments_of_one_sentence_share_its_source() -> None:
    quotes = read("Mina Vorst described him as “a saint” and “a terrible cook”.")
    assert [quote.speaker for quote in quotes] == ["Mina Vorst", "Mina Vorst"]
