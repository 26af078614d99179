import json
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.jsonld import is_article, read_jsonld, types, unescape
from tests.growth import assert_linear

STORY = '{"@type": "NewsArticle", "headline": "Orla Quinn leaves", "datePublished": "2026-11-20T10:00:00Z"}'


def headlines(*scripts: str) -> list[object]:
    return [node.get("headline") for node in read_jsonld(scripts) if is_article(node)]


@pytest.mark.parametrize(
    "script",
    [
        STORY,
        f"[{STORY}]",
        f'{{"@graph": [{{"@type": "WebSite"}}, {STORY}]}}',
        f'{{"@type": "WebPage", "mainEntity": {STORY}}}',
        f"<!-- {STORY} -->",
        f"//<![CDATA[\n{STORY}\n//]]>",
        f"/*<![CDATA[*/{STORY}/*]]>*/",
        f"<![CDATA[{STORY}]]>",
        STORY + ";",
        STORY + "\n" + '{"@type": "WebSite"}',
        STORY.replace("}", ",}"),
        STORY.replace('"datePublished"', '// written by hand\n"datePublished"'),
        STORY.replace('"', "&quot;"),
    ],
)
def test_an_article_is_read_however_it_is_wrapped(script: str) -> None:
    assert headlines(script) == ["Orla Quinn leaves"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Orla\nQuinn\tleaves", "Orla\nQuinn\tleaves"),
        (r"Orla\'s choice", "Orla's choice"),
        ("Orla &amp; Juno", "Orla & Juno"),
        ("Orla &amp;#8217;s", "Orla ’s"),
        ("Zo&euml; &#x201C;left&#x201D;", "Zoë “left”"),
    ],
)
def test_values_are_mended_and_their_entities_resolved(written: str, meant: str) -> None:
    assert headlines(f'{{"@type": "NewsArticle", "headline": "{written}"}}') == [meant]


def test_bare_quotation_marks_on_a_line_of_their_own_are_mended() -> None:
    script = '{\n"@type": "NewsArticle",\n"headline": "Orla "the voice" Quinn",\n"url": "https://glint.example/a"\n}'
    assert headlines(script) == ['Orla "the voice" Quinn']


def test_what_no_repair_saves_gives_its_plain_values() -> None:
    cut = STORY[:-1] + ', "articleBody": "She said'
    (node,) = read_jsonld([cut])
    assert node["datePublished"] == "2026-11-20T10:00:00Z"
    assert read_jsonld(['{"@type": "Organization", "name": "Glint']) == ()


def test_addresses_keep_what_looks_like_an_old_entity() -> None:
    assert unescape("https://glint.example/?a=1&copy=2&amp;b=3") == "https://glint.example/?a=1&copy=2&b=3"


def test_types_are_read_without_their_prefix_and_from_lists() -> None:
    assert types({"@type": ["https://schema.org/NewsArticle", "Report"]}) == {"NewsArticle", "Report"}
    assert types({}) == frozenset()


def test_hostile_json_costs_no_more_than_its_length() -> None:
    def wide(length: int) -> list[str]:
        return [json.dumps({"@graph": [{"@type": "NewsArticle", "headline": str(number)} for number in range(length)]})]

    broken = '{"@type": "NewsArticle", ' + '"a\\' * 100_000
    assert read_jsonld(["[" * 100_000, '{"a":' * 50_000, "9" * 100_000, "{" * 100_000]) == ()
    assert len(read_jsonld(wide(50_000))) == 50_001
    assert len(read_jsonld([broken])) == 1
    assert_linear(wide, read_jsonld, 6_000)
    for piece in ("[", '{"a":', "9", "{", '"a\\'):
        assert_linear(partial(_repeated, piece), read_jsonld, 12_500)


def _repeated(piece: str, times: int) -> list[str]:
    return [piece * times, '{"@type": "NewsArticle", ' + piece * times]


@given(
    st.text(max_size=120)
    | st.recursive(st.none() | st.booleans() | st.text(max_size=5), st.lists, max_leaves=20).map(json.dumps)
)
def test_any_script_gives_nodes_or_nothing(script: str) -> None:
    assert all(isinstance(node, dict) for node in read_jsonld([script, '{"@graph": ' + script + "}"]))
