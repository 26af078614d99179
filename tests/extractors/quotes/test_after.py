from __future__ import annotations

import pytest

from tests.extractors.quotes.helpers import only, read, speakers


@pytest.mark.parametrize(
    ("text", "mention", "cue"),
    [
        ("“The goat stays,” Mina Vorst said.", "Mina Vorst", "said"),
        ("“The goat stays,” said Mina Vorst.", "Mina Vorst", "said"),
        ("“The goat stays!” Mina Vorst shouted.", "Mina Vorst", "shouted"),
        ("“Does the goat stay?” asked Mina Vorst.", "Mina Vorst", "asked"),
        ("“The goat stays,” Mina Vorst, 41, later told People.", "Mina Vorst", "told"),
        ("“The goat stays,” Mina Vorst, who has never owned one, told reporters.", "Mina Vorst", "told"),
        ("“The goat stays,” Mina Vorst (the baker) added.", "Mina Vorst", "added"),
        ("“The goat stays,” actress Mina Vorst has since admitted.", "Mina Vorst", "admitted"),
        ("“The goat stays,” Mina Vorst wrote on Monday.", "Mina Vorst", "wrote"),
        ("“The goat stays,” according to Mina Vorst.", "Mina Vorst", "according to"),
        ("“The goat stays,” Mina Vorst went on.", "Mina Vorst", "went on"),
        ("“The goat stays,” Mina Vorst retaliated.", "Mina Vorst", "retaliated"),
        ("“The goat stays.” — Mina Vorst", "Mina Vorst", None),
        ("“The goat stays,” said Harbour Theatre usher Mina Vorst.", "Mina Vorst", "said"),
        ("“The goat stays,” she’s said of it.", "she", "said"),
        ("“The goat stays,” a narrator in the advert says.", "a narrator", "says"),
        ("“The goat stays,” as Mina Vorst put it.", "Mina Vorst", "put it"),
        ("“The goat stays,” exhorted Mina Vorst.", "Mina Vorst", "exhorted"),
        ("“The goat stays,” Mina Vorst will say.", "Mina Vorst", "say"),
        ("“The goat stays,” Dr. Mina Vorst said.", "Dr. Mina Vorst", "said"),
        ("“The goat stays,” Mina van der Vorst said.", "Mina van der Vorst", "said"),
        ("“The goat stays,” J. R. Vorst said.", "J. R. Vorst", "said"),
        ("“The goat stays!” beamed Mina Vorst.", "Mina Vorst", "beamed"),
        ("“The goat stays,” Mina Vorst is quoted as saying.", "Mina Vorst", "quoted"),
        ("“The goat stays!” Brill’s niece, clerk Mina “Cia” Vorst (Old Party), shouted.", "Brill’s niece", "shouted"),
        ("“The goat stays,” Mina Vorst later Thursday told reporters.", "Mina Vorst", "told"),
        ("“The goat stays,” said the former first lady.", "the former first lady", "said"),
    ],
)
def test_source_after_the_quotation(text: str, mention: str, cue: str | None) -> None:
    quote = only(text)
    assert (quote.mention, quote.cue) == (mention, cue)


@pytest.mark.parametrize(
    "text",
    [
        "Mina Vorst said the goat was “the best of all worlds,” giving fans hope.",
        "Mina Vorst promised “a fair for everybody,” the crowd applauded.",
        "Mina Vorst called him a “very decent man” hours after the driver was charged.",
        "Mina Vorst warned of “loud” protests rather than of the goat.",
    ],
)
def test_what_follows_and_says_nothing_does_not_speak(text: str) -> None:
    assert only(text).speaker == "Mina Vorst"


def test_credit_at_the_end_of_the_sentence_is_the_source_where_there_is_none() -> None:
    assert only("Hundreds joined a “goat walk” in forty towns, according to Mina Vorst.").speaker == "Mina Vorst"


def test_inner_quotation_may_end_with_the_outer_one() -> None:
    text = "''We hear it all day, 'the goat must go,''' Mina Vorst said. ''It will not.''"
    assert speakers(text) == ["Mina Vorst", "Mina Vorst"]


def test_outlet_that_was_told_is_not_the_speaker() -> None:
    assert only("“It was over by June,” a source told Us Weekly.").speaker == "a source"


def test_both_halves_of_an_interrupted_quotation_have_the_speaker() -> None:
    first, second = read("“I tried gardening,” Mina Vorst said. “The garden asked me to stop.”")
    assert first.speaker == second.speaker == "Mina Vorst"
    assert first.mention == second.mention == "Mina Vorst"
    first, second = read("“I tried,” Mina Vorst said, “and I failed.”")
    assert (second.speaker, second.cue) == ("Mina Vorst", "said")


def test_two_quotations_in_a_row_share_the_source_that_follows() -> None:
    assert speakers("“No, never.” “Not in this house,” Mina Vorst said.") == ["Mina Vorst", "Mina Vorst"]


def test_fragment_inside_a_sentence_that_its_source_closes() -> None:
    assert (
        only("It was ‘a long and very wet road’ that nobody wants to see again, Mina Vorst said.").speaker
        == "Mina Vorst"
    )
