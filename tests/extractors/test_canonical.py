import pytest

from extractors.canonical import find_canonical
from extractors.document import Document

URL = "https://www.glint.example/showbiz/orla-12/?utm_source=x#top"


def canonical(head: str, url: str | None = URL) -> tuple[str | None, str]:
    found = find_canonical(Document(f"<html><head>{head}</head><body><p>x</p></body></html>", url=url))
    return found.value, found.source


OWN, CLEANED = "https://www.glint.example/showbiz/orla", "https://www.glint.example/showbiz/orla-12/"


def link(href: str) -> str:
    return f"<link rel=canonical href='{href}'>"


def og(url: str) -> str:
    return f"<meta property='og:url' content='{url}'>"


@pytest.mark.parametrize(
    ("head", "address", "source"),
    [
        (link(OWN + "?fbclid=1"), OWN, "rel=canonical"),
        (link("https://m.glint.example/showbiz/orla"), "https://m.glint.example/showbiz/orla", "rel=canonical"),
        ("<link rel='shortlink canonical' href='/showbiz/orla'>", OWN, "rel=canonical"),
        (og(OWN), OWN, "og:url"),
        ("", CLEANED, "url"),
        (link("https://other.example/showbiz/orla"), CLEANED, "url"),
        (link("https://www.glint.example/"), CLEANED, "url"),
        (link("/index.html") + og("/showbiz/orla"), OWN, "og:url"),
        (link("http://[") + link("") + "<link rel=canonical>", CLEANED, "url"),
    ],
)
def test_the_page_s_own_address_is_checked_and_cleaned(head: str, address: str, source: str) -> None:
    assert canonical(head) == (address, source)


def test_without_a_given_address_the_page_s_own_is_taken_unless_it_is_a_front_page() -> None:
    assert canonical("<link rel=canonical href='https://glint.example/a'>", None) == (
        "https://glint.example/a",
        "rel=canonical",
    )
    assert canonical("<link rel=canonical href='https://glint.example/'>", None) == (None, "")


def test_a_front_page_may_call_itself_one() -> None:
    assert (
        canonical("<link rel=canonical href='https://glint.example/'>", "https://www.glint.example/?utm_source=x")[0]
        == "https://glint.example/"
    )
