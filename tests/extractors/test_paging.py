"""Articles on several pages: which page follows, and which one this is."""

from __future__ import annotations

import pytest

from extractors.document import Document
from extractors.paging import Paging, find_paging

STORY = "https://www.gull.example/celeb/gulls-of-the-year-41239"


def paging(url: str, *links: str) -> Paging | None:
    inside = "".join(links)
    return find_paging(
        Document(f"<html><head><title>Gulls</title></head><body><p>Gulls.</p>{inside}</body></html>", url=url)
    )


def link(href: str, rel: str = "next") -> str:
    return f'<link rel="{rel}" href="{href}">'


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        (STORY, f"{STORY}?page=2", f"{STORY}?page=3"),
        (f"{STORY}/", f"{STORY}/2/", f"{STORY}/3/"),
        (f"{STORY}/", f"{STORY}/page/2/", f"{STORY}/page/3/"),
        (STORY, f"{STORY}/seite-2", f"{STORY}/seite-3"),
        (f"{STORY}.html", f"{STORY}_2.html", f"{STORY}_3.html"),
        (f"{STORY}.html", f"{STORY}-2.html", f"{STORY}-3.html"),
        (f"{STORY}.html", f"{STORY},2.html", f"{STORY},3.html"),
        (f"{STORY}.html", f"{STORY}.page-2.html", f"{STORY}.page-3.html"),
        (f"{STORY}?id=7", f"{STORY}?id=7&slide=2", f"{STORY}?id=7&slide=3"),
    ],
)
def test_the_pages_of_an_article_lead_from_one_to_the_next(first: str, second: str, third: str) -> None:
    assert paging(first, link(second)) == Paging(first, second, True)
    assert paging(second, link(first, "prev"), link(third)) == Paging(first, third, False)
    assert paging(third, link(second, "prev")) == Paging(first, None, False)


def test_a_link_in_the_page_will_do() -> None:
    numbers = f'<p>Pages: 1 <a href="{STORY}/2/">2</a> <a href="{STORY}/3/">3</a></p>'
    assert paging(f"{STORY}/", numbers) == Paging(f"{STORY}/", f"{STORY}/2/", True)
    back = f'<a href="{STORY}/">1</a> 2 <a href="{STORY}/3/">3</a>'
    assert paging(f"{STORY}/2/", back) == Paging(f"{STORY}/", f"{STORY}/3/", False)
    assert paging(STORY, '<a href="?page=2">Weiter</a>') == Paging(STORY, f"{STORY}?page=2", True)


def test_links_that_have_just_the_number_as_their_text_count_where_the_address_alone_says_little() -> None:
    first, second = f"{STORY}.html", f"{STORY}-2.html"
    assert paging(first, f'1 <a href="{second}">2</a>') == Paging(first, second, True)
    assert paging(second, f'<a href="{first}"> 1 </a> 2') == Paging(first, None, False)


def test_pages_may_be_counted_from_nought() -> None:
    assert paging(STORY, link(f"{STORY}?page=1")) == Paging(STORY, f"{STORY}?page=1", True)
    second = paging(f"{STORY}?page=1", link(STORY, "prev"), link(f"{STORY}?page=2"))
    assert second == Paging(STORY, f"{STORY}?page=2", False)


def test_a_page_that_calls_the_first_its_own_address_is_a_following_one() -> None:
    assert paging(f"{STORY}/2/", link(f"{STORY}/", "canonical")) == Paging(f"{STORY}/", None, False)


@pytest.mark.parametrize(
    "href",
    [
        "https://www.gull.example/celeb/terns-of-the-year-41240",
        f"{STORY}-terns?page=2",
        f"{STORY}?page=3",
        f"{STORY}/comment-page-2/",
        f"{STORY}?share=2",
        f"{STORY}/?page=99",
        "https://other.example/celeb/gulls-of-the-year-41239?page=2",
        "#page=2",
        "",
    ],
)
def test_the_next_article_is_no_next_page(href: str) -> None:
    assert paging(STORY, link(href)) is None


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("https://www.gull.example/celeb", [link("https://www.gull.example/celeb?page=2")]),
        ("https://www.gull.example/", [link("https://www.gull.example/page/2")]),
        ("https://www.gull.example/royal-news/7", ["<a href='/royal-news'>Royals</a>"]),
        ("https://www.gull.example/news/7", [link("https://www.gull.example/news/6", "prev")]),
        ("https://www.gull.example/2026/11/15", [link("https://www.gull.example/2026/11/14", "prev")]),
        (f"{STORY}-2.html", ["<a href='/celeb/gulls-of-the-year-41239.html'>The year before</a>"]),
        (f"{STORY}.html", [f"<a href='{STORY}-2.html'>Another</a>"]),
        (f"{STORY}?page=2", []),
        ("", [link(f"{STORY}?page=2")]),
        ("no address", [link(f"{STORY}?page=2")]),
    ],
)
def test_sections_and_neighbours_are_no_pages_of_an_article(url: str, links: list[str]) -> None:
    assert paging(url, *links) is None


def test_a_page_without_an_end_stops_at_a_bound() -> None:
    assert paging(f"{STORY}?page=40", link(f"{STORY}?page=39", "prev"), link(f"{STORY}?page=41")) == Paging(
        STORY, None, False
    )
