from __future__ import annotations

from tests.extractors.quotes.helpers import read


def test_lead_in_names_the_speaker_of_the_next_paragraph() -> None:
    (quote,) = read("Mina Vorst had this to say:", "“The goat stays.”")
    assert (quote.speaker, quote.cue, quote.block) == ("Mina Vorst", "say", 1)


def test_paragraphs_that_are_nothing_but_quotation_keep_the_speaker() -> None:
    first, second, third = read(
        "Mina Vorst stated: “The goat stays with us for ever.”", "“It was never for sale.”", "“And it bites.”"
    )
    assert second.speaker == third.speaker == first.speaker == "Mina Vorst"
    assert second.mention is None
    assert second.cue is None


def test_running_quotation_continues_where_the_paragraph_before_left_it_open() -> None:
    first, second, third = read(
        "Mina Vorst wrote: “The goat came to us in the rain.",
        "“Nobody had sent for it.",
        "“It has stayed,” she added. “It bites.”",
    )[:3]
    assert [first.continues, second.continues, third.continues] == [False, True, True]
    assert second.speaker == "Mina Vorst"
    assert second.mention is None


def test_second_half_after_a_running_quotation_does_not_continue() -> None:
    quotes = read("One guest said: “You stole my evening.", "“You are a bore,” she said. “I hope it rains.”")
    assert [quote.continues for quote in quotes] == [False, True, False]
    assert {quote.speaker for quote in quotes} == {"one guest"} or {quote.speaker for quote in quotes} == {"One guest"}


def test_closed_quotation_is_not_continued() -> None:
    _, second = read("Mina Vorst said: “The goat stays.”", "“It bites.”")
    assert not second.continues


def test_subject_of_the_paragraph_before_speaks_where_nobody_else_does() -> None:
    (quote,) = read("Mina Vorst opened up about the goat this week.", "“It came to us in the rain and it never left.”")
    assert quote.speaker == "Mina Vorst"


def test_text_without_any_source_has_quotations_without_speaker() -> None:
    (quote,) = read("“It came to us in the rain and it never left.”")
    assert quote.speaker is None
    assert quote.speaker_kind is None
    assert quote.speakers == ()


def test_running_quotation_may_hold_other_marks() -> None:
    first, second = read("Vorst wrote:", '"The “Harbour Post” was wrong about the goat.', '"It bites."')
    assert first.text == "The “Harbour Post” was wrong about the goat."
    assert second.continues


def test_transcript_names_its_speakers_inside_the_marks() -> None:
    text = ("Linda Vorst met Robert Brill.", '"VORST: Does it bite?', '"BRILL: It does.')
    assert [quote.speaker for quote in read(*text)] == ["Linda Vorst", "Robert Brill"]


def test_pull_quote_is_signed_by_the_paragraph_below() -> None:
    (quote,) = read("“It came to us in the rain and never left.”", "— Linda Vorst, baker")
    assert (quote.speaker, quote.mention) == ("Linda Vorst", "Linda Vorst")


def test_pull_quote_may_be_signed_inside_its_marks() -> None:
    (quote,) = read("“It came to us in the rain and never left.", "Linda Vorst, baker.”")
    assert (quote.speaker, quote.mention) == ("Linda Vorst", "Linda Vorst")


def test_paragraph_with_a_quotation_is_no_signature() -> None:
    first, _ = read("“It came to us in the rain and never left.”", "— Linda, said “it bites every one of us here”.")
    assert first.speaker is None
