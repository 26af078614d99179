from __future__ import annotations

from tests.extractors.quotes.helpers import only, read, speakers


def test_surname_and_first_name_stand_for_the_full_name() -> None:
    assert speakers("Mina Vorst arrived.", "“No,” Vorst said.", "“Yes,” Mina added.") == ["Mina Vorst", "Mina Vorst"]


def test_headline_names_in_full_who_is_only_a_surname_below() -> None:
    assert only("“The goat stays,” Vorst said.", headline="Linda Vorst Keeps Her Goat").speaker == "Linda Vorst"


def test_pronoun_means_the_last_who_fits() -> None:
    text = ("Linda Vorst met Robert Brill on Sunday.", "“I like the goat,” she said.", "“I do not,” he replied.")
    assert speakers(*text) == ["Linda Vorst", "Robert Brill"]


def test_pronoun_keeps_its_word_as_mention() -> None:
    quote = only("Linda Vorst arrived.", "“The goat stays,” she said.")
    assert (quote.speaker, quote.mention) == ("Linda Vorst", "she")


def test_text_shows_the_gender_of_an_unknown_given_name() -> None:
    text = ("Actress Zyrelle Vorst met Robert Brill.", "“I like the goat,” she said.")
    assert speakers(*text) == ["Zyrelle Vorst"]


def test_pair_and_couple_mean_two_who_were_named_together() -> None:
    text = ("Linda Vorst and Robert Brill have a goat.", "“It bites,” the pair said.", "“It sings,” they added.")
    assert speakers(*text) == ["Linda Vorst and Robert Brill"] * 2
    assert read(*text)[0].mention == "the pair"


def test_couple_may_be_named_in_the_headline_only() -> None:
    quote = only("“It bites,” the couple said.", headline="Linda Vorst and Robert Brill Buy a Goat")
    assert quote.speakers == ("Linda Vorst", "Robert Brill")


def test_description_means_whom_it_introduced() -> None:
    text = ("Actress Linda Vorst met singer Robert Brill.", "“It bites,” the singer said.", "“No,” the actress said.")
    assert speakers(*text) == ["Robert Brill", "Linda Vorst"]


def test_age_means_whose_name_it_follows() -> None:
    text = ("Linda Vorst, 34, and Robert Brill, 39, have a goat.", "“It bites,” the 39-year-old said.")
    assert speakers(*text) == ["Robert Brill"]


def test_anonymous_source_is_never_given_a_name() -> None:
    text = (
        "Linda Vorst has a goat.",
        "“It bites,” a source close to the actress told People.",
        "“Badly,” the source added.",
    )
    first, second = read(*text)
    assert first.speaker == second.speaker == "a source close to the actress"
    assert first.speaker_kind == second.speaker_kind == "anonymous"


def test_they_means_the_source_just_named() -> None:
    text = ("Linda Vorst and Robert Brill have a goat.", "A friend of the couple is worried. “It bites,” they said.")
    assert speakers(*text) == ["A friend of the couple"]


def test_statement_means_who_issued_it() -> None:
    text = ("Blue Door Records issued a statement on Sunday.", "“The goat is ours,” the statement read.")
    quote = only(*text)
    assert (quote.speaker, quote.speaker_kind) == ("Blue Door Records", "organisation")


def test_role_before_a_name_is_no_part_of_the_mention() -> None:
    assert only("“It bites,” said director Linda Vorst.").mention == "Linda Vorst"


def test_outlet_before_a_name_is_no_part_of_it() -> None:
    assert only("Writing in The Mirror Linda Vorst said: “It bites.”").speaker == "Linda Vorst"


def test_headline_with_capitals_throughout_gives_no_false_names() -> None:
    text = ("Linda Vorst Says Harbour Goat Will Stay", "“It bites,” Vorst said.")
    assert speakers(*text) == ["Linda Vorst"]


def test_main_person_of_the_headline_outweighs_one_named_by_the_way() -> None:
    text = (
        "Linda Vorst posted a picture.", "Vorst wore a hat next to mum Edna Vorst.", "It was a good night.",
        "“It bites,” she wrote.",
    )  # fmt: skip
    assert speakers(*text, headline="Linda Vorst Meets Goat") == ["Linda Vorst"]


def test_verb_of_going_on_keeps_the_speaker_whoever_was_named_since() -> None:
    text = ("“It bites,” Linda Vorst said.", "Edna Brill was there too.", "“It kicks,” she continued.")
    assert speakers(*text, headline="Linda Vorst and Her Goat") == ["Linda Vorst"] * 2


def test_parent_of_a_couples_child_is_one_of_the_couple() -> None:
    text = ("Linda Vorst and Robert Brill have a daughter, who according to her father was “the loudest of all”.",)
    assert speakers(*text) == ["Robert Brill"]


def test_article_alone_names_nobody() -> None:
    assert [quote.speaker for quote in read("The “nobody believed in the goat” is on the wall.")] in ([None], [])


def test_tags_and_captions_give_the_full_name() -> None:
    assert read("“It bites,” Vorst said.", tags=("Linda Vorst",))[0].speaker == "Linda Vorst"
    assert read("“It bites,” Vorst said.", captions=("Linda Vorst at the fair",))[0].speaker == "Linda Vorst"


def test_names_in_a_heading_of_capitals_throughout_are_no_longer_ones() -> None:
    text = ("Zorvane Fires Goat Keeper Over Remarks", "“We love goats,” Zorvane said in a statement.")
    assert speakers(*text) == ["Zorvane"]


def test_person_is_not_the_foundation_of_that_name() -> None:
    text = ("Linda Vorst runs the Linda Vorst Foundation.", "“It bites,” Linda Vorst said.")
    assert speakers(*text) == ["Linda Vorst"]


def test_it_means_the_body_that_is_the_subject_of_the_sentence() -> None:
    text = (
        "“It bites,” Harbour Records said.",
        "The Goat Rescue Council on Friday paid for what it called “a very quiet stable”.",
    )
    assert speakers(*text) == ["Harbour Records", "Goat Rescue Council"]


def test_they_are_several_and_she_is_one() -> None:
    text = ("Linda Vorst and Robert Brill have a goat.", "“It bites,” they said.", "“Badly,” she added.")
    assert speakers(*text) == ["Linda Vorst and Robert Brill", "Linda Vorst"]
