import json

import pytest

from extractors.access import find_access
from extractors.document import Document


def access(head: str = "", **article: object) -> str | None:
    node = json.dumps({"@type": "NewsArticle", "headline": "Orla", **article})
    return find_access(Document(f'{head}<script type="application/ld+json">{node}</script><h1>Orla</h1>')).value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "free"),
        ("True", "free"),
        ("https://schema.org/True", "free"),
        (False, "paywalled"),
        ("false", "paywalled"),
        ("maybe", None),
        (None, None),
        ([], None),
    ],
)
def test_json_ld_says_whether_it_is_free(value: object, expected: str | None) -> None:
    assert access(isAccessibleForFree=value) == expected


def test_a_part_that_is_not_free_makes_a_paywall_where_the_whole_says_nothing() -> None:
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".wall"}
    assert access(hasPart=[part]) == "paywalled"
    assert access(hasPart=part) == "paywalled"
    assert access(hasPart="x") is None


@pytest.mark.parametrize(
    ("tier", "expected"), [("free", "free"), ("Metered", "metered"), ("locked", "paywalled"), ("gold", None)]
)
def test_the_content_tier_comes_first(tier: str, expected: str | None) -> None:
    assert access(f"<meta property='article:content_tier' content='{tier}'>") == expected
    assert access("<meta property='article:content_tier' content='metered'>", isAccessibleForFree=False) == "metered"
