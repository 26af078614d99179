from __future__ import annotations

import pytest

from tests.extractors.quotes.helpers import read, speakers, texts


def test_dash_opens_speech_up_to_the_verb_of_saying() -> None:
    assert texts("– Vi stannar. Geten är vår, säger Linda Vorst.", language="sv") == ["Vi stannar. Geten är vår"]


def test_text_after_who_speaks_is_no_speech() -> None:
    assert texts("– Vi stannar, säger Linda Vorst. Sedan gick hon hem.", language="sv") == ["Vi stannar"]


def test_another_dash_in_the_paragraph_opens_again() -> None:
    text = "– Vi blir, sier Linda Vorst. – Geita er vår."
    assert texts(text, language="no") == ["Vi blir", "Geita er vår."]
    assert speakers(text, language="no") == ["Linda Vorst", "Linda Vorst"]


def test_dashes_around_who_speaks_part_the_speech() -> None:
    text = "—La cabra se queda —dijo Linda Vorst—. No se vende."
    assert texts(text, language="es") == ["La cabra se queda", "No se vende."]


def test_question_needs_no_comma_before_who_asks() -> None:
    assert texts("– Blir geita? spør Linda Vorst.", language="no") == ["Blir geita?"]


def test_paragraph_of_speech_alone_keeps_the_speaker() -> None:
    text = ("– Geten stannar, säger Linda Vorst.", "– Den är vår.")
    assert speakers(*text, language="sv") == ["Linda Vorst", "Linda Vorst"]


def test_dash_alone_makes_no_speech_where_nobody_is_said_to_speak() -> None:
    assert texts("– Mjölk.", "– Ägg.", language="sv") == []


def test_list_item_is_no_speech() -> None:
    kinds = ("paragraph", "list_item")
    found = read("– Geten stannar, säger Linda Vorst.", "– Mjölk och ägg.", language="sv", kinds=kinds)
    assert [quote.text for quote in found] == ["Geten stannar"]


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_dash_is_none_where_the_press_does_not_print_speech_so(language: str) -> None:
    assert texts("– Geten stannar, säger Linda Vorst.", language=language) == []


def test_offsets_give_the_words_without_dash_and_comma() -> None:
    text = "– Geten stannar, säger Linda Vorst."
    (quote,) = read(text, language="sv")
    assert text[quote.start : quote.end] == quote.text == "Geten stannar"
