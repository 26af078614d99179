import json

import pytest

from extractors.document import Document
from extractors.section import find_section

URL = "https://glint.example/showbiz/orla-quinn-leaves"
META = "<meta property='article:section' content='{}'>"
HOME, SELF = "<a href='/'>Home</a>", "<a href='#'>Orla Quinn leaves</a>"


def section(html: str) -> tuple[str | None, str]:
    found = find_section(Document(html + "<h1>Orla Quinn leaves</h1>", url=URL))
    return found.value, found.source


def script(node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def trail(*steps: tuple[str, str]) -> str:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, 1)
    ]
    return script({"@type": "BreadcrumbList", "itemListElement": items})


@pytest.mark.parametrize(
    ("html", "expected", "source"),
    [
        (META.format("Showbiz"), "Showbiz", "meta"),
        (META.format("12") + META.format("TV &amp;amp; Film"), "TV & Film", "meta"),
        (script({"@type": "Article", "headline": "x", "articleSection": ["Stars", "News"]}), "Stars", "json-ld"),
        (trail(("Home", "/"), ("Showbiz", "/showbiz"), ("Orla Quinn leaves", URL)), "Showbiz", "breadcrumb"),
        (trail(("Startseite", "/"), ("Stars", "/stars")), "Stars", "breadcrumb"),
        (f"<ul class='Breadcrumbs'><li>{HOME}<li><a href='/tv'>TV</a><li>{SELF}</ul>", "TV", "breadcrumb"),
        ("<p>x</p>", None, ""),
    ],
)  # fmt: skip
def test_the_section_is_as_the_page_names_it(html: str, expected: str | None, source: str) -> None:
    assert section(html) == (expected, source)


@pytest.mark.parametrize("value", ["Glint", "x" * 80, " ", "7"])
def test_the_outlet_numbers_and_sentences_are_no_section(value: str) -> None:
    assert (
        section(f"<meta property='og:site_name' content='Glint'><meta property='article:section' content='{value}'>")[0]
        is None
    )


@pytest.mark.parametrize("steps", [None, "x", {}, [None, "x", {}, {"item": 5}, {"name": 5, "item": {"name": 7}}]])
def test_a_broken_trail_gives_nothing(steps: object) -> None:
    assert section(script({"@type": "BreadcrumbList", "itemListElement": steps}))[0] is None
