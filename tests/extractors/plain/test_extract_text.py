from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from extractors import NotAnArticle, extract_text
from extractors.article import Article
from tests.growth import assert_linear

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST = "Ada Quill has left the cast of Gull Rock after seven seasons and one very long argument."
SECOND = "The actress, 41, told reporters that she had packed her things in a single bag."
BODY = f"{FIRST}\n\n{SECOND}"


def read(text: str) -> Article:
    return extract_text(text, fetched_at=NOW)


def texts(article: Article) -> list[str]:
    return [block.text for block in article.body]


@pytest.mark.parametrize("text", [None, b"Ada Quill left.", 7, ["Ada"]])
def test_a_text_of_a_wrong_type(text: object) -> None:
    with pytest.raises(TypeError):
        extract_text(text)  # type: ignore[arg-type]


def test_other_arguments_of_a_wrong_type() -> None:
    with pytest.raises(TypeError):
        extract_text(BODY, url=b"https://lantern.example/")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        extract_text(BODY, fetched_at="2026-11-22")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="zone"):
        extract_text(BODY, fetched_at=datetime(2026, 11, 22))


@pytest.mark.parametrize("text", ["", " \n\t\n", "Home\nNews\nSport", "Ada Quill", "1 2 3 4 5", "🎄" * 50, "\0\0\0"])
def test_no_sentence_is_no_article(text: str) -> None:
    with pytest.raises(NotAnArticle):
        extract_text(text)


@pytest.mark.parametrize("glue", [" ", " - ", "", " | "])
def test_a_relative_date_glued_on_the_headline_is_its_publication(glue: str) -> None:
    article = read(f"Ada Quill leaves Gull Rock for good{glue}3 days ago\n\n{BODY}")
    assert article.headline == "Ada Quill leaves Gull Rock for good"
    assert article.published is not None
    assert (article.published.value, article.published.precision) == (date(2026, 11, 19), "day")
    assert (article.published.raw, article.published.source) == ("3 days ago", "text")


def test_years_that_belong_to_the_headline_stay() -> None:
    article = read(f"Ada Quill on the role that she lost 10 years ago\n\n{BODY}")
    assert article.headline == "Ada Quill on the role that she lost 10 years ago"
    assert article.published is None


def test_without_a_time_of_fetching_the_words_and_the_precision_stay() -> None:
    article = extract_text(f"Ada Quill leaves Gull Rock for good 2 weeks ago\n\n{BODY}")
    assert article.published is not None
    assert (article.published.value, article.published.precision, article.published.raw) == (
        None,
        "week",
        "2 weeks ago",
    )


def test_a_label_above_the_headline_and_a_site_name_after_it_are_none_of_it() -> None:
    article = read(f"CELEBRITY NEWS\n\nAda Quill leaves Gull Rock for good | The Evening Lantern\n\n{BODY}")
    assert article.headline == "Ada Quill leaves Gull Rock for good"
    assert texts(article) == [FIRST, SECOND]


def test_a_standfirst_stands_between_headline_and_byline() -> None:
    dek = "She says that the bird is to blame"
    article = read(f"Ada Quill leaves Gull Rock for good\n\n{dek}\n\nBy Nell Corrigan\n\n{BODY}")
    assert article.dek == dek
    assert [author.name for author in article.authors] == ["Nell Corrigan"]
    assert texts(article) == [FIRST, SECOND]


def test_a_first_paragraph_is_no_standfirst() -> None:
    article = read(f"Ada Quill leaves Gull Rock for good\n\nBy Nell Corrigan\n\n{BODY}")
    assert article.dek is None
    assert texts(article) == [FIRST, SECOND]


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    start = "By the time she arrived, the set of Gull Rock had been taken down."
    assert texts(read(f"Ada Quill leaves Gull Rock for good\n\n{start}\n\n{BODY}")) == [start, FIRST, SECOND]


def test_related_stories_at_the_end_are_cut_and_those_in_the_middle_passed_over() -> None:
    article = read(
        f"Ada Quill leaves Gull Rock for good\n\n{FIRST}\n\nRELATED: Where the cast is now\n\n{SECOND}\n\n"
        "You may also like:\n\nGull Rock bird signs book deal\n\nTen birds that stole the show"
    )
    assert texts(article) == [FIRST, SECOND]


def test_a_heading_stands_before_a_paragraph_and_never_last() -> None:
    article = read(f"Ada Quill leaves Gull Rock for good\n\n{FIRST}\n\nA single bag\n\n{SECOND}\n\nThe end")
    assert [(block.kind, block.level) for block in article.body] == [
        ("paragraph", None),
        ("heading", 2),
        ("paragraph", None),
        ("paragraph", None),
    ]


@pytest.mark.parametrize(
    "post",
    [
        "Packing is an art. pic.twitter.com/Zz81k\n\n— Ada Quill (@adaquill) November 20, 2026",
        "Packing is an art. pic.twitter.com/Zz81k — Ada Quill (@adaquill) November 20, 2026",
        "Packing is an art. https://t.co/Zz81k\n- Ada Quill (@adaquill) November 20, 2026",
    ],
)
def test_tweets_are_embeds_and_no_text(post: str) -> None:
    article = read(f"Ada Quill leaves Gull Rock for good\n\n{FIRST}\n\n{post}\n\n{SECOND}")
    assert texts(article) == [FIRST, SECOND]
    (embed,) = article.embeds
    assert (embed.provider, embed.kind, embed.author, embed.after_block) == ("x", "post", "adaquill", 0)
    assert embed.text == "Packing is an art."


@pytest.mark.parametrize(
    ("post", "author", "words"),
    [
        ("View this post on Instagram\n\nA post shared by Ada Quill (@adaquill)", "adaquill", None),
        ("View this post on Instagram\n\nOne bag.\n\nA post shared by (@ada.quill)", "ada.quill", "One bag."),
        ("View this post on Instagram", None, None),
        ("A post shared by Ada Quill (@adaquill) on Nov 20, 2026 at 9:10am PST", "adaquill", None),
    ],
)
def test_placeholders_of_instagram(post: str, author: str | None, words: str | None) -> None:
    article = read(f"Ada Quill leaves Gull Rock for good\n\n{FIRST}\n\n{post}\n\n{SECOND}")
    assert texts(article) == [FIRST, SECOND]
    (embed,) = article.embeds
    assert (embed.provider, embed.author, embed.text, embed.url) == ("instagram", author, words, None)


def test_an_address_on_a_line_of_its_own_is_a_post_or_nothing() -> None:
    article = read(
        f"Ada Quill leaves Gull Rock for good\n\n{FIRST}\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\n"
        f"https://lantern.example/other-story\n\n{SECOND}"
    )
    assert texts(article) == [FIRST, SECOND]
    assert [(embed.provider, embed.id) for embed in article.embeds] == [("youtube", "abcdefghijk")]


def test_the_same_text_with_other_line_ends_is_the_same_record() -> None:
    text = f"Ada Quill leaves Gull Rock for good\n\n{BODY}"
    assert extract_text(text.replace("\n", "\r\n")) == extract_text(text) == extract_text("\ufeff" + text)


def test_no_input_raises_anything_else() -> None:
    pieces = [
        *'“"♬?\n\x00\ud800',
        "Ada Quill said so. ",
        "\n\n",
        "(@ada)",
        "— ",
        "2 weeks ago",
        "# ",
        "- ",
        "> ",
        "a" * 300,
    ]
    pieces += ["View this post on Instagram", "Related:", "By ", "12:30", "https://x.com/a/status/1", "Tags: a, b"]
    pieces += ["(Image: Getty)", "Nov 3, 2026"]
    chance = random.Random(7)
    for _ in range(300):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 60)))
        try:
            article = extract_text(text, fetched_at=NOW)
        except NotAnArticle:
            continue
        assert all(block.text.strip() for block in article.body)


@pytest.mark.parametrize(
    "piece", ["a ", "(@a) ", "— A (@b) ", "By ", "\n- ", "\n\n1 day ago", "pic.twitter.com/a ", "Foto: ", "\nTags: a"]
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    before = "Ada Quill leaves Gull Rock for good\n\n" + BODY + "\n\n"
    assert_linear(lambda length: before + piece * (length // len(piece)), extract_text, 12_500)


def test_a_paragraph_alone_is_a_text_without_a_headline() -> None:
    article = read("“It was my bag,” Ada Quill said. She left Gull Rock on Monday.")
    assert (article.headline, article.quotes[0].speaker) == (None, "Ada Quill")
    assert texts(article) == ["“It was my bag,” Ada Quill said. She left Gull Rock on Monday."]
