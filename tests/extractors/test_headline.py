import pytest

from extractors.document import Document
from extractors.headline import find_headline, headline_element
from extractors.rules import SiteRules

URL = "https://www.dailyglint.example/showbiz/orla-quinn-leaves-the-long-room"
HEADLINE = "Orla Quinn leaves The Long Room after nine years"


def headline(body: str, head: str = "", url: str | None = URL, rules: SiteRules | None = None) -> str | None:
    return find_headline(Document(f"<html><head>{head}</head><body>{body}</body></html>", url=url, rules=rules)).value


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


SITE = '<meta property="og:site_name" content="The Daily Glint">'


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | The Daily Glint",
        f"{HEADLINE} - The Daily Glint",
        f"{HEADLINE} – Daily Glint Online",
        f"{HEADLINE} — dailyglint.example",
        f"{HEADLINE}|The Daily Glint",
        f"{HEADLINE} :: The Daily Glint",
        f"{HEADLINE} « The Daily Glint",
        f"The Daily Glint | {HEADLINE}",
        f"The Daily Glint - {HEADLINE}",
        f"{HEADLINE} | Showbiz | The Daily Glint",
        f"{HEADLINE} | Gossip, stars and royals",
    ],
)
def test_the_outlet_is_cut_off_in_any_order_and_by_any_separator(title: str) -> None:
    assert headline("<p>x</p>", SITE + og(title)) == HEADLINE
    assert headline("<p>x</p>", SITE + f"<title>{title}</title>") == HEADLINE


@pytest.mark.parametrize(
    "evidence", ["", '<script type="application/ld+json">{"@type":"WebSite","name":"Glint"}</script>']
)
def test_the_outlet_is_known_by_its_address_or_its_json_ld(evidence: str) -> None:
    url = "https://glint.example/a" if not evidence else "https://other.example/a"
    assert headline("<p>x</p>", evidence + f"<title>{HEADLINE} - Glint</title>", url) == HEADLINE


def test_what_the_page_title_adds_to_its_own_title_is_the_outlet() -> None:
    head = og("The lean years") + "<title>Lessons Learned: The lean years</title>"
    assert headline("<h1>Lessons Learned</h1><h3>The lean years</h3>", head) == "The lean years"


@pytest.mark.parametrize(
    "kept", ["Orla Quinn - the voice - is back", "Orla: 9 - Juno: 0", "Is Orla Quinn | Juno Vale a couple?"]
)
def test_separators_of_the_headline_itself_stay(kept: str) -> None:
    assert headline(f"<h1>{kept}</h1>", SITE + og(f"{kept} | The Daily Glint")) == kept


def test_the_reader_s_heading_is_taken_before_other_wordings() -> None:
    head = og("Orla Quinn is leaving The Long Room") + "<title>Why Orla Quinn left The Long Room | Glint</title>"
    assert headline(f"<h1>{HEADLINE}</h1>", head) == HEADLINE


def test_the_heading_keeps_its_own_typography() -> None:
    head = og("Orla's 'terrible' night &amp; more")
    assert (
        headline("<h1>Orla’s&nbsp;‘terrible’ night &amp; more&#8230;</h1>", head) == "Orla’s ‘terrible’ night & more…"
    )


def test_of_several_headings_the_one_that_the_titles_mean_is_taken() -> None:
    body = f"<h1>The Daily Glint</h1><h1>Newsletter</h1><h1>{HEADLINE}</h1><h1>Most read</h1>"
    assert headline(body, og("Orla Quinn leaves The Long Room")) == HEADLINE


def test_a_section_or_logo_as_main_heading_is_no_headline() -> None:
    body = f"<header><h1><a href='/'>The Daily Glint</a></h1></header><h2>{HEADLINE}</h2>"
    assert headline(body, og(HEADLINE)) == HEADLINE
    assert headline("<h1>Showbiz</h1><p>x</p>", og(HEADLINE)) == HEADLINE


def test_headings_of_navigation_and_hidden_ones_do_not_count() -> None:
    body = (
        f"<nav><h1>{HEADLINE} again</h1></nav><h1 hidden>{HEADLINE}!</h1><h1 class='sr-only'>x</h1><h1>{HEADLINE}</h1>"
    )
    assert headline(body, og(HEADLINE)) == HEADLINE


def test_labels_dates_and_buttons_inside_the_heading_are_left_out() -> None:
    heading = f"<h1><span class='kicker'>Exclusive</span>{HEADLINE} <time>2 hours ago</time><button>Share</button></h1>"
    assert headline(heading, og(HEADLINE)) == HEADLINE


def test_a_kicker_before_a_bar_is_left_out_where_a_title_says_so() -> None:
    assert headline(f"<h1>GLINTY | {HEADLINE}</h1>", og(HEADLINE)) == HEADLINE


@pytest.mark.parametrize(
    ("glued", "language"),
    [
        (f"{HEADLINE} | 2 weeks ago", "en"),
        (f"{HEADLINE} – 3 hours ago", "en"),
        (f"{HEADLINE} · vor 2 Stunden", "de"),
        (f"{HEADLINE} | il y a 3 jours", "fr"),
        (f"{HEADLINE} 2 weeks ago", "en"),
        (f"{HEADLINE}2 weeks ago", "en"),
    ],
)
def test_a_glued_relative_date_is_cut_off(glued: str, language: str) -> None:
    html = f"<html lang={language}><head>{og(HEADLINE)}</head><body><h1>{glued}</h1></body></html>"
    assert find_headline(Document(html, url=URL)).value == HEADLINE


def test_a_date_that_the_headline_needs_stays() -> None:
    assert headline("<h1>Orla Quinn gave birth 2 weeks ago</h1>") == "Orla Quinn gave birth 2 weeks ago"


def test_without_a_heading_the_titles_count_and_their_entities_are_resolved() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Orla &amp; Juno, at last"}</script>'
    assert headline("<p>x</p>", head) == "Orla & Juno, at last"
    assert headline("<p>x</p>", og("Orla &amp;amp; Juno, at last")) == "Orla & Juno, at last"
    assert headline("<p>x</p>") is None


def test_a_rule_comes_first_and_leaves_the_recipe_in_charge_where_it_matches_nothing() -> None:
    rules = SiteRules(headline=(".none", ".title"))
    assert (
        headline(f"<h1>x y z w</h1><div class=title>{HEADLINE} | The Daily Glint</div>", SITE, rules=rules) == HEADLINE
    )
    assert headline(f"<h1>{HEADLINE}</h1>", rules=rules) == HEADLINE


def test_the_element_that_shows_the_headline_is_found() -> None:
    document = Document(f"<h1>Daily Glint</h1><h2 id=own>{HEADLINE}</h2><title>{HEADLINE}</title>", url=URL)
    element = headline_element(document, find_headline(document).value)
    assert element is not None
    assert element.get("id") == "own"
    assert headline_element(document, "something else") is None
    assert headline_element(document, None) is None


def test_a_heading_that_swallowed_the_article_is_none() -> None:
    assert headline("<h1>" + "Everything " * 200, og(HEADLINE)) == HEADLINE
