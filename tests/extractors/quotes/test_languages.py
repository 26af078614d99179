from __future__ import annotations

import pytest

from extractors.quotes import find_quotes
from tests.extractors.quotes.helpers import only, read, speakers

BY_LINDA_VORST = {
    "de": [
        ("„Die Ziege bleibt“, sagte Linda Vorst.", "sagte"),
        ("Linda Vorst verriet: „Die Ziege bleibt.“", "verriet"),
        ("Auf Instagram bestätigt Linda Vorst: „Die Ziege bleibt.“", "bestätigt"),
        ("»Die Ziege bleibt«, erzählte Sängerin Linda Vorst.", "erzählte"),
        ("„Die Ziege bleibt!“, ruft Linda Vorst.", "ruft"),
        ("„Die Ziege bleibt“, so Linda Vorst.", "so"),
        ("„Die Ziege bleibt“, hat Linda Vorst gesagt.", "gesagt"),
        ("Linda Vorst nannte die Ziege „ein Geschenk“.", "nannte"),
        ("Laut Linda Vorst ist die Ziege „ein Geschenk“.", "Laut"),
        ("Wie Linda Vorst verriet, war die Ziege „nie zu verkaufen“.", "verriet"),
    ],
    "fr": [
        ("« La chèvre reste », a déclaré Linda Vorst.", "déclaré"),
        ("Linda Vorst explique : « La chèvre reste. »", "explique"),
        ("« La chèvre reste », dit Linda Vorst.", "dit"),
        ("« La chèvre reste », a confié la chanteuse Linda Vorst à Gala.", "confié"),
        ("Selon Linda Vorst, la chèvre est « un cadeau ».", "Selon"),
        ("Linda Vorst a déclaré que la chèvre était « un cadeau ».", "déclaré"),
        ("Linda Vorst a qualifié la chèvre de « cadeau ».", "qualifié"),
        ("« La chèvre, a expliqué Linda Vorst, reste avec nous. »", "expliqué"),
        ("– La chèvre reste, dit Linda Vorst.", "dit"),
    ],
    "es": [
        ("«La cabra se queda», dijo Linda Vorst.", "dijo"),
        ("Linda Vorst aseguró: «La cabra se queda».", "aseguró"),
        ("«La cabra se queda», ha dicho Linda Vorst.", "dicho"),
        ("“La cabra se queda”, confesó la actriz Linda Vorst a Hola.", "confesó"),
        ("Según Linda Vorst, la cabra es “un regalo”.", "Según"),
        ("Linda Vorst dijo que la cabra era “un regalo”.", "dijo"),
        ("Linda Vorst calificó la cabra de “regalo”.", "calificó"),
        ("La actriz Linda Vorst escribió en Instagram: “La cabra se queda”.", "escribió"),
        ("—La cabra se queda —dijo Linda Vorst.", "dijo"),
    ],
    "it": [
        ("«La capra resta», ha detto Linda Vorst.", "detto"),
        ("Linda Vorst racconta: «La capra resta».", "racconta"),
        ("“La capra resta”, ha confessato l’attrice Linda Vorst a Chi.", "confessato"),
        ("Secondo Linda Vorst, la capra è “un dono”.", "Secondo"),
        ("Linda Vorst ha detto che la capra è “un dono”.", "detto"),
        ("Linda Vorst ha definito la capra “un dono”.", "definito"),
        ("L’attrice Linda Vorst ha scritto su Instagram: «La capra resta».", "scritto"),
        ("– La capra resta – disse Linda Vorst.", "disse"),
    ],
    "pt": [
        ("“A cabra fica”, disse Linda Vorst.", "disse"),
        ("Linda Vorst contou: “A cabra fica.”", "contou"),
        ("“A cabra fica”, revelou a atriz Linda Vorst à Caras.", "revelou"),
        ("Segundo Linda Vorst, a cabra é “um presente”.", "Segundo"),
        ("Linda Vorst disse que a cabra era “um presente”.", "disse"),
        ("Linda Vorst chamou a cabra de “presente”.", "chamou"),
        ("A atriz Linda Vorst escreveu no Instagram: “A cabra fica”.", "escreveu"),
        ("— A cabra fica — disse Linda Vorst.", "disse"),
    ],
    "nl": [
        ("“De geit blijft”, zegt Linda Vorst.", "zegt"),
        ("Linda Vorst vertelde: “De geit blijft.”", "vertelde"),
        ("“De geit blijft”, aldus Linda Vorst.", "aldus"),
        ("‘De geit blijft’, zegt de zangeres Linda Vorst tegen Privé.", "zegt"),
        ("Volgens Linda Vorst is de geit “een geschenk”.", "Volgens"),
        ("Linda Vorst zei dat de geit “een geschenk” was.", "zei"),
        ("Linda Vorst noemde de geit “een geschenk”.", "noemde"),
        ("In Privé zegt Linda Vorst: “De geit blijft.”", "zegt"),
        ("“De geit blijft”, heeft Linda Vorst gezegd.", "gezegd"),
    ],
    "sv": [
        ("”Geten stannar”, säger Linda Vorst.", "säger"),
        ("Linda Vorst skriver: ”Geten stannar.”", "skriver"),
        ("– Geten stannar, säger Linda Vorst till Aftonbladet.", "säger"),
        ("”Geten stannar”, skriver sångerskan Linda Vorst på Instagram.", "skriver"),
        ("Enligt Linda Vorst är geten ”en gåva”.", "Enligt"),
        ("Linda Vorst sa att geten var ”en gåva”.", "sa"),
        ("Linda Vorst kallade geten ”en gåva”.", "kallade"),
        ("I Expressen berättar Linda Vorst: ”Geten stannar.”", "berättar"),
    ],
    "da": [
        ("»Geden bliver«, siger Linda Vorst.", "siger"),
        ("- Geden bliver, siger Linda Vorst til BT.", "siger"),
        ("»Geden bliver«, skriver sangerinden Linda Vorst på Instagram.", "skriver"),
        ("Ifølge Linda Vorst er geden »en gave«.", "Ifølge"),
        ("Linda Vorst sagde, at geden var »en gave«.", "sagde"),
        ("Linda Vorst kaldte geden »en gave«.", "kaldte"),
        ("Til BT siger Linda Vorst: »Geden bliver.«", "siger"),
        ("– Geden bliver, fortæller Linda Vorst.", "fortæller"),
    ],
    "no": [
        ("«Geita blir», forteller Linda Vorst.", "forteller"),
        ("– Geita blir, sier Linda Vorst til VG.", "sier"),
        ("«Geita blir», skriver sangeren Linda Vorst på Instagram.", "skriver"),
        ("Ifølge Linda Vorst er geita «en gave».", "Ifølge"),
        ("Linda Vorst sa at geita var «en gave».", "sa"),
        ("Linda Vorst kalte geita «en gave».", "kalte"),
        ("Til VG sier Linda Vorst: «Geita blir.»", "sier"),
        ("– Geita blir, forklarer Linda Vorst.", "forklarer"),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "cue"),
    [(language, text, cue) for language, sentences in BY_LINDA_VORST.items() for text, cue in sentences],
)
def test_source_in_other_languages(language: str, text: str, cue: str) -> None:
    quote = only(text, language=language)
    assert (quote.speaker, quote.cue) == ("Linda Vorst", cue)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "„Die Ziege“, sagte Linda Vorst, „bleibt.“"),
        ("es", "“La cabra”, explicó Linda Vorst, “se queda”."),
        ("it", "«La capra», ha spiegato Linda Vorst, «resta»."),
        ("pt", "“A cabra”, explicou Linda Vorst, “fica”."),
        ("nl", "“De geit”, zei Linda Vorst, “blijft.”"),
        ("sv", "”Geten”, sa Linda Vorst, ”stannar.”"),
        ("da", "»Geden,« sagde Linda Vorst, »bliver.«"),
        ("no", "«Geita», sa Linda Vorst, «blir.»"),
        ("es", "—La cabra se queda —dijo Linda Vorst—. No se vende."),
    ],
)
def test_speaker_between_two_halves_in_other_languages(language: str, text: str) -> None:
    assert speakers(text, language=language) == ["Linda Vorst", "Linda Vorst"]


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("de", "„Die Ziege bleibt“, sagt ein Freund des Paares.", "ein Freund des Paares"),
        ("fr", "« La chèvre reste », assure un proche de la star.", "un proche de la star"),
        ("es", "“La cabra se queda”, contó una fuente cercana a la actriz.", "una fuente cercana a la actriz"),
        ("it", "«La capra resta», rivela una fonte vicina alla coppia.", "una fonte vicina alla coppia"),
        ("pt", "“A cabra fica”, contou uma fonte próxima da atriz.", "uma fonte próxima da atriz"),
        ("nl", "“De geit blijft”, vertelt een bron.", "een bron"),
        ("sv", "– Geten stannar, berättar en källa.", "en källa"),
        ("da", "– Geden bliver, fortæller en kilde.", "en kilde"),
        ("no", "– Geita blir, forteller en kilde.", "en kilde"),
    ],
)
def test_anonymous_source_in_other_languages(language: str, text: str, source: str) -> None:
    quote = only(text, language=language)
    assert (quote.speaker, quote.speaker_kind) == (source, "anonymous")


@pytest.mark.parametrize(
    ("language", "text", "mention"),
    [
        ("de", ("Sängerin Linda Vorst kam am Montag.", "„Sie beißt“, sagte sie."), "sie"),
        ("de", ("Sängerin Linda Vorst kam am Montag.", "„Sie beißt“, sagte die Sängerin."), "die Sängerin"),
        ("fr", ("L’actrice Linda Vorst est arrivée.", "« Elle mord », a-t-elle déclaré."), "elle"),
        ("fr", ("L’actrice Linda Vorst est arrivée.", "« Elle mord », précise-t-elle."), "elle"),
        ("fr", ("L’actrice Linda Vorst est arrivée.", "« Elle mord », a ajouté l’actrice."), "l’actrice"),
        ("es", ("La actriz Linda Vorst llegó.", "“Muerde”, dijo ella."), "ella"),
        ("es", ("La actriz Linda Vorst llegó.", "“Muerde”, añadió."), None),
        ("it", ("L’attrice Linda Vorst è arrivata.", "«La capra morde», ha detto l’attrice."), "l’attrice"),
        ("it", ("L’attrice Linda Vorst è arrivata.", "«La capra morde», ha aggiunto."), None),
        ("pt", ("A atriz Linda Vorst chegou.", "“A cabra morde”, acrescentou."), None),
        ("nl", ("Zangeres Linda Vorst kwam maandag.", "“Ze bijt”, voegde ze toe."), "ze"),
        ("sv", ("Sångerskan Linda Vorst kom i går.", "– Den biter, säger hon."), "hon"),
        ("sv", ("Sångerskan Linda Vorst kom i går.", "– Den biter, säger sångerskan."), "sångerskan"),
        ("da", ("Sangerinden Linda Vorst kom i går.", "– Den bider, siger hun."), "hun"),
        ("no", ("Sangeren Linda Vorst kom i går.", "– Den biter, sier hun."), "hun"),
    ],
)
def test_pronoun_description_and_missing_subject_in_other_languages(
    language: str, text: tuple[str, ...], mention: str | None
) -> None:
    quote = only(*text, language=language)
    assert (quote.speaker, quote.mention) == ("Linda Vorst", mention)


def test_language_is_told_from_the_text_where_nobody_says_it() -> None:
    (quote,) = find_quotes(
        ["Linda Vorst ist mit der Ziege auf dem Weg in die Stadt.", "„Sie bleibt“, sagte die Sängerin."]
    )
    assert (quote.speaker, quote.cue) == ("Linda Vorst", "sagte")


def test_unknown_language_still_has_its_quotations() -> None:
    assert [quote.text for quote in read("「ヤギは残る」と彼女は言った。", language="ja")] == ["ヤギは残る"]
