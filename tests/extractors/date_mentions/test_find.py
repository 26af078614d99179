# ruff: noqa: E501 (a sentence and its mentions stand in one line)
from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extractors.article import Stamp
from extractors.date_mentions import find_date_mentions
from tests.growth import assert_linear

# A Thursday.
PUBLISHED = Stamp(
    value=datetime(2026, 11, 19, 14, 5, tzinfo=UTC), precision="second", raw="2026-11-19T14:05:00Z", source="json-ld"
)


def found(text: str, language: str | None = "en", published: Stamp | None = PUBLISHED) -> list[tuple[str, str | None]]:
    mentions = find_date_mentions([text], published, language)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    return [(mention.text, mention.value) for mention in mentions]


ENGLISH = [
    ("She was jailed on November 5, 2025.", [("November 5, 2025", "2025-11-05")]),
    ("She was jailed on 5th November 2025.", [("5th November 2025", "2025-11-05")]),
    ("It happened on the 5th of November, 2025.", [("5th of November, 2025", "2025-11-05")]),
    ("He was born on Nov. 3 and left on Sept. 20.", [("Nov. 3", "2026-11-03"), ("Sept. 20", "2026-09-20")]),
    ("She left on December 4.", [("December 4", "2025-12-04")]),
    ("She will leave on December 4.", [("December 4", "2026-12-04")]),
    ("The show returns on January 9.", [("January 9", "2027-01-09")]),
    ("He was jailed on Thursday (November 5).", [("Thursday (November 5)", "2026-11-05")]),
    ("They wed on Friday, Nov. 13, in a barn.", [("Friday, Nov. 13", "2026-11-13")]),
    ("She is back on Monday, November 30, she hopes.", [("Monday, November 30", "2026-11-30")]),
    ("The set was shut between Nov. 4 and Nov. 10, 2025.", [("Nov. 4", "2025-11-04"), ("Nov. 10, 2025", "2025-11-10")]),
    ("The fair ran from September 7 to 9.", [("September 7", "2026-09-07"), ("9", "2026-09-09")]),
    ("The fair ran on 7-9 September 2024.", [("7", "2024-09-07"), ("9 September 2024", "2024-09-09")]),
    ("The two met in June.", [("June", "2026-06")]),
    ("The twins are due in March.", [("March", "2027-03")]),
    ("He was expected to return to work in March.", [("March", "2027-03")]),
    ("She had been ready since October.", [("October", "2026-10")]),
    ("The house is booked until February.", [("February", "2027-02")]),
    ("Vale proposed in March 2024.", [("March 2024", "2024-03")]),
    ("At the end of June last year, they split.", [("June last year", "2025-06")]),
    ("Filming began last September.", [("last September", "2025-09")]),
    ("They taught from 2020 to 2022.", [("2020", "2020"), ("2022", "2022")]),
    ("The house was built in 1788.", [("1788", "1788")]),
    ("They lived there in 1994-1996.", [("1994", "1994"), ("1996", "1996")]),
    ("We remember the summer of 2019.", [("2019", "2019")]),
    ("He said so on Thursday.", [("Thursday", "2026-11-19")]),
    ("He said so on Friday.", [("Friday", "2026-11-13")]),
    ("The film comes out on Friday.", [("Friday", "2026-11-20")]),
    ("He said so last Thursday.", [("last Thursday", "2026-11-12")]),
    ("They will meet next Thursday.", [("next Thursday", "2026-11-26")]),
    ("She says she will be allowed to sing at the gala on Sunday.", [("Sunday", "2026-11-22")]),
    ("Thursday's show was live.", [("Thursday", "2026-11-19")]),
    ("He died two weeks ago.", [("two weeks ago", "2026-11-02")]),
    ("He died 10 days ago.", [("10 days ago", "2026-11-09")]),
    ("They met five years ago.", [("five years ago", "2021")]),
    ("They met six months ago.", [("six months ago", "2026-05")]),
    ("It was announced earlier this month.", [("earlier this month", "2026-11")]),
    ("The season will air later this year.", [("later this year", "2026")]),
    ("Last week the cast met, and last year they toured.", [("Last week", "2026-11-09"), ("last year", "2025")]),
    ("She spoke yesterday; more is to come tomorrow.", [("yesterday", "2026-11-18"), ("tomorrow", "2026-11-20")]),
    ("The deed of 11/28/2016 was signed.", [("11/28/2016", "2016-11-28")]),
    ("The deed of 2016-11-28 was signed.", [("2016-11-28", "2016-11-28")]),
    ("She fell on 31 February 2026.", [("31 February 2026", None)]),
    (
        "2027 dates: June 9 – Harrowmoor, Oct. 10 – Fenwick.",
        [("2027", "2027"), ("June 9", "2027-06-09"), ("Oct. 10", "2027-10-10")],
    ),
    (
        "The tour will stop here on Dec. 12, the last date on the list being Jan. 4.",
        [("Dec. 12", "2026-12-12"), ("Jan. 4", "2027-01-04")],
    ),
    ("The fog should lift by Friday morning.", [("Friday", "2026-11-20")]),
    ("They were told to sign by Thursday.", [("Thursday", "2026-11-19")]),
    ("Monday’s vote and the goat come as villagers are arguing.", [("Monday", "2026-11-16")]),
    ("The Monday vote widened the list by five.", [("Monday", "2026-11-16")]),
    ("The tour of 2027: the United Goats on June 9.", [("2027", "2027"), ("June 9", "2027-06-09")]),
    ("Harrowmoor’s October sales fell.", [("October", "2026-10")]),
    ("In mid-December it was ready.", [("December", "2025-12")]),
    ("They met earlier in the week.", [("earlier in the week", "2026-11-16")]),
    ("Today's episode was the last.", [("Today", "2026-11-19")]),
    ("Get the rest of today's sale here.", [("today", "2026-11-19")]),
    ("He was accused last week of theft.", [("last week", "2026-11-09")]),
]


@pytest.mark.parametrize(("text", "mentions"), ENGLISH)
def test_english(text: str, mentions: list[tuple[str, str | None]]) -> None:
    assert found(text) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "May was right, and June Harlow agreed with April.",
        "They may march through the town.",
        "Theresa May left for the August Hotel.",
        "He is 47 and open 24/7.",
        "They won 3-1 before 1,994 people.",
        "More than 2000 people came, and 2020 fans sang.",
        "It cost $1999 or £2001.",
        "She was in '1917' and in “1984”.",
        "“Friday Night Pints” is a show.",
        "He hosts Saturday Night Live and the Sunday Mirror liked it.",
        "Black Friday is every Friday here.",
        "Wednesday star Ada Quill smiled.",
        "That 70s show ran in the 1990s.",
        "It took two years, and the last week was the worst.",
        "She arrived at 10:30 on flight 2024.",
        "“I would do it tomorrow,” she said.",
        "Room 1408 was free, 1500 locations were not.",
        "Entertainment Tonight reported it.",
        "An hour ago he sang.",
        "In today's world few goats climb, even today.",
        "What do you need to climb a tower today?",
        "Start today and see the tower from below.",
        "This week of meals costs little.",
        "The hole is known as CVE-2025-9316 and ABC-2024.",
        "Euro 2024 and Expo 2020 were loud.",
        "She scored 7 of 10, lost 3/4 of it and came 20th.",
        "He turned 30 in his 20s, aged 19.",
        "The price rose from 1999p to 2005 pounds.",
        "Call 020 7946 0019 or see page 2019.",
        "It may be that June, April and May sang in the march.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


FORMS = {
    "de": {
        "7. November 2025": "2025-11-07", "7. November": "2026-11-07", "November 2025": "2025-11", "gestern": "2026-11-18",
        "vorgestern": "2026-11-17", "heute": "2026-11-19", "letzte Woche": "2026-11-09", "vergangene Woche": "2026-11-09",
        "letzten Monat": "2026-10", "letztes Jahr": "2025", "vor drei Tagen": "2026-11-16", "vor zwei Wochen": "2026-11-02",
        "vor sechs Monaten": "2026-05", "vor fünf Jahren": "2021", "am Dienstag": "2026-11-17", "07.11.2025": "2025-11-07",
        "2025-11-07": "2025-11-07", "im Juli": "2026-07", "vor einer Woche": "2026-11-09", "im vergangenen Jahr": "2025",
        "am vergangenen Dienstag": "2026-11-17", "Anfang Juli": "2026-07", "in diesem Jahr": "2026", "im Jahr 2019": "2019",
    },
    "fr": {
        "le 7 novembre 2025": "2025-11-07", "le 7 novembre": "2026-11-07", "en novembre 2025": "2025-11", "hier": "2026-11-18",
        "avant-hier": "2026-11-17", "la semaine dernière": "2026-11-09", "le mois dernier": "2026-10",
        "l'année dernière": "2025", "l’an dernier": "2025", "il y a trois jours": "2026-11-16",
        "il y a deux semaines": "2026-11-02", "il y a six mois": "2026-05", "il y a cinq ans": "2021", "mardi": "2026-11-17",
        "mardi dernier": "2026-11-17", "le 07/11/2025": "2025-11-07", "en juillet": "2026-07", "le 1er novembre": "2026-11-01",
        "cette année": "2026", "en 2019": "2019", "ce mardi": "2026-11-17", "mardi 17 novembre": "2026-11-17",
    },
    "es": {
        "el 7 de noviembre de 2025": "2025-11-07", "el 7 de noviembre": "2026-11-07", "en noviembre de 2025": "2025-11",
        "ayer": "2026-11-18", "anteayer": "2026-11-17", "la semana pasada": "2026-11-09", "el mes pasado": "2026-10",
        "el año pasado": "2025", "hace tres días": "2026-11-16", "hace dos semanas": "2026-11-02", "hace seis meses": "2026-05",
        "hace cinco años": "2021", "el martes": "2026-11-17", "el pasado martes": "2026-11-17", "el martes pasado": "2026-11-17",
        "el 07/11/2025": "2025-11-07", "en julio": "2026-07", "este año": "2026", "en 2019": "2019",
        "el martes 17 de noviembre": "2026-11-17",
    },
    "it": {
        "il 7 novembre 2025": "2025-11-07", "il 7 novembre": "2026-11-07", "a novembre 2025": "2025-11", "ieri": "2026-11-18",
        "l'altro ieri": "2026-11-17", "la scorsa settimana": "2026-11-09", "la settimana scorsa": "2026-11-09",
        "il mese scorso": "2026-10", "lo scorso anno": "2025", "l'anno scorso": "2025", "tre giorni fa": "2026-11-16",
        "due settimane fa": "2026-11-02", "sei mesi fa": "2026-05", "cinque anni fa": "2021", "martedì": "2026-11-17",
        "martedì scorso": "2026-11-17", "il 07/11/2025": "2025-11-07", "a luglio": "2026-07", "quest'anno": "2026",
        "nel 2019": "2019", "martedì 17 novembre": "2026-11-17",
    },
    "pt": {
        "em 7 de novembro de 2025": "2025-11-07", "no dia 7 de novembro": "2026-11-07", "em novembro de 2025": "2025-11",
        "ontem": "2026-11-18", "anteontem": "2026-11-17", "na semana passada": "2026-11-09", "no mês passado": "2026-10",
        "no ano passado": "2025", "há três dias": "2026-11-16", "há duas semanas": "2026-11-02", "há seis meses": "2026-05",
        "há cinco anos": "2021", "na terça-feira": "2026-11-17", "na última terça-feira": "2026-11-17",
        "em 07/11/2025": "2025-11-07", "em julho": "2026-07", "este ano": "2026", "em 2019": "2019",
    },
    "nl": {
        "op 7 november 2025": "2025-11-07", "op 7 november": "2026-11-07", "in november 2025": "2025-11", "gisteren": "2026-11-18",
        "eergisteren": "2026-11-17", "vorige week": "2026-11-09", "afgelopen week": "2026-11-09", "vorige maand": "2026-10",
        "vorig jaar": "2025", "drie dagen geleden": "2026-11-16", "twee weken geleden": "2026-11-02",
        "zes maanden geleden": "2026-05", "vijf jaar geleden": "2021", "dinsdag": "2026-11-17",
        "afgelopen dinsdag": "2026-11-17", "in juli": "2026-07", "dit jaar": "2026", "in 2019": "2019",
    },
    "sv": {
        "den 7 november 2025": "2025-11-07", "den 7 november": "2026-11-07", "i november 2025": "2025-11", "i går": "2026-11-18",
        "i förrgår": "2026-11-17", "förra veckan": "2026-11-09", "förra månaden": "2026-10", "förra året": "2025",
        "för tre dagar sedan": "2026-11-16", "för två veckor sedan": "2026-11-02", "för sex månader sedan": "2026-05",
        "för fem år sedan": "2021", "på tisdagen": "2026-11-17", "i tisdags": "2026-11-17", "i juli": "2026-07",
        "i år": "2026", "2019": "2019",
    },
    "da": {
        "den 7. november 2025": "2025-11-07", "den 7. november": "2026-11-07", "i november 2025": "2025-11", "i går": "2026-11-18",
        "i forgårs": "2026-11-17", "i sidste uge": "2026-11-09", "sidste måned": "2026-10", "sidste år": "2025",
        "for tre dage siden": "2026-11-16", "for to uger siden": "2026-11-02", "for seks måneder siden": "2026-05",
        "for fem år siden": "2021", "tirsdag": "2026-11-17", "i tirsdags": "2026-11-17", "i juli": "2026-07", "i år": "2026",
    },
    "no": {
        "7. november 2025": "2025-11-07", "7. november": "2026-11-07", "i november 2025": "2025-11", "i går": "2026-11-18",
        "i forgårs": "2026-11-17", "forrige uke": "2026-11-09", "i forrige måned": "2026-10", "i fjor": "2025",
        "for tre dager siden": "2026-11-16", "for to uker siden": "2026-11-02", "for seks måneder siden": "2026-05",
        "for fem år siden": "2021", "tirsdag": "2026-11-17", "i juli": "2026-07", "i år": "2026", "i 2019": "2019",
    },
}  # fmt: skip
SENTENCES = {
    "de": "Sie war {} noch in Berlin.", "fr": "Elle était {} à Paris.", "es": "Ella estuvo {} en Madrid.",
    "it": "Lei era {} a Roma.", "pt": "Ela foi {} a Lisboa.", "nl": "Ze was {} in Utrecht.", "sv": "Hon var {} i Lund.",
    "da": "Hun var {} i Aarhus.", "no": "Hun var {} i Bergen.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "form", "value"),
    [(code, form, value) for code, forms in FORMS.items() for form, value in forms.items()],
)
def test_absolute_and_common_relative_forms_of_other_languages(language: str, form: str, value: str) -> None:
    assert [value for _, value in found(SENTENCES[language].format(form), language)] == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das Lied ist bis heute bekannt."), ("fr", "Elle vit encore aujourd’hui à Paris."), ("es", "Hoy en día nadie lo canta."),
        ("it", "La canzone è ancora oggi nota."), ("pt", "A canção é cantada até hoje."), ("nl", "Vandaag de dag zingt niemand het."),
        ("sv", "Den sjungs än i dag."), ("da", "Den synges stadig i dag."), ("no", "Den synges fortsatt i dag."),
        ("de", "Im Mai Linhs Garten war sie 30, am 24/7 offen."), ("fr", "Il a 30 ans et mars est loin."), ("de", "Er ist 24 und kostet 1999 Euro."),
    ],
)  # fmt: skip
def test_what_is_no_date_in_other_languages(language: str, text: str) -> None:
    assert found(text, language) == []


OTHERS = [
    ("de", "Sie hat am 7. November geheiratet.", [("7. November", "2026-11-07")]),
    ("de", "Am 3. Dezember beginnt ihre Tournee.", [("3. Dezember", "2026-12-03")]),
    ("de", "Im Mai hatte sie das noch bestritten.", [("Mai", "2026-05")]),
    ("de", "Seit 2021 spielt er; erst gestern kam es heraus.", [("2021", "2021"), ("gestern", "2026-11-18")]),
    ("de", "Das war vor zwei Wochen, am Montag.", [("vor zwei Wochen", "2026-11-02"), ("Montag", "2026-11-16")]),
    ("de", "Am Wochenende (15./16. Juni) sagte sie Ja.", [("15", "2026-06-15"), ("16. Juni", "2026-06-16")]),
    ("de", "Mai Linh sagte am Morgen nichts.", []),
    ("fr", "Ils se sont mariés le 7 novembre 2025.", [("7 novembre 2025", "2025-11-07")]),
    ("fr", "Elle était là hier et en juin.", [("hier", "2026-11-18"), ("juin", "2026-06")]),
    ("fr", "C'était il y a deux ans.", [("il y a deux ans", "2024")]),
    ("es", "Se casaron el 7 de noviembre de 2025.", [("7 de noviembre de 2025", "2025-11-07")]),
    ("es", "Fue el lunes, hace dos semanas.", [("lunes", "2026-11-16"), ("hace dos semanas", "2026-11-02")]),
    (
        "it",
        "Si sono sposati il 7 novembre; due anni fa erano amici.",
        [("7 novembre", "2026-11-07"), ("due anni fa", "2024")],
    ),
    ("pt", "O casal foi visto em junho de 2025 e ontem.", [("junho de 2025", "2025-06"), ("ontem", "2026-11-18")]),
    ("nl", "Ze trouwden op 7 november en vorige week.", [("7 november", "2026-11-07"), ("vorige week", "2026-11-09")]),
    ("sv", "De gifte sig den 7 november förra året.", [("7 november", "2026-11-07"), ("förra året", "2025")]),
    (
        "da",
        "De blev gift den 7. november, for to år siden.",
        [("7. november", "2026-11-07"), ("for to år siden", "2024")],
    ),
    ("no", "De var her i går og i juni.", [("i går", "2026-11-18"), ("juni", "2026-06")]),
    ("pl", "Poznali się w 2019 roku.", [("2019", "2019")]),
    (None, "They met in June.", [("June", "2026-06")]),
]


@pytest.mark.parametrize(("language", "text", "mentions"), OTHERS)
def test_other_languages(language: str | None, text: str, mentions: list[tuple[str, str | None]]) -> None:
    assert found(text, language) == mentions


def test_weekdays_of_a_plan_for_any_week_are_none() -> None:
    plan = ["Monday", "Porridge.", "Tuesday:", "The rest of Monday’s porridge.", "Wednesday", "Porridge in May 2026."]
    assert [mention.text for mention in find_date_mentions(plan, PUBLISHED, "en")] == ["May 2026"]
    two = ["Monday", "She sang.", "Tuesday", "She ate."]
    assert [mention.text for mention in find_date_mentions(two, PUBLISHED, "en")] == ["Monday", "Tuesday"]


def test_without_a_publication_only_full_dates_have_a_value() -> None:
    text = "On Thursday, on June 5, last week and in June they spoke of 5 June 2020 and 2019."
    assert found(text, published=None) == [
        ("Thursday", None),
        ("June 5", None),
        ("last week", None),
        ("June", None),
        ("5 June 2020", "2020-06-05"),
        ("2019", "2019"),
    ]


def test_the_day_of_publication_is_the_local_one_as_written() -> None:
    late = Stamp(
        value=datetime(2026, 11, 20, 4, tzinfo=UTC), precision="second", raw="2026-11-19T20:00:00-08:00", source="meta"
    )
    assert found("She spoke yesterday.", published=late) == [("yesterday", "2026-11-18")]
    day = Stamp(value=date(2026, 11, 6), precision="week", raw="2 weeks ago", source="text")
    assert found("Jailed on Thursday (November 5).", published=day) == [("Thursday (November 5)", "2026-11-05")]


def test_a_change_within_the_week_counts_for_weekdays_and_alone_for_all() -> None:
    changed = Stamp(
        value=datetime(2026, 11, 20, 9, tzinfo=UTC), precision="second", raw="2026-11-20T09:00Z", source="meta"
    )
    text = (
        "On Wednesday he left, on Friday he spoke, last Friday he ate, on Saturday he slept; he will be back on Monday."
    )
    days = [mention.value for mention in find_date_mentions([text], PUBLISHED, "en", changed)]
    assert days == ["2026-11-18", "2026-11-20", "2026-11-13", "2026-11-14", "2026-11-23"]
    late = Stamp(value=datetime(2028, 1, 1, tzinfo=UTC), precision="second", raw="2028-01-01T00:00Z", source="meta")
    assert [mention.value for mention in find_date_mentions(["He spoke on Friday."], PUBLISHED, "en", late)] == [
        "2026-11-13"
    ]
    assert [mention.value for mention in find_date_mentions(["He spoke on Friday."], None, "en", changed)] == [
        "2026-11-20"
    ]


def test_blocks_and_precisions() -> None:
    mentions = find_date_mentions(["No date.", "In June 2020.", "Last week, on May 5, 2020, in 2021."], PUBLISHED, "en")
    assert [(mention.block, mention.precision) for mention in mentions] == [
        (1, "month"),
        (2, "week"),
        (2, "day"),
        (2, "year"),
    ]


def test_publications_at_the_end_of_the_calendar_do_no_harm() -> None:
    text = (
        "On Thursday, last week, next year, 999 years ago, tomorrow, in June, on May 5, next Friday and 900 months ago."
    )
    for day in (date.min, date.max):
        find_date_mentions([text], Stamp(value=day, precision="day", raw="x", source="meta"), "en")


def test_offsets_are_code_points() -> None:
    text = "🎄🎄 naïve – on June 5, 2020 🎄"
    (mention,) = find_date_mentions([text], PUBLISHED, "en")
    assert text[mention.start : mention.end] == "June 5, 2020"


@pytest.mark.parametrize(
    "piece",
    ["May ", "1", "12 ", "Thursday (", "last ", "June 5 to ", "5 ", "“", "a ", "2019-", "ago ", "today ", "2019 “"],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    assert_linear(
        lambda length: [piece * (length // len(piece))], lambda texts: find_date_mentions(texts, PUBLISHED, "en"), 7_500
    )
