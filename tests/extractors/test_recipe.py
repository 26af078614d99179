import contextlib
import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors import Article, ExtractionError, NotAnArticle, SiteRules, extract
from tests.growth import assert_linear

URL = "https://www.dailyglint.example/showbiz/2026/11/20/orla-quinn-leaves-the-long-room"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PAGE = """<!doctype html><html lang="en-IE"><head><meta charset="utf-8">
<title>Orla Quinn leaves | The Daily Glint</title>
<meta property="og:site_name" content="The Daily Glint"><meta property="og:type" content="article">
<meta property="og:title" content="Orla Quinn leaves The Long Room"><meta name="author" content="Tom Hale">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Orla Quinn leaves The Long Room", "datePublished": "2026-11-20T10:00:00+00:00",
"keywords": ["Orla Quinn", "TV"], "articleSection": "Showbiz",
"author": {"@type": "Person", "name": "Tom Hale", "url": "/author/tom-hale"}}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/showbiz">Showbiz</a></li></ul></nav>
<article><header><h1>Orla Quinn leaves The Long Room</h1>
<p class="standfirst">The singer wants to see the sea again</p>
<div class="byline">By <a rel="author" href="/author/tom-hale">Tom Hale</a>
<time datetime="2026-11-20T10:00:00Z">20 Nov</time></div></header>
<div class="entry-content">
<p>Orla Quinn, 47, has left the longest running show of Irish television, her manager said on Monday.</p>
<p>“I have had nine lovely years,” the singer told <a href="https://other.example/">The Evening Star</a> on Tuesday.
“Now I want to see the sea.”</p>
<figure><img src="/orla.jpg" alt="Orla"><figcaption>Orla Quinn in Cork (Image: Glint Pictures)</figcaption></figure>
<h2>Nobody knows who comes next</h2>
<p>The station would not say who takes her place when the show is back in March, and nobody there seems to know.</p>
<ul><li>The show began in 2001.</li><li>It has had four hosts.</li></ul>
<p>Her sister Juno Quinn said that the family is proud, and that the sea has been there all along.</p>
</div></article><footer>© 2026 The Daily Glint</footer></body></html>"""
BYTES = PAGE.encode()


def attempt(html: bytes | str, charset: str | None = None) -> Article | None:
    """The record; None of a page that is refused. Anything else that is raised fails the test."""
    try:
        return extract(html, url=URL, fetched_at=NOW, charset=charset)
    except ExtractionError as problem:
        refused = str(problem)
    assert refused
    assert "\n" not in refused
    return None


SENTENCES = [
    "Odalys Brampton has left the band that she founded in a garage in 2009, her label said on Tuesday morning.",
    "The singer, 41, told fans that she needed “a year with no buses in it”, and thanked them for their patience.",
    "Her brother Ferris, who plays the drums, will lead the group through the last nine dates of its autumn tour.",
    "A spokeswoman for the label said that the search for a new voice would begin in the spring, not before.",
]


def test_a_page_gives_its_facts() -> None:
    article = extract(BYTES, url=URL + "?utm_source=x", fetched_at=NOW)
    assert article.url == URL + "?utm_source=x"
    assert article.canonical_url == URL
    assert article.site == "dailyglint.example"
    assert article.language == "en"
    assert article.headline == "Orla Quinn leaves The Long Room"
    assert article.dek == "The singer wants to see the sea again"
    assert [author.name for author in article.authors] == ["Tom Hale"]
    assert article.authors[0].url == "https://www.dailyglint.example/author/tom-hale"
    assert article.section == "Showbiz"
    assert article.tags == ("Orla Quinn", "TV")
    assert article.provenance["headline"] == "h1"


def test_bytes_and_text_give_the_same_record() -> None:
    assert extract(BYTES, url=URL, fetched_at=NOW) == extract(PAGE, url=URL, fetched_at=NOW)
    assert extract(PAGE.encode("utf-16"), url=URL, fetched_at=NOW) == extract(PAGE, url=URL, fetched_at=NOW)


@pytest.mark.parametrize("wrong", [None, 7, bytearray(b"<p>x"), ["<p>x"], memoryview(b"<p>x")])
def test_a_page_of_a_wrong_type_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError):
        extract(wrong)  # type: ignore[arg-type]


def test_arguments_of_a_wrong_type_and_a_time_without_a_zone_are_refused() -> None:
    with pytest.raises(TypeError):
        extract(PAGE, url=b"https://glint.example/")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        extract(PAGE, fetched_at="2026-11-21")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="zone"):
        extract(PAGE, fetched_at=datetime(2026, 11, 21))


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"", "empty"),
        ("  \n", "empty"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type /Catalog>>", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (bytes(range(256)) * 40, "no HTML page"),
        (b"\0" * 1000, "empty"),
        (b"<" + b"\0\1\2\3\4\5\6\7" * 500, "binary"),
        (b'{"headline": "Orla"}', "no tag"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "<rss>"),
        (b"<!doctype html>", "no element"),
        ("<p " + " ".join(f"a{number}" for number in range(100_000)) + ">x", "attributes"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_refused_in_one_clear_line(html: bytes | str, reason: str) -> None:
    with pytest.raises(ExtractionError, match=reason) as refused:
        extract(html, url=URL)
    assert not isinstance(refused.value, NotAnArticle)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "html",
    ["<p>x", "<html></html>", "<div id=app></div><script>boot()</script>", "<title>Just a moment...</title><p>x"],
)
def test_a_page_without_an_article_is_refused_as_such(html: str) -> None:
    with pytest.raises(NotAnArticle):
        extract(html, url=URL)


def test_a_page_cut_anywhere_gives_a_record_or_a_refusal() -> None:
    for end in range(0, len(BYTES), 97):
        attempt(BYTES[:end])


@pytest.mark.parametrize(
    "charset", ["ascii", "latin-1", "shift_jis", "utf-16", "utf-7", "koi8-r", "no-such", "", "x" * 1000]
)
def test_a_wrong_charset_never_raises(charset: str) -> None:
    assert attempt(BYTES, charset=charset) is not None
    attempt(BYTES.replace(b"\xe2\x80\x9c", b"\x93"), charset=charset)
    attempt(PAGE.encode("utf-8").decode("latin-1").encode("utf-8"), charset=charset)


ODD_ADDRESSES = [
    *(None, "", "http://[", "no address", "file:///etc/hosts", "http://x:y/", "//glint.example"),
    "https://" + "a." * 5000,
]


@pytest.mark.parametrize("url", ODD_ADDRESSES)
def test_any_address_may_be_given(url: str | None) -> None:
    with contextlib.suppress(NotAnArticle):
        assert extract(BYTES, url=url).url == url


PIECES = [
    *("<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<ul><li>", "<table>", "<button>", "<a href='http://['>"),
    *("<time datetime='0000-00-00'>", "<figure>", "<blockquote>", "<iframe src='//x'>", "</script>", "<!--", "-->"),
    *("<script type='application/ld+json'>", "<![CDATA[", "<svg>", "<br>", "<style>", "<title>", "<template>"),
    *("“", "”", '"', "'", "said", "By", "&#0;", "&#xD800;", "&nbsp;", "\0", "\ud800", "\u200b", "\r\n"),
    *("2 weeks ago", "31 February 2026", "9999-12-31T24:00", "<base href='http://['>", "<html lang='x-klingon'>"),
    '{"@type": "NewsArticle", "datePublished": "0000-00-00", "author": [[[{"@id": "#a"}]]]}',
    *("<meta property='article:tag' content=','>", "<h2 itemprop='headline' itemscope>", "<noscript>"),
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The page with pieces put in, taken out, doubled and swapped."""
    page = PAGE
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(page)))
        end = draw(st.integers(start, min(len(page), start + 400)))
        what = draw(st.sampled_from(["insert", "delete", "double", "replace", "move"]))
        piece = draw(st.sampled_from(PIECES) | st.text(max_size=12))
        if what == "insert":
            page = page[:start] + piece * draw(st.integers(1, 5)) + page[start:]
        elif what == "delete":
            page = page[:start] + page[end:]
        elif what == "double":
            page = page[:end] + page[start:]
        elif what == "replace":
            page = page[:start] + piece + page[end:]
        else:
            page = page[:start] + page[end:] + page[start:end]
    return page


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mutated(), st.booleans())
def test_a_mutated_page_gives_a_sound_record_or_a_refusal(html: str, as_bytes: bool) -> None:
    article = attempt(html.encode("utf-8", "surrogatepass") if as_bytes else html)
    if article is None:
        return
    json.dumps(article.to_dict(), allow_nan=False).encode("utf-8")
    texts = [block.text for block in article.body]
    assert all(text == " ".join(text.split()) and text for text in texts)
    assert all(texts[quote.block][quote.start : quote.end] == quote.text for quote in article.quotes)
    assert all(texts[mention.block][mention.start : mention.end] == mention.text for mention in article.date_mentions)
    assert all(-1 <= item.after_block < len(texts) for item in (*article.images, *article.embeds))
    assert article.headline is None or article.headline == " ".join(article.headline.split())


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_give_a_refusal_or_a_record(data: bytes) -> None:
    attempt(data)
    attempt(b"<html>" + data)


def test_rules_select_fields_and_do_no_harm_where_they_match_nothing() -> None:
    rules = SiteRules(headline=("nav li",), authors=(".none",), dek=("h2",))
    article = extract(BYTES, url=URL, rules=rules)
    assert article.headline == "Home"
    assert article.dek == "Nobody knows who comes next"
    assert [author.name for author in article.authors] == ["Tom Hale"]


HOSTILE = {
    "siblings": "<p>a</p>",
    "words": "word ",
    "nesting": "<div>",
    "quotation marks": "“",
    "headings": "<h1>Orla Quinn leaves</h1>",
    "bylines": "<div class='byline'>By Orla Quinn</div>",
    "dates": "<time datetime='2026-11-20'>20 November 2026</time>",
    "standfirsts": "<div class='standfirst'>",
    "items": "<b itemprop='author' itemscope>",
    "scripts": "<script type='application/ld+json'>{\"a\":",
    "entities": "&amp;#38;",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_length_of_the_page(name: str) -> None:
    assert_linear(
        lambda times: f"<html><body><h1>Orla</h1><p>{HOSTILE[name] * times}</p></body></html>", attempt, 1_000
    )


def test_the_library_loads_no_crawler_database_or_network_client() -> None:
    others = ("scrapy", "sqlite3", "requests", "dateparser", "trafilatura")
    code = f"import sys, extractors; print([name for name in {others} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_last_resort_is_asked_for_a_page_whose_text_looks_like_a_list_of_links_and_the_record_says_so() -> None:
    linked = "".join(f"<p><a href='/{number}'>{line}</a></p>" for number, line in enumerate(SENTENCES))
    article = extract(
        "<html><head><title>Odalys Brampton leaves The Larkspurs</title><meta property='og:type' content='article'>"
        "</head><body><h1>Odalys Brampton leaves The Larkspurs</h1>"
        f"<div class='related-links sidebar'>{linked}</div></body></html>"
    )
    assert [block.text for block in article.body] == SENTENCES
    assert article.provenance["body"] == "trafilatura"
    assert float(article.provenance["body.confidence"]) < 0.4


def test_a_page_that_the_parser_cut_is_noticed_mended_and_told() -> None:
    depth = 3_000
    paragraphs = "".join(f"<p>{line}</p>" for line in SENTENCES)
    page = f"<html><body><h1>Odalys Brampton leaves</h1>{'<div>' * depth}{paragraphs}{'</div>' * depth}</body></html>"
    article = extract(page)
    assert [block.text for block in article.body] == SENTENCES
    assert article.provenance["document"] == "nested deeper than 2048: <div> flattened"
    assert (
        "document" not in extract(page.replace("<div>" * depth, "<div>").replace("</div>" * depth, "</div>")).provenance
    )


def test_what_no_flattening_brings_back_is_told_as_cut() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in SENTENCES)
    lost = "".join(f"<x-{number}>" for number in range(3_000)) + "<p>Nobody reads this.</p>"
    article = extract(f"<html><body><h1>Odalys Brampton leaves</h1>{paragraphs}{lost}</body></html>")
    assert [block.text for block in article.body] == SENTENCES
    assert article.provenance["document"].endswith("the rest cut")
