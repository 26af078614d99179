from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from extractors.dates import find_dates
from extractors.document import Document
from extractors.rules import SiteRules
from tests.growth import assert_linear

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BODY = "<p>" + "Ada Quill has spoken about the storm at the harbour festival for the first time. " * 4 + "</p>"


def page(head: str = "", above: str = "", below: str = "", lang: str = "en") -> str:
    return (
        f'<html lang="{lang}"><head><title>A storm</title>{head}</head><body><main><article><header><h1>A storm</h1>'
        f"{above}</header>{BODY * 3}</article></main>{below}</body></html>"
    )


def ld(**values: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "A storm", **values}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def meta(**values: str) -> str:
    names = {"published": "article:published_time", "modified": "article:modified_time"}
    return "".join(f'<meta property="{names[name]}" content="{value}">' for name, value in values.items())


def dates(html: str, url: str | None = None, rules: SiteRules | None = None, language: str = "en") -> tuple[Any, Any]:
    published, modified = find_dates(Document(html, url=url, fetched_at=NOW, rules=rules), language)
    return (
        published.value.value if published.value else None,
        modified.value.value if modified.value else None,
    )


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_jsonld_comes_before_meta_and_both_before_print() -> None:
    html = page(
        ld(datePublished="2026-11-20T08:00:01Z", dateModified="2026-11-20T09:00:02Z")
        + meta(published="2026-11-19T08:00:00Z", modified="2026-11-21T08:00:00Z"),
        '<p class="byline">Published: 22 November 2026, 10:05</p>',
    )
    published, modified = find_dates(Document(html, fetched_at=NOW), "en")
    assert published.value is not None
    assert modified.value is not None
    assert (published.value.value, published.value.raw) == (utc(2026, 11, 20, 8, 0, 1), "2026-11-20T08:00:01Z")
    assert (published.value.source, published.source) == ("json-ld", "json-ld:datePublished")
    assert modified.value.value == utc(2026, 11, 20, 9, 0, 2)


@pytest.mark.parametrize(
    "markup",
    [
        '<meta name="parsely-pub-date" content="2026-11-20T08:00:01Z">',
        '<meta name="sailthru.date" content="2026-11-20 08:00:01 +0000">',
        '<meta name="DC.date.issued" content="2026-11-20T08:00:01Z">',
        '<meta itemprop="datePublished" content="2026-11-20T08:00:01Z">',
        '<meta name="x-published-date" content="2026-11-20T08:00:01Z">',
    ],
)
def test_meta_tags_of_many_names(markup: str) -> None:
    assert dates(page(markup)) == (utc(2026, 11, 20, 8, 0, 1), None)


def test_a_date_is_never_given_for_the_other() -> None:
    assert dates(page(meta(modified="2026-11-20T08:00:01Z"))) == (None, utc(2026, 11, 20, 8, 0, 1))
    assert dates(page(meta(published="2026-11-20T08:00:01Z"))) == (utc(2026, 11, 20, 8, 0, 1), None)
    assert dates(page(above="<p>Updated <time>20 November 2026</time></p>")) == (None, date(2026, 11, 20))


def test_a_place_that_says_more_completes_the_first() -> None:
    assert dates(page(meta(published="2026-11-20"), '<time datetime="2026-11-20T09:50:00Z">20 Nov</time>')) == (
        utc(2026, 11, 20, 9, 50),
        None,
    )
    assert dates(page(ld(datePublished="2026-11-20T00:00:00Z") + meta(published="2026-11-20T09:50:07Z")))[0] == utc(
        2026, 11, 20, 9, 50, 7
    )
    assert dates(page(ld(datePublished="2026-11-20T09:50:07") + meta(published="2026-11-20T08:50:07Z")))[0] == utc(
        2026, 11, 20, 8, 50, 7
    )


def test_local_time_labelled_as_utc_is_seen_through_where_the_page_says_the_offset() -> None:
    html = page(ld(datePublished="2026-07-16T11:48:00Z"), '<time datetime="2026-07-16T11:48:00+01:00">11:48</time>')
    assert dates(html)[0] == utc(2026, 7, 16, 10, 48)
    html = page(ld(datePublished="2026-07-16T17:06:00Z"), "<time>July 16, 2026 5:06pm PT</time>")
    assert dates(html)[0] == utc(2026, 7, 17, 0, 6)


def test_a_true_offset_is_kept_where_another_place_drops_it() -> None:
    html = page(ld(datePublished="2026-07-16T11:48:00+01:00"), '<time datetime="2026-07-16T11:48:00Z">11:48</time>')
    assert dates(html)[0] == utc(2026, 7, 16, 10, 48)


def test_two_places_outvote_a_twelve_hour_clock_and_its_date_of_change_is_dropped_with_it() -> None:
    html = page(
        ld(datePublished="2026-07-16T02:39:54+02:00", dateModified="2026-07-16T02:49:19+02:00")
        + '<meta name="sailthru.date" content="2026-07-16 14:39:54">',
        '<time datetime="2026-07-16T14:39+02:00">16.07.2026</time>',
        lang="de",
    )
    published, modified = dates(html, language="de")
    assert published.replace(second=0) == utc(2026, 7, 16, 12, 39)
    assert modified is None


def test_a_change_before_publication_gives_way_to_a_later_one() -> None:
    html = page(
        ld(datePublished="2026-11-20T01:06:51Z", dateModified="2026-11-19T17:54:08Z")
        + meta(published="2026-11-20T01:06:51Z", modified="2026-11-20T01:54:08Z")
    )
    assert dates(html) == (utc(2026, 11, 20, 1, 6, 51), utc(2026, 11, 20, 1, 54, 8))


def test_equal_dates_are_both_given() -> None:
    same = "2026-11-20T01:06:51Z"
    assert dates(page(ld(datePublished=same, dateModified=same))) == (utc(2026, 11, 20, 1, 6, 51),) * 2


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("<p>By Ada Quill | November 20, 2026 4:32 PM EST</p>", utc(2026, 11, 20, 21, 32)),
        ("<p>Ada Quill<br>20 November 2026, 14:05</p>", datetime(2026, 11, 20, 14, 5)),
        ("<div><span>Published:</span> <span>14:05, 20 Nov 2026</span></div>", datetime(2026, 11, 20, 14, 5)),
        ('<div class="meta">3 hours ago</div>', utc(2026, 11, 22, 9)),
        ("<span>1 day ago</span>", date(2026, 11, 21)),
        ("<time>2 weeks ago</time>", date(2026, 11, 8)),
        ('<div class="c-date">Nov 20, 2026 · 4 min read</div>', date(2026, 11, 20)),
        ("<p>Posted on <!-- -->November 20, 2026</p>", date(2026, 11, 20)),
    ],
)
def test_printed_lines_near_the_headline(line: str, value: object) -> None:
    assert dates(page(above=line)) == (value, None)


def test_published_and_updated_on_one_line() -> None:
    line = "<p>Published: 18 November 2026, 14:05 | Updated: 19 November 2026, 9:00</p>"
    assert dates(page(above=line)) == (datetime(2026, 11, 18, 14, 5), datetime(2026, 11, 19, 9, 0))


@pytest.mark.parametrize(
    ("lang", "line", "value"),
    [
        ("de", "<p>Von Ada Quill, 20.11.2026, 14:05 Uhr</p>", datetime(2026, 11, 20, 14, 5)),
        ("de", "<p>vor 2 Stunden</p>", utc(2026, 11, 22, 10)),
        ("fr", "<p>Publié le 20 novembre 2026 à 14h05</p>", datetime(2026, 11, 20, 14, 5)),
        ("es", "<p>Publicado: 20 de noviembre de 2026</p>", date(2026, 11, 20)),
    ],
)
def test_printed_lines_in_other_languages(lang: str, line: str, value: object) -> None:
    assert dates(page(above=line, lang=lang), language=lang) == (value, None)


@pytest.mark.parametrize(
    ("lang", "line", "value"),
    [
        ("pl", "<p>20 listopada 2026, 14:05</p>", datetime(2026, 11, 20, 14, 5)),
        ("pl", "<p>Opublikowano: 20 listopada 2026</p>", date(2026, 11, 20)),
        ("fi", "<p>20. marraskuuta 2026</p>", date(2026, 11, 20)),
        ("xx", "<p>20 gorpember 2026</p>", None),
    ],
)
def test_languages_without_words_of_their_own(lang: str, line: str, value: object) -> None:
    assert dates(page(above=line, lang=lang), language=lang) == (value, None)


@pytest.mark.parametrize(
    "line",
    [
        "<p>The festival began on November 20, 2019 and grew.</p>",
        "<p>Ada Quill was born on 3 March 1990.</p>",
        "<p>Her first book was published on 3 March 1990.</p>",
        "<p>© 2026 The Evening Lantern</p>",
        "<h2>The best songs of 2025</h2>",
    ],
)
def test_sentences_and_copyright_years_give_no_date(line: str) -> None:
    assert dates(page(above=line)) == (None, None)


@pytest.mark.parametrize(
    "foreign",
    [
        '<blockquote class="instagram-media"><time datetime="2026-11-01T08:00:00Z">Nov 1</time></blockquote>',
        '<aside><time datetime="2026-11-01T08:00:00Z">Nov 1</time></aside>',
        '<div class="related-stories"><time datetime="2026-11-01T08:00:00Z">Nov 1</time></div>',
        '<section class="comments"><time datetime="2026-11-01T08:00:00Z">Nov 1</time></section>',
        '<footer><time datetime="2026-11-01T08:00:00Z">Nov 1</time></footer>',
    ],
)
def test_dates_of_embeds_teasers_and_comments_are_not_the_articles(foreign: str) -> None:
    own = '<time datetime="2026-11-20T08:00:00Z">Nov 20</time>'
    assert dates(page(above=own + foreign, below=foreign * 2)) == (utc(2026, 11, 20, 8), None)
    assert dates(page(above=foreign, below=foreign)) == (None, None)


def test_the_address_is_the_last_to_be_asked() -> None:
    url = "https://lantern.example/2026/11/20/a-storm/"
    published, _ = find_dates(Document(page(), url=url, fetched_at=NOW), "en")
    assert published.value is not None
    assert (published.value.value, published.value.raw, published.value.source) == (
        date(2026, 11, 20),
        "2026/11/20",
        "url",
    )
    assert dates(page(), "https://lantern.example/story-20261120-1") == (date(2026, 11, 20), None)
    assert dates(page(), "https://lantern.example/2026/a-storm-12345678") == (None, None)


def test_the_address_turns_a_slashed_date_the_right_way() -> None:
    line = '<p class="date">03/11/2026</p>'
    assert dates(page(above=line), "https://lantern.example/2026/11/03/a-storm/")[0] == date(2026, 11, 3)
    assert dates(page(above=line))[0] == date(2026, 3, 11)
    assert dates(page(above=line, lang="en-GB"))[0] == date(2026, 11, 3)
    assert dates(page(above=line), "https://lantern.co.uk/a-storm")[0] == date(2026, 11, 3)


def test_no_date_lies_ahead_of_the_fetch() -> None:
    html = page(ld(datePublished="2027-01-01T08:00:00Z") + meta(published="2026-11-20T08:00:00Z"))
    assert dates(html)[0] == utc(2026, 11, 20, 8)
    assert dates(page(ld(datePublished="2027-01-01T08:00:00Z"))) == (None, None)
    assert dates(page(ld(datePublished="0000-00-00"))) == (None, None)


def test_rules_of_the_outlet() -> None:
    html = page(ld(datePublished="2026-11-20T08:00:00"), '<b class="d">19 November 2026, 10:00</b>')
    zone = SiteRules(timezone="Europe/Berlin")
    published, _ = find_dates(Document(html, fetched_at=NOW, rules=zone), "en")
    assert published.value is not None
    assert published.value.value == utc(2026, 11, 20, 7)
    assert "rules" in published.source
    assert dates(html, rules=SiteRules(published=("b.d",)))[0] == datetime(2026, 11, 19, 10)
    assert dates(html, rules=SiteRules(published=(".none",)))[0] == datetime(2026, 11, 20, 8)
    lying = page(ld(datePublished="2026-11-20T08:00:00Z"))
    rules = SiteRules(timezone="America/Los_Angeles", utc_means_local=True)
    assert dates(lying, rules=rules)[0] == utc(2026, 11, 20, 16)


@pytest.mark.parametrize("value", [None, 17, 1.5e300, True, [], {}, [["x"]], {"@value": "x"}, "x" * 10_000])
def test_odd_values_do_no_harm(value: object) -> None:
    assert dates(page(ld(datePublished=value, dateModified=value)))[1] is None


def test_a_page_of_nothing_but_dates_takes_linear_time() -> None:
    date = '<div class="date"><time datetime="2026-11-20">20 Nov 2026</time></div>'

    def dated(times: int) -> Document:
        return Document(f"<html><body>{date * times}</body></html>")

    assert len(dated(20_000).elements) > 40_000
    assert_linear(dated, lambda document: find_dates(document, "en"), 2_500)


@pytest.mark.parametrize(
    "printed",
    [
        '<div class="byline">Ada Quill</div><p>3 March 2024</p>',
        '<time datetime="2024-03-03">3 March 2024</time>',
        "<p>Published <b>Mar 3, 2024</b></p><p>Updated <b>Nov 20, 2026</b></p>",
    ],
)
def test_a_date_printed_at_the_headline_is_believed_against_markup_of_a_later_edition(printed: str) -> None:
    edition = ld(datePublished="2026-11-20T08:00:01Z", dateModified="2026-11-20T08:00:01Z")
    assert dates(page(edition, printed)) == (date(2024, 3, 3), utc(2026, 11, 20, 8, 0, 1))


@pytest.mark.parametrize(
    "printed",
    [
        "<p>21 November 2026</p>",
        "<p>Received: 3 March 2024</p><p>Published: 20 November 2026</p>",
        "<p>2 years ago</p>",
        "<p>11/10/2026</p>",
        "<p>Updated 3 March 2024</p>",
    ],
)
def test_markup_is_believed_where_no_whole_day_before_it_is_printed_alone(printed: str) -> None:
    given = utc(2026, 11, 20, 8, 0, 1)
    assert dates(page(ld(datePublished="2026-11-20T08:00:01Z"), printed))[0] == given


def test_markup_that_the_address_bears_out_is_believed_against_print() -> None:
    html = page(ld(datePublished="2026-11-20T08:00:01Z"), "<p>3 March 2024</p>")
    assert dates(html, url="https://example.org/2026/11/20/a-storm")[0] == utc(2026, 11, 20, 8, 0, 1)


@pytest.mark.parametrize(
    "printed",
    [
        '<span class="byline">By <a href="/ada">Ada Quill</a> on Nov. 20, 2026</span>',
        '<div class="meta">Posted by Ada Quill on November 20, 2026</div>',
        "<p>By Ada Quill<br>in <a>Harbours</a><br> on Nov 20, 2026</p>",
        "<p>November 20. 2026</p>",
        "<p>📅Nov. 20. 2026</p>",
        "<p>Von Ada Quill am 20.11.2026</p>",
    ],
)
def test_dates_of_bylines(printed: str) -> None:
    assert dates(page(above=printed)) == (date(2026, 11, 20), None)


def test_a_sentence_that_begins_like_a_byline_has_no_date() -> None:
    assert dates(page(above="<p>By the end of it all on 20 November 2026 they wept</p>")) == (None, None)


def test_the_headline_is_no_logo_and_not_the_name_of_the_site() -> None:
    html = (
        "<html><head><title>A storm at the harbour | Quill</title></head><body><h1><img src='/logo.png'></h1>"
        "<div class='sidebar-layout'><h1>A storm at the harbour</h1><p>20 November 2026</p>" + BODY + "</div></body>"
    )
    assert dates(html) == (date(2026, 11, 20), None)
    assert dates(html.replace("<img src='/logo.png'>", "Daily")) == (date(2026, 11, 20), None)


def test_the_footer_of_an_entry_belongs_to_the_article() -> None:
    footer = '<footer class="{}"><p><time>June 9, 2026</time></p></footer>'
    assert dates(page(below=footer.format("entry-footer"))) == (date(2026, 6, 9), None)
    assert dates(page(below=footer.format("page-end") * 2)) == (None, None)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ('<span class="posted-on"><time class="updated">21 November 2026</time>'
         '<time class="entry-date published">20 November 2026</time></span>', (date(2026, 11, 20), date(2026, 11, 21))),
        ('<time class="published-date">Updated 21 November 2026</time>', (None, date(2026, 11, 21))),
        ('<span class="posted-on">Posted <time class="updated">20 May 2026</time></span>', (date(2026, 5, 20), None)),
        ('<span class="posted-on"><time>20 November 2026</time></span>', (date(2026, 11, 20), None)),
        ('<span class="last-updated"><time>20 November 2026</time></span>', (None, date(2026, 11, 20))),
        ('<div><time class="entry-date updated">20 November 2026</time></div>', (date(2026, 11, 20), None)),
        ('<div>Updated: <time class="entry-date">20 November 2026</time></div>', (None, date(2026, 11, 20))),
    ],
)  # fmt: skip
def test_printed_words_name_a_time_before_its_class_and_that_before_its_parents(
    printed: str, expected: tuple[date | None, date | None]
) -> None:
    assert dates(page(above=printed)) == expected


FAR = "<div>" + "<i></i>" * 500 + "</div>"


@pytest.mark.parametrize(
    "printed",
    [
        "<p>Posted on 20 November 2026</p>",
        "<div>Post time: 20-11-2026</div>",
        "<p>First published: <b>20 November 2026</b></p>",
        "<p><b>Published:</b> 20 November 2026</p>",
        '<div class="sidebar"><h4>Published</h4><div>20 November 2026</div></div>',
        "<dl><dt>Publication date:</dt><dd>20 November 2026</dd></dl>",
        "<div><p>Written by <a>Ada Quill</a></p><p>20 November 2026</p></div>",
    ],
)
def test_a_line_that_says_it_is_of_publication_counts_wherever_it_stands(printed: str) -> None:
    assert dates(page(below=FAR + printed)) == (date(2026, 11, 20), None)


@pytest.mark.parametrize(
    "printed",
    [
        "<p>Last updated 20 November 2026</p>",
        "<p>Posted signs warned of the tide on 20 November 2026, the harbour master said</p>",
        '<div class="sidebar"><p>Posted on 20 November 2026</p><p>Posted on 3 May 2026</p></div>',
        "<p>20 November 2026</p>",
    ],
)
def test_far_from_the_head_nothing_else_is_a_date_of_publication(printed: str) -> None:
    assert dates(page(below=FAR + printed))[0] is None


def test_a_named_place_with_much_in_it_is_read_part_by_part() -> None:
    topics = "".join(f"<a>harbours and their storms {number}</a>" for number in "abcdefg")
    place = f'<div class="meta"><span>20 November 2026</span><div>{topics}</div></div>'
    assert dates(page(below=FAR + place)) == (date(2026, 11, 20), None)


def test_the_clock_of_another_date_is_not_a_dates_own() -> None:
    line = '<div class="meta"><b class="updated">2026-11-21T08:00:01+00:00</b> <b>20 November 2026</b></div>'
    assert dates(page(above=line)) == (date(2026, 11, 20), utc(2026, 11, 21, 8, 0, 1))


def test_the_root_of_a_framework_is_no_teaser() -> None:
    html = '<html><body><div id="__next"><p>A storm</p><p>20 November 2026</p>' + BODY + "</div></body></html>"
    assert dates(html) == (date(2026, 11, 20), None)


CARD = '<a href="/other"><h3>Another storm</h3><time datetime="2026-05-03">3 May 2026</time></a>'


def test_a_card_that_leads_to_another_page_has_no_date_of_this_one() -> None:
    assert dates(page(below=CARD)) == (None, None)
    own = "<aside><h4>Published</h4><time>20 November 2026</time></aside>"
    assert dates(page(below=own + CARD + CARD)) == (date(2026, 11, 20), None)


def test_a_table_that_lays_out_the_page_is_no_table_of_data() -> None:
    body = f"<h2>A storm</h2> 20 November 2026 <div>{BODY * 3}</div>"
    laid_out = f"<html><body><h1>Quill</h1><table><tr><td>{body}</td></tr></table></body></html>"
    assert dates(laid_out) == (date(2026, 11, 20), None)
    data = "<table><tr><td>20 November 2026</td><td>wind</td></tr></table>"
    assert dates(page(above=data)) == (None, None)


def test_a_string_among_inline_elements_is_no_line_of_its_own() -> None:
    long = "The harbour was quiet after the storm had passed and the boats came home. " * 3
    assert dates(page(above=f"<div><p>{long}</p><a>Since</a> 20 November 2026 <a>x</a></div>")) == (None, None)


def test_a_short_date_is_turned_as_another_time_element_of_the_page_has_it() -> None:
    printed = '<time datetime="02-10-2026">02-10-2026</time>'
    listed = '<li><a href="/a-storm"><h4>A storm</h4></a><time datetime="2026-10-02">October 2</time></li>'
    assert dates(page(above=printed))[0] == date(2026, 2, 10)
    assert dates(page(above=printed, below=listed))[0] == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("This story was originally published on 3 May 2024 at 4:12pm and is kept.", datetime(2024, 5, 3, 16, 12)),
        ("Originally published: May 3, 2024", date(2024, 5, 3)),
        ("Her story was first published in Dublin on 3 May 2024.", date(2026, 11, 20)),
        ("The article was originally published on 21 November 2026.", date(2026, 11, 20)),
    ],
)  # fmt: skip
def test_a_page_that_says_when_it_was_first_published_is_believed_against_the_day_at_its_head(
    sentence: str, expected: date
) -> None:
    html = page(above="<p>20 November 2026</p>", below=f"<p>{sentence}</p>")
    assert dates(html)[0] == expected
    assert dates(page(ld(datePublished="2026-11-19"), below=f"<p>{sentence}</p>"))[0] == date(2026, 11, 19)


def test_the_same_moment_is_given_with_the_zone_of_the_place_where_the_page_says_it() -> None:
    html = page(meta(published="2026-11-20T03:05:00+00:00"), '<time datetime="2026-11-19T19:05:00-08:00">Nov 19</time>')
    published, _ = find_dates(Document(html, fetched_at=NOW), "en")
    assert published.value is not None
    assert (published.value.value, published.value.raw) == (utc(2026, 11, 20, 3, 5), "2026-11-19T19:05:00-08:00")


def test_a_node_of_the_page_completes_the_day_of_its_article() -> None:
    node = (
        '<script type="application/ld+json">{"@type": "WebPage", "datePublished": "2026-11-20T04:39:05+00:00"}</script>'
    )
    assert dates(page(ld(datePublished="2026-11-19T00:00:00+0000") + node))[0] == utc(2026, 11, 20, 4, 39, 5)
    assert dates(page(ld(author="Ada Quill") + node))[0] == utc(2026, 11, 20, 4, 39, 5)


def test_a_printed_day_of_publication_between_markup_and_last_change_is_believed() -> None:
    markup = meta(published="2016-03-11T11:11:07Z", modified="2026-11-18T15:49:16Z")
    released = '<span class="release-date"><time datetime="2023-03-20">March 20, 2023</time></span>'
    assert dates(page(markup, released))[0] == date(2023, 3, 20)
    assert dates(page(markup, released.replace("release-", "")))[0] == utc(2016, 3, 11, 11, 11, 7)
    changed = released.replace("2023-03-20", "2026-11-18").replace("March 20, 2023", "November 18, 2026")
    assert dates(page(markup, changed))[0] == utc(2016, 3, 11, 11, 11, 7)


def test_a_page_about_newsletters_is_no_newsletter_box() -> None:
    html = page(above='<div class="newsletter-details"><p>20 November 2026</p></div>')
    assert dates(html) == (date(2026, 11, 20), None)
