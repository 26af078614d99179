from __future__ import annotations

from pathlib import Path

import pytest

from crawler.site import SHIPPED, SiteError, load_folder, load_sites, read_site, site_for
from crawler.site_file import parse_site

SMALL = """
name = "The Gull"
hosts = ["www.gull.example", "gull.example"]
language = "en"
timezone = "Europe/Dublin"
article_url = '^/news/'
delay = 0.5
[[feeds]]
url = "https://www.gull.example/feed/"
seen = "the front page"
[[sitemaps]]
url = "https://www.gull.example/news.xml"
kind = "news"
[rules]
body = ".story"
remove = [".promo", "aside"]
"""


def test_a_site_file_gives_a_site_with_its_rules() -> None:
    site = parse_site(SMALL, "gull.example.toml")
    assert site.domain == "gull.example"
    assert site.delay == 0.5
    assert site.concurrency == 1
    assert [listing.kind for listing in (*site.feeds, *site.sitemaps)] == ["feed", "news"]
    assert site.article_url is not None
    assert site.article_url.search("/news/gulls")
    assert site.rules.body == (".story",)
    assert site.rules.remove == (".promo", "aside")
    assert site.rules.timezone == "Europe/Dublin"
    assert site.rules.language == "en"
    assert site.front_page == "https://www.gull.example/"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("colour = 1", "colour: unknown key"),
        ("delay = -1", "delay: must be a number"),
        ("concurrency = 1.5", "concurrency: must be a whole number"),
        ("article_url = '('", "article_url: no regular expression"),
        ("timezone = 'Europe/Gullville'", "timezone: 'Europe/Gullville' is no zone"),
        ("[[feeds]]\nurl = 'ftp://gull.example/'", "feeds 1: url: 'ftp://gull.example/' is no http"),
        ("[[sitemaps]]\nurl = 'http://gull.example/'\nkind = 'x'", "sitemaps 1: kind: must be one of"),
        ("[[sections]]\nurl = 'http://gull.example/'\nwhen = 'now'", "sections 1: when: unknown key"),
        ("[rules]\nbody = 3", "rules: body: must be a CSS selector"),
        ("[rules]\nbody = 'div['", "rules: body: 'div[' is no CSS selector"),
        ("[rules]\nbodies = 'div'", "rules: bodies: unknown key"),
        ("name =", "no TOML"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_file_and_key(line: str, named: str) -> None:
    with pytest.raises(SiteError) as caught:
        parse_site(f'name = "G"\nhosts = ["gull.example"]\nlanguage = "en"\n{line}', "here.toml")
    assert str(caught.value).startswith(f"here.toml: {named}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("key", ["name", "hosts", "language"])
def test_what_every_file_must_say(key: str) -> None:
    lines = {"name": 'name = "G"', "hosts": 'hosts = ["gull.example"]', "language": 'language = "en"'}
    del lines[key]
    with pytest.raises(SiteError, match=f"^here.toml: {key}: m"):
        parse_site("\n".join(lines.values()), "here.toml")


def test_a_file_is_named_after_its_registrable_domain(tmp_path: Path) -> None:
    (tmp_path / "gulls.toml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(SiteError, match=r"so the file is gull\.example\.toml"):
        load_folder(tmp_path)


def test_a_folder_of_ones_own_overrides_the_shipped_files(tmp_path: Path) -> None:
    own = SMALL.replace("gull.example", "her.ie")
    (tmp_path / "her.ie.toml").write_text(own, encoding="utf-8")
    assert load_sites()["her.ie"].name != "The Gull"
    assert load_sites(tmp_path)["her.ie"].name == "The Gull"
    with pytest.raises(SiteError, match="no such folder"):
        load_sites(tmp_path / "missing")


def test_every_shipped_file_is_read() -> None:
    sites = load_folder(SHIPPED)
    assert len(sites) == len(list(SHIPPED.glob("*.toml")))


@pytest.mark.parametrize(
    ("url", "owned"),
    [
        ("https://www.gull.example/a", True),
        ("https://gull.example:8080/a", True),
        ("http://m.gull.example/a", True),
        ("https://AMP.gull.example/a", True),
        ("https://shop.gull.example/a", False),
        ("https://gull.example.evil.example/a", False),
        ("https://notgull.example/a", False),
        ("http://[bad/a", False),
        ("mailto:a@gull.example", False),
    ],
)
def test_an_outlet_owns_its_hosts_and_their_twins(url: str, owned: bool) -> None:
    assert parse_site(SMALL, "gull.example.toml").owns(url) is owned


def test_an_address_finds_its_outlet(tmp_path: Path) -> None:
    file = tmp_path / "gull.example.toml"
    file.write_text(SMALL, encoding="utf-8")
    site = read_site(file)
    assert site_for({site.domain: site}, "https://www.gull.example/news/1") is site
    assert site_for({site.domain: site}, "https://other.example/news/1") is None
