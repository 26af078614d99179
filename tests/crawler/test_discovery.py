from __future__ import annotations

import gzip

import pytest

from crawler.discovery.feeds import read_feed
from crawler.discovery.links import read_links
from crawler.discovery.shape import looks_like_article
from crawler.discovery.sitemaps import MAX_CHILDREN, MAX_ENTRIES, read_sitemap
from crawler.discovery.times import day_in, moment
from crawler.discovery.xml import NotXml
from crawler.site_file import parse_site

SITE = parse_site('name = "G"\nhosts = ["www.gull.example"]\nlanguage = "en"', "gull.example.toml")

RSS = b"""<?xml version="1.0"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<link>http://gull.example/</link><atom:link href="http://gull.example/feed" rel="self"/>
<item><title>A</title><link>http://gull.example/a</link><pubDate>Fri, 20 Nov 2026 09:00:00 +0100</pubDate></item>
<item><title>B</title><guid isPermaLink="true">http://gull.example/b</guid><dc:date>2026-11-20T10:00:00Z</dc:date></item>
<item><title>C</title><guid isPermaLink="false">http://gull.example/?p=7</guid></item>
<item><title>D & E</title><link>/d</link></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://gull.example/"/>
<entry><link rel="self" href="http://gull.example/api/a"/><link rel="alternate" href="a.html"/>
<published>2026-11-19T08:00:00Z</published><updated>2026-11-20T08:00:00Z</updated></entry>
<entry><link href="http://gull.example/b"/></entry></feed>"""

NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> http://gull.example/old </loc><news:news><news:publication_date>2026-11-19</news:publication_date>
</news:news><image:image><image:loc>http://gull.example/a.jpg</image:loc></image:image></url>
<url><loc>http://gull.example/new</loc><lastmod>2026-11-21T08:00:00+00:00</lastmod><news:news/></url>
<url><loc>mailto:desk@gull.example</loc></url><url/></urlset>"""

INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>http://gull.example/post-1.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
<sitemap><loc>http://gull.example/post-2.xml.gz</loc><lastmod>2026-11-01</lastmod></sitemap>
<sitemap><loc>http://gull.example/author-sitemap.xml</loc></sitemap>
<sitemap><loc>http://gull.example/index.xml</loc></sitemap></sitemapindex>"""


def test_rss_gives_articles_and_their_times() -> None:
    found = read_feed(RSS, "http://gull.example/feed")
    assert [item.url.rpartition("/")[2] for item in found] == ["a", "b", "d"]
    assert [item.lastmod for item in found] == [moment("2026-11-20T08:00:00Z"), moment("2026-11-20T10:00:00Z"), None]


def test_atom_gives_the_alternate_link_and_the_newest_time() -> None:
    found = read_feed(ATOM, "http://gull.example/feed/")
    assert [item.url for item in found] == ["http://gull.example/feed/a.html", "http://gull.example/b"]
    assert found[0].lastmod == moment("2026-11-20T08:00:00Z")


def test_json_feed_gives_articles_and_their_newest_time() -> None:
    body = b"""{"version": "https://jsonfeed.org/version/1.1", "items": [
        {"id": "1", "url": "/a", "date_published": "2026-11-19T08:00:00Z", "date_modified": "2026-11-20T08:00:00Z"},
        {"id": "http://gull.example/b"}, {"id": "3"}, {"url": 7}, "no item", {"url": "mailto:desk@gull.example"}]}"""
    found = read_feed(body, "http://gull.example/feed.json")
    assert [item.url for item in found] == ["http://gull.example/a", "http://gull.example/b"]
    assert [item.lastmod for item in found] == [moment("2026-11-20T08:00:00Z"), None]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"<html><p>no feed", b"\x00\xff\x00", b"<rss><item><link>http://[</link></item>", b'{"items": [', b"{}",
        b'{"items": {"url": "/a"}}', b"{" * 100_000,
    ],
)  # fmt: skip
def test_a_broken_feed_gives_what_it_has(body: bytes) -> None:
    assert read_feed(body, "http://gull.example/feed") == []


def test_a_feed_that_is_cut_off_gives_its_beginning() -> None:
    found = read_feed(RSS[: RSS.index(b"<item><title>C")], "http://gull.example/feed")
    assert [item.url for item in found] == ["http://gull.example/a", "http://gull.example/b"]


def test_a_feed_without_end_is_read_to_a_bound() -> None:
    many = b"<rss>" + b"<item><link>http://gull.example/a</link></item>" * 50_000 + b"</rss>"
    assert len(read_feed(many, "http://gull.example/feed")) == MAX_ENTRIES


def test_a_news_sitemap_is_known_for_one_and_newest_first() -> None:
    sitemap = read_sitemap(NEWS, "http://gull.example/news.xml")
    assert sitemap.is_news
    assert [item.url for item in sitemap.articles] == ["http://gull.example/new", "http://gull.example/old"]
    assert sitemap.articles[1].lastmod == moment("2026-11-19")


@pytest.mark.parametrize("body", [INDEX, gzip.compress(INDEX)])
def test_an_index_gives_its_sitemaps_but_not_itself_and_no_authors(body: bytes) -> None:
    sitemap = read_sitemap(body, "http://gull.example/index.xml")
    assert [item.url.rpartition("/")[2] for item in sitemap.children] == ["post-2.xml.gz", "post-1.xml"]
    assert sitemap.articles == ()


def test_a_feed_or_a_text_may_stand_in_a_sitemaps_place() -> None:
    assert len(read_sitemap(RSS, "http://gull.example/sitemap.xml").articles) == 3
    text = b"\xef\xbb\xbfhttp://gull.example/a\r\nhttps://gull.example/b\r\n"
    found = read_sitemap(text, "http://gull.example/sitemap.txt").articles
    assert [item.url for item in found] == ["http://gull.example/a", "https://gull.example/b"]
    with pytest.raises(NotXml):
        read_sitemap(b"http://gull.example/a is where our news stand", "http://gull.example/sitemap.txt")


def test_what_is_no_sitemap_says_so() -> None:
    assert read_sitemap(b"<urlset></urlset>", "http://gull.example/s.xml").articles == ()
    with pytest.raises(NotXml):
        read_sitemap(b"<html><body>Not found", "http://gull.example/s.xml")
    with pytest.raises(NotXml, match="broken gzip"):
        read_sitemap(b"\x1f\x8bxxxxxxxxxxxxxxxx", "http://gull.example/s.xml")
    with pytest.raises(NotXml, match="more than 50 MB"):
        read_sitemap(gzip.compress(b" " * (51 * 1024 * 1024)), "http://gull.example/s.xml")


def test_entities_are_not_opened() -> None:
    body = b'<!DOCTYPE u [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://g.example/&e;</loc></url></urlset>'
    assert not [item for item in read_sitemap(body, "http://g.example/s.xml").articles if "root" in item.url]


def test_a_page_gives_its_links_and_feeds() -> None:
    body = b"""<html><head><base href="/celeb/"><link rel="alternate" type="application/rss+xml" href="/feed">
    <link rel="alternate" hreflang="de" href="/de"></head>
    <a href="one">1</a><a href="one#top">1</a><a href="/two" rel="nofollow">2</a><a href="javascript:x">3</a>
    <a>4</a><a href="http://[">5</a><a href="https://other.example/x">6</a>"""
    links = read_links(body, "https://www.gull.example/")
    assert [item.url for item in links.pages] == ["https://www.gull.example/celeb/one", "https://other.example/x"]
    assert [(item.url, item.kind) for item in links.feeds] == [("https://www.gull.example/feed", "feed")]
    assert read_links(b"", "https://www.gull.example/").pages == ()


@pytest.mark.parametrize(
    ("path", "article"),
    [
        ("/celeb/star-weds-in-secret-ceremony-412391", True),
        ("/2026/11/19/star-weds/", True),
        ("/news/a-star-is-seen-with-a-dog.html", True),
        ("/news/a-star-is-seen-with-a-dog.phtml", True),
        ("/", False),
        ("/celebrity/", False),
        ("/category/star-weds-in-secret/", False),
        ("/tag/a-b-c-d/", False),
        ("/author/ann-lee-smith-jones/", False),
        ("/privacy-policy/", False),
        ("/wp-content/uploads/2026/11/star-weds-in-secret.jpg", False),
        ("/search/star-weds-in-secret-again", False),
        ("/login?next=/star-weds-in-secret-again", False),
    ],
)
def test_without_a_pattern_the_shape_decides(path: str, article: bool) -> None:
    assert looks_like_article("https://www.gull.example" + path, SITE) is article


def test_a_feed_is_believed_but_only_about_its_own_outlet() -> None:
    assert looks_like_article("https://www.gull.example/x", SITE, named=True)
    assert not looks_like_article("https://www.gull.example/", SITE, named=True)
    assert not looks_like_article("https://other.example/star-weds-in-secret-now", SITE, named=True)


def test_the_sites_own_pattern_decides_where_it_has_one() -> None:
    text = "name = 'G'\nhosts = ['gull.example']\nlanguage = 'en'\narticle_url = '^/story/'"
    site = parse_site(text, "gull.example.toml")
    assert looks_like_article("https://gull.example/story/x", site)
    assert not looks_like_article("https://gull.example/celeb/star-weds-in-secret-ceremony-412391", site, named=True)


def test_an_index_of_a_thousand_months_gives_news_and_the_newest() -> None:
    months = [f"{year}-{month:02}" for year in range(1999, 2027) for month in range(1, 13)][:335]
    named = "".join(f"<sitemap><loc>http://gull.example/map-{month}.xml</loc></sitemap>" for month in months)
    body = f"<sitemapindex>{named}<sitemap><loc>http://gull.example/news.xml</loc></sitemap></sitemapindex>".encode()
    names = [item.url.rpartition("/")[2] for item in read_sitemap(body, "http://gull.example/index.xml").children]
    assert names[:3] == ["news.xml", "map-2026-11.xml", "map-2026-10.xml"]
    assert len(names) == MAX_CHILDREN
    since = moment("2023-06-15")
    back = [item.url for item in read_sitemap(body, "http://gull.example/index.xml", since).children]
    assert back[-1].endswith("map-2023-06.xml")


@pytest.mark.parametrize(
    ("address", "end"),
    [
        ("http://gull.example/2026/11/22/star-weds", "2026-11-23"),
        ("http://gull.example/2026-11-22-star-weds.html", "2026-11-23"),
        ("http://gull.example/star-weds-412391", None),
    ],
)
def test_the_day_in_an_address_is_told_by_its_end(address: str, end: str | None) -> None:
    assert day_in(address) == (None if end is None else moment(end))
