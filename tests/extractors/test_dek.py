import pytest

from extractors.body.result import Body
from extractors.dek import find_dek, standfirst_element
from extractors.document import Document
from extractors.headline import find_headline
from extractors.rules import SiteRules

HEADLINE = "Orla Quinn leaves The Long Room after nine years"
DEK = "The singer wants to see her children, her garden and the sea"
TEXT = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "Orla Quinn has left the longest running show of Irish television, her manager said on Monday.",
        "The singer, 47, had threatened to leave twice before, and twice was given a bigger room.",
        "Nobody at the station would say who takes her place when the show is back in the spring.",
    )
)


def dek(between: str, head: str = "", rules: SiteRules | None = None, text: str = TEXT) -> str | None:
    article = f"<article><header><h1>{HEADLINE}</h1>{between}</header><div>{text}</div></article>"
    document = Document(f"<html><head>{head}</head><body>{article}</body></html>", rules=rules)
    return find_dek(document, find_headline(document).value, Body()).value


@pytest.mark.parametrize(
    "markup",
    [
        "<p class='standfirst'>{}</p>",
        "<div class='styles_articleDek__x1Y2'><p>{}</p></div>",
        "<h2 class='article__sub-heading'>{}</h2>",
        "<p class='lead'>{}</p>",
        "<div class='article-summary'>{}</div>",
        "<p itemprop='description'>{}</p>",
        "<p itemprop='alternativeHeadline'>{}</p>",
        "<div class='entry-subtitle'>{}</div>",
        "<p class='chapo'>{}</p>",
        "<div data-testid='article-subheadline'>{}</div>",
        "<h2>{}</h2>",
        "<h3>{}</h3>",
        "<figure><img src='a.jpg'><figcaption>Orla Quinn in Cork</figcaption></figure><p class='strapline'>{}</p>",
        "<div class='meta'>By Tom Hale</div><p class='vorspann'>{}</p>",
    ],
)
def test_a_standfirst_is_found_by_its_name_or_its_place(markup: str) -> None:
    assert dek(markup.format(DEK)) == DEK


@pytest.mark.parametrize("name", ["og:description", "description", "twitter:description"])
def test_a_description_that_is_not_shown_is_none(name: str) -> None:
    assert dek("", f'<meta name="{name}" content="{DEK}">') is None


def test_a_description_that_stands_in_the_article_s_head_is_one() -> None:
    assert (
        dek(f"<div class='x1'>By Tom Hale</div><p class='x2'>{DEK}</p>", f'<meta name="description" content="{DEK}">')
        == DEK
    )


@pytest.mark.parametrize("lead", ["<p>{}</p>", "<p class='lead'>{}</p>", "<p class='intro'><b>{}</b></p>"])
def test_the_first_paragraph_is_none_though_the_description_repeats_it(lead: str) -> None:
    text = "<p>" + DEK + ", and she has never been so sure of anything in all her life.</p>"
    head = f'<meta name="description" content="{DEK}, and she has never been so sure of anything in all her life.">'
    assert dek("", head, text=lead.format(text.removeprefix("<p>").removesuffix("</p>")) + TEXT) is None


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>Who is Orla?</h2>",
        "<ul class='summary'><li>She leaves the show after nine years</li><li>She is 47</li></ul>",
        "<div class='author-subtitle'>Showbiz reporter for the whole of the island</div>",
        "<div class='related'><h3>Dax Morrowby sings again at the harbour of Cork</h3></div>",
        "<aside><p class='standfirst'>{}</p></aside>",
        "<a href='/b'><h3>Dax Morrowby sings again at the harbour of Cork</h3></a>",
        "<p class='standfirst'><a href='/b'>Dax Morrowby sings again at the harbour of Cork</a></p>",
        "<p class='standfirst' hidden>{}</p>",
        "<p class='standfirst'>Short</p>",
    ],
)
def test_other_things_below_the_headline_are_none(markup: str) -> None:
    assert dek(markup.format(DEK)) is None


def test_the_title_of_the_first_section_is_none() -> None:
    assert dek("", text="<h2>What Orla Quinn says about it all</h2>" + TEXT) is None


def test_a_repeated_headline_is_none() -> None:
    assert dek(f"<p class='subtitle'>{HEADLINE}</p>") is None


def test_a_rule_comes_first() -> None:
    assert (
        dek(f"<p class='x'>{DEK}</p><p class='standfirst'>Another line about her</p>", rules=SiteRules(dek=(".x",)))
        == DEK
    )


def test_the_element_is_given_so_that_the_text_can_leave_it_out() -> None:
    html = f"<h1>{HEADLINE}</h1><p class='standfirst' id='own'>{DEK}</p>{TEXT}"
    element = standfirst_element(Document(html))
    assert element is not None
    assert element.get("id") == "own"
    assert standfirst_element(Document(f"<h1>{HEADLINE}</h1>{TEXT}")) is None
    assert standfirst_element(Document(f"<p class='standfirst'>{DEK}</p>")) is None
