from __future__ import annotations

from crawler.robots import MAX_DELAY, Robots, robots_url

TEXT = b"""\xef\xbb\xbfUser-agent: *
Disallow: /private/
Allow: /private/open
Crawl-delay: 2
Request-rate: 1/5
Sitemap: /map.xml
Sitemap: https://gull.example/news.xml
Sitemap: ftp://gull.example/old.xml

User-agent: redtop
Disallow: /draft
"""


def test_the_group_that_names_this_program_counts() -> None:
    robots = Robots.answered(200, TEXT)
    assert robots is not None
    assert robots.allows("http://gull.example/private/a")
    assert not robots.allows("http://gull.example/draft/a")


def test_rules_delay_and_sitemaps_for_everybody() -> None:
    robots = Robots.answered(200, TEXT.replace(b"User-agent: redtop", b"User-agent: other"))
    assert robots is not None
    assert not robots.allows("http://gull.example/private/a")
    assert robots.allows("http://gull.example/private/open")
    assert robots.delay == 5.0
    assert robots.sitemaps("http://gull.example/robots.txt") == (
        "http://gull.example/map.xml",
        "https://gull.example/news.xml",
    )


def test_answers_that_are_no_rules() -> None:
    missing, html = Robots.answered(404, b"x"), Robots.answered(200, b"<html>Disallow: nothing")
    assert missing is not None
    assert missing.allows("http://gull.example/")
    assert html is not None
    assert html.allows("http://gull.example/")
    assert Robots.answered(503, b"") is None
    assert Robots.answered(429, b"") is None


def test_an_absurd_delay_is_bounded() -> None:
    assert Robots("User-agent: *\nCrawl-delay: 100000").delay == MAX_DELAY
    assert Robots("User-agent: *\nCrawl-delay: soon").delay == 0.0


def test_where_the_rules_of_an_address_stand() -> None:
    assert robots_url("https://u:p@gull.example:8443/a?b") == "https://gull.example:8443/robots.txt"
