from __future__ import annotations

import pytest

from extractors import Citation
from extractors.outlets import outlet_names
from extractors.site import site_of
from pipelines.cited import _listed, cited_site


@pytest.mark.parametrize(
    ("outlet", "url", "site"),
    [
        ("TMZ", None, "tmz.com"),
        ("TMZ", "https://www.instagram.com/p/Q1/", "tmz.com"),
        ("People", "https://people.com/a-story", "people.com"),
        ("Glimmer", "https://glimmer.example/maud", "glimmer.example"),
        ("Glimmer", "https://elsewhere.example/maud", None),
        ("Brightwater Gazette", None, None),
    ],
)
def test_a_cited_outlet_is_known_by_its_link_or_its_name(outlet: str, url: str | None, site: str | None) -> None:
    assert cited_site(Citation(outlet=outlet, url=url)) == site


def test_every_listed_outlet_is_one_that_is_cited_under_that_name_and_at_a_registrable_domain() -> None:
    assert set(_listed()) <= set(outlet_names().values())
    assert {site for site in _listed().values() if site_of(f"https://{site}/") != site} == set()
