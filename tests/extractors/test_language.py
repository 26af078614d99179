import pytest

from extractors.document import Document
from extractors.language import find_language, language_of
from extractors.rules import SiteRules

TEXTS = {
    "en": "The singer said that she would not be at the show, and that her sister had been told after the party.",
    "de": "Die Sängerin sagte, dass sie nicht zu der Feier kommt und dass ihre Schwester das auch schon wusste.",
    "fr": "La chanteuse a dit que sa sœur ne serait pas dans la salle et que les enfants sont avec elle.",
    "es": "La cantante dijo que no iba a la fiesta y que su hermana lo sabía desde hace días, pero los niños no.",
    "it": "La cantante ha detto che non sarà alla festa e che la sorella lo sapeva già, ma non i bambini.",
    "pt": "A cantora disse que não vai à festa e que a irmã já sabia disso, mas os filhos ainda não.",
    "nl": "De zangeres zei dat ze niet naar het feest komt en dat haar zus het al wist, maar de kinderen nog niet.",
    "da": "Sangerinden sagde, at hun ikke kommer til festen, og at hendes søster har vidst det, men ikke børnene.",
    "no": "Sangeren sier at hun ikke kommer til festen, og at søsteren hadde fått vite det når hun ble spurt av dem.",
    "sv": "Sångerskan sade att hon inte kommer till festen och att hennes syster har vetat om det, men inte barnen.",
    "pl": "Piosenkarka powiedziała, że nie będzie jej na przyjęciu i że jej siostra wie o tym już od kilku dni.",
    "ru": "Певица сказала, что не придёт на праздник и что сестра знала об этом.",
    "ja": "歌手はパーティーに来ないと言いました。",
    "el": "Η τραγουδίστρια είπε ότι δεν θα έρθει στη γιορτή.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_the_commonest_words_tell_the_language(code: str, text: str) -> None:
    assert language_of(text * 3) == code


@pytest.mark.parametrize("text", ["", "Orla Quinn", "12 34 56", "👍 👍 👍"])
def test_too_little_tells_nothing(text: str) -> None:
    assert language_of(text) is None


def found(html: str, text: str = "", rules: SiteRules | None = None) -> tuple[str | None, str]:
    answer = find_language(Document(html, rules=rules), text)
    return answer.value, answer.source


@pytest.mark.parametrize(
    ("html", "code", "source"),
    [
        ("<html lang='en-GB'><p>x", "en", "html lang"),
        ("<html xml:lang='pt_BR'><p>x", "pt", "html lang"),
        ("<html><body lang='DE'><p>x", "de", "html lang"),
        ("<html lang='iw'><p>x", "he", "html lang"),
        ("<meta property='og:locale' content='fr_FR'><p>x", "fr", "meta"),
        (
            '<script type="application/ld+json">{"@type":"Article","headline":"x","inLanguage":"it-IT"}</script><p>x',
            "it",
            "json-ld",
        ),
        ("<html lang='nonsense'><meta http-equiv='content-language' content='es'><p>x", "es", "meta"),
    ],
)  # fmt: skip
def test_the_page_declares_its_language_in_many_ways(html: str, code: str, source: str) -> None:
    assert found(html) == (code, source)


def test_the_text_overrules_a_template_s_declaration_only_where_it_is_plain() -> None:
    assert found("<html lang='en'><p>x", TEXTS["de"] * 3) == ("de", "text")
    assert found("<html lang='no'><p>x", TEXTS["da"] * 3)[0] == "no"
    assert found("<html lang='en'><p>x", "Der Titan von Wien") == ("en", "html lang")
    assert found("<html lang='gd'><p>x", TEXTS["en"] * 3) == ("gd", "html lang")


def test_without_a_declaration_the_outlet_s_file_and_then_the_text_say_it() -> None:
    assert found("<p>x", TEXTS["en"] * 3, SiteRules(language="ga")) == ("ga", "rules")
    assert found("<p>x", TEXTS["en"] * 3) == ("en", "text")
    assert found("<p>x") == (None, "")
