from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from crawler.site import SHIPPED, SiteError, find_site, load_folder, load_sites, read_site, site_for
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
        ("limit = 0", "limit: must be a number from 1"),
        ("limit = 2.5", "limit: must be a whole number"),
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


def test_the_shipped_outlets_span_the_world() -> None:
    sites = load_folder(SHIPPED).values()
    assert len(sites) >= 80
    assert len({site.country for site in sites}) >= 15
    assert len({site.language for site in sites}) >= 8


def test_whatever_a_shipped_file_states_says_where_it_was_seen() -> None:
    unseen = [
        f"{file.stem}: {table.get('url', 'article_url')}"
        for file in sorted(SHIPPED.glob("*.toml"))
        for stated in [tomllib.loads(file.read_text(encoding="utf-8"))]
        for table in [*stated.get("feeds", []), *stated.get("sitemaps", []), *stated.get("sections", [])]
        + ([{"seen": stated.get("article_url_seen")}] if "article_url" in stated else [])
        if not table.get("seen")
    ]
    assert unseen == []


def test_an_address_finds_its_outlet_without_reading_the_others(tmp_path: Path) -> None:
    (tmp_path / "gull.example.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "tern.example.toml").write_text("of tern.example", encoding="utf-8")
    found = find_site("https://m.gull.example/news/1", None, tmp_path)
    assert found is not None
    assert found.name == "The Gull"
    assert find_site("https://unknown.example/news/1", tmp_path) is None
    assert find_site("no address", tmp_path) is None
    with pytest.raises(SiteError, match=r"tern\.example\.toml"):
        find_site("https://tern.example/", tmp_path)
    with pytest.raises(SiteError, match="no such folder"):
        find_site("https://gull.example/", tmp_path / "missing")


def test_ones_own_file_of_an_outlet_is_found_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "her.ie.toml").write_text(SMALL.replace("gull.example", "her.ie"), encoding="utf-8")
    found = find_site("https://www.her.ie/news/1", tmp_path)
    assert found is not None
    assert found.name == "The Gull"


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
