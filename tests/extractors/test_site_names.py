import pytest

from extractors.document import Document
from extractors.site_names import SiteNames, letters

HEAD = """<meta property="og:site_name" content="The Daily Glint"><meta property="og:title" content="Orla leaves">
<title>Orla leaves - Glint &amp; Glamour</title>
<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Orla leaves", "publisher": {"@id": "#p"}},
{"@type": "Organization", "@id": "#p", "name": "Glint Media", "alternateName": ["GM News"]}]</script>"""


@pytest.fixture
def names() -> SiteNames:
    return SiteNames(
        Document(f"<html><head>{HEAD}</head><body>x</body></html>", url="https://www.glint-online.example/a")
    )


@pytest.mark.parametrize(
    "name",
    [
        "The Daily Glint",
        "DAILY GLINT",
        "daily-glint",
        "Glint Media",
        "GM News",
        "Glint & Glamour",
        "glint-online",
        "Glint-Online.example",
    ],
)
def test_the_outlet_goes_by_all_these_names(names: SiteNames, name: str) -> None:
    assert name in names
    assert names.resembles(name)


@pytest.mark.parametrize("name", ["Daily Glint Online", "The Daily Glint Showbiz News", "UK Daily Glint"])
def test_a_name_with_a_word_more_only_resembles_it(names: SiteNames, name: str) -> None:
    assert name not in names
    assert names.resembles(name)


@pytest.mark.parametrize(
    "text", ["Orla leaves", "Showbiz", "", "Why the Daily Glint took so very long to answer", "The"]
)
def test_other_texts_are_no_name(names: SiteNames, text: str) -> None:
    assert text not in names
    assert not names.resembles(text)


def test_spellings_are_compared_by_their_letters() -> None:
    assert letters("The Daily-Glint!") == letters("daily glint") == "dailyglint"
    assert letters("Öffentlich & Söhne") == "öffentlichsöhne"
