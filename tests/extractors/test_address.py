import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.address import clean_url, url_key

STORY = "https://www.glint.example/showbiz/orla-quinn-12"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("HTTPS://WWW.Glint.example:443/Showbiz/Orla-12/?utm_source=x&b=2&a=1#top", "https://www.glint.example/Showbiz/Orla-12/?b=2&a=1"),
        ("https://glint.example/a?fbclid=1", "https://glint.example/a"),
        ("https://glint.example/a?source=rss&id=4", "https://glint.example/a?id=4"),
        ("https://glint.example/a?source=archive", "https://glint.example/a?source=archive"),
        ("https://glint.example/a?gallery=2&glossary=1&page=3", "https://glint.example/a?gallery=2&glossary=1&page=3"),
        ("https://glint.example/a?id=3&amp;utm_medium=mail", "https://glint.example/a?id=3"),
        ("https://glint.example/a;jsessionid=0F3A?x=1", "https://glint.example/a?x=1"),
        ("https://glint.example/a?PHPSESSID=0F3A&x=1", "https://glint.example/a?x=1"),
        ("http://reader:secret@glint.example:8080/a", "http://glint.example:8080/a"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("  mailto:tips@glint.example ", "mailto:tips@glint.example"),
        ("HTTP://.", "HTTP://."),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_trackers_and_with_its_path_as_written(url: str, shown: str) -> None:
    assert clean_url(url) == shown


@pytest.mark.parametrize(
    "twin",
    [
        "http://glint.example/showbiz/orla-quinn-12",
        "https://www.glint.example/showbiz/orla-quinn-12/",
        "https://m.glint.example/showbiz/orla-quinn-12?utm_campaign=a",
        "https://amp.glint.example/showbiz/orla-quinn-12",
        "https://www.glint.example/amp/showbiz/orla-quinn-12",
        "https://www.glint.example/showbiz/orla-quinn-12/amp/",
        "https://www.glint.example/showbiz/orla-quinn-12.amp",
        "https://www.glint.example/showbiz/orla-quinn-12?amp=1",
        "https://www.glint.example/showbiz/orla-quinn-12?outputType=amp",
        "https://www.glint.example//showbiz/orla%2Dquinn-12/index.html#comments",
        "https://www-glint-example.cdn.ampproject.org/c/s/www.glint.example/amp/showbiz/orla-quinn-12",
        "https://www.google.ie/amp/s/www.glint.example/showbiz/orla-quinn-12/",
    ],
)
def test_twins_of_a_page_have_one_key(twin: str) -> None:
    assert url_key(twin) == url_key(STORY)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.glint.example/showbiz/orla-quinn-13",
        "https://www.glint.example/showbiz/orla-quinn-12?page=2",
        "https://www.glint.example/Showbiz/Orla-Quinn-12",
        "https://blog.glint.example/showbiz/orla-quinn-12",
        "https://www.glint.example:8080/showbiz/orla-quinn-12",
        "https://www.glint.example/",
    ],
)
def test_other_pages_have_another_key(other: str) -> None:
    assert url_key(other) != url_key(STORY)


def test_the_order_of_parameters_does_not_part_a_page() -> None:
    assert url_key(STORY + "?b=2&a=1") == url_key(STORY + "?a=1&utm_term=z&b=2")


def test_a_host_that_is_only_a_twin_label_keeps_it() -> None:
    assert url_key("https://m.com/a") == "m.com/a"
    assert url_key("https://amp.co.uk/a") == "amp.co.uk/a"
    assert url_key("https://glint.example/amp") == "glint.example/amp"


def test_white_space_is_no_host() -> None:
    assert clean_url("HTTP:// #top") == "HTTP:// #top"


@example("HTTP:// #")
@given(st.text(max_size=80) | st.from_regex(r"https?://[^\s]{0,60}"))
def test_any_text_has_a_key_and_cleaning_again_changes_nothing(url: str) -> None:
    assert isinstance(url_key(url), str)
    assert clean_url(clean_url(url)) == clean_url(url)
    assert url_key(clean_url(url)) == url_key(url)
