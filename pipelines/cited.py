"""Which outlet on the web a cited one is: "TMZ" is tmz.com."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from extractors import Citation
from extractors.outlets import is_own
from extractors.site import site_of


def cited_site(citation: Citation) -> str | None:
    """Give the registrable domain of a cited outlet: of its link where that spells its name, else as listed."""
    linked = site_of(citation.url) if citation.url else None
    if linked and is_own(citation.outlet, linked):
        return linked
    return _listed().get(citation.outlet)


@cache
def _listed() -> Mapping[str, str]:
    lines = Path(__file__).with_name("cited.txt").read_text("utf-8").splitlines()
    pairs = (line.split("|") for line in lines if line and not line.startswith("#"))
    return {outlet.strip(): site.strip() for outlet, site in pairs}
