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
        ("Praising the goat as “a gift,” Mina Vorst left the hall.", "Mina Vorst", None),
        ("After calling the goat “a gift,” Mina Vorst left the hall.", "Mina Vorst", "calling"),
        ("Mina Vorst told guests who asked about the goat that it was “a gift”.", "Mina Vorst", "told"),
        ("Critics hissed that the goat, often labelled “a nuisance” by Mina Vorst, must go.", "Mina Vorst", "labelled"),
        ("A letter obtained by Mina Vorst said the goat was “a gift”.", "A letter", "said"),
        ("The hall saw footage of Mina Vorst saying “it stays”.", "Mina Vorst", "saying"),
        ("The guests left, with Mina Vorst tweeting about it and asking: “Was it the goat?”", "Mina Vorst", "asking"),
        ("The goat, says Mina Vorst, is “a gift”.", "Mina Vorst", "says"),
        ("Late that night, Mina Vorst said, villagers called the goat “a gift”.", "Mina Vorst", "said"),
        ("As Otto Brill blasted the fair, the baker whispered, “The goat stays.”", "the baker", "whispered"),
        ("Former prosecutor Mina Vorst said the goat was “a gift”.", "Mina Vorst", "said"),
        ("Secretary of State Mina Vorst said the goat was “a gift”.", "Mina Vorst", "said"),
        ("The “Rain” star told reporters the goat was “a gift to all of us here”.", "The star", "told"),
        ("The Goat Museum in Dublin issued a leaflet calling it “a gift”.", "The Goat Museum", "calling"),
        ("More from Mina Vorst: “The goat stays.”", "Mina Vorst", None),
        ("The fair had its critics, including baker Mina Vorst — “the goat smells” — and others.", "Mina Vorst", None),
        ("None of it surprises pollster Mina Vorst: “The goat stays.”", "Mina Vorst", None),
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


def test_verb_of_saying_before_a_pronoun_has_the_name() -> None:
    quote = only("Otto Brill left. Actress Mina Vorst said she hoped for “a quiet goat”.")
    assert (quote.speaker, quote.mention) == ("Mina Vorst", "Mina Vorst")


@pytest.mark.parametrize(
    "text",
    [
        "Mina Vorst gave a detailed account of “a very long night at the fair”.",
        "After a hastily called meeting Mina Vorst spoke of “a very long night at the fair”.",
        "Mina Vorst spoke to the rules committee of “a very long night at the fair”.",
        "Mina Vorst kept raising questions about “a very long night at the fair”.",
        "Mina Vorst took 29 points among “the loudest of all the guests”.",
    ],
)
def test_noun_and_adjective_that_look_like_a_verb_have_no_subject(text: str) -> None:
    assert only(text).speaker == "Mina Vorst"


def test_abbreviation_may_end_a_sentence() -> None:
    quote = only("Otto Brill flew to the U.S. While there, Mina Vorst called the goat “a gift”.")
    assert quote.speaker == "Mina Vorst"


def test_who_cannot_speak_is_passed_over_for_who_tells_of_them() -> None:
    assert only("Mina Vorst told Hello! that the whole village had cried “like a burst pipe”.").speaker == "Mina Vorst"


def test_relative_clause_after_the_quotation_is_no_attribution() -> None:
    assert only("Mina Vorst told fans that the songs were “the saddest” he had written.").speaker == "Mina Vorst"


def test_nested_source_that_stands_nearer_speaks() -> None:
    assert only("Mina Vorst said a friend had called the goat “a gift”.").speaker == "a friend"


def test_word_at_the_head_of_a_sentence_is_no_speaker() -> None:
    quote = only("Frustrations over “a goat that never sleeps at night” grew.")
    assert quote.speaker is None


def test_names_of_a_headline_before_a_colon() -> None:
    assert only("Mina Vorst: Goat Is ‘A Gift To Us All’").speaker == "Mina Vorst"


def test_fragments_of_one_sentence_share_its_source() -> None:
    quotes = read("Mina Vorst described him as “a saint” and “a terrible cook”.")
    assert [quote.speaker for quote in quotes] == ["Mina Vorst", "Mina Vorst"]


def test_joined_fragments_share_the_source_before_them_whoever_comes_after() -> None:
    text = "As Mina Vorst went on about “the noise,” “the smell” and “the bill,” Otto Brill nodded."
    assert speakers(text) == ["Mina Vorst"] * 3
