from __future__ import annotations

import pytest

from extractors.quotes import find_quotes
from tests.extractors.quotes.helpers import only, read


@pytest.mark.parametrize(
    ("language", "text", "cue"),
    [
        ("de", "„Die Ziege bleibt“, sagte Linda Vorst.", "sagte"),
        ("de", "Linda Vorst verriet: „Die Ziege bleibt.“", "verriet"),
        ("de", "Auf Instagram bestätigt Linda Vorst: „Die Ziege bleibt.“", "bestätigt"),
        ("de", "»Die Ziege bleibt«, erzählte Sängerin Linda Vorst.", "erzählte"),
        ("fr", "« La chèvre reste », a déclaré Linda Vorst.", "déclaré"),
        ("fr", "Linda Vorst explique : « La chèvre reste. »", "explique"),
        ("es", "«La cabra se queda», dijo Linda Vorst.", "dijo"),
        ("es", "Linda Vorst aseguró: «La cabra se queda».", "aseguró"),
        ("it", "«La capra resta», ha detto Linda Vorst.", "detto"),
        ("it", "Linda Vorst racconta: «La capra resta».", "racconta"),
        ("pt", "“A cabra fica”, disse Linda Vorst.", "disse"),
        ("pt", "Linda Vorst contou: “A cabra fica.”", "contou"),
        ("nl", "“De geit blijft”, zegt Linda Vorst.", "zegt"),
        ("nl", "Linda Vorst vertelde: “De geit blijft.”", "vertelde"),
        ("sv", "”Geten stannar”, säger Linda Vorst.", "säger"),
        ("sv", "Linda Vorst skriver: ”Geten stannar.”", "skriver"),
        ("da", "»Geden bliver«, siger Linda Vorst.", "siger"),
        ("no", "«Geita blir», forteller Linda Vorst.", "forteller"),
    ],
)
def test_source_in_other_languages(language: str, text: str, cue: str) -> None:
    quote = only(text, language=language)
    assert (quote.speaker, quote.cue) == ("Linda Vorst", cue)


def test_language_is_told_from_the_text_where_nobody_says_it() -> None:
    (quote,) = find_quotes(
        ["Linda Vorst ist mit der Ziege auf dem Weg in die Stadt.", "„Sie bleibt“, sagte die Sängerin."]
    )
    assert (quote.speaker, quote.cue) == ("Linda Vorst", "sagte")


def test_german_description_with_capital_is_no_name() -> None:
    quote = only("„Die Ziege bleibt“, sagte ein Freund des Paares.", language="de")
    assert quote.speaker_kind == "anonymous"


def test_unknown_language_still_has_its_quotations() -> None:
    assert [quote.text for quote in read("「ヤギは残る」と彼女は言った。", language="ja")] == ["ヤギは残る"]
