# ruff: noqa: E501 (markup and captions stand in one line, as on pages)
"""What of a page is an embed, what is none, and where it stands."""

import pytest

from extractors.article import Embed
from extractors.embeds import find_embeds
from tests.extractors.written_page import written_page
from tests.growth import assert_linear

TWEET = (
    '<blockquote class="twitter-tweet"><p>The goat is fine.</p>&mdash; Tamblin Ray (@tamblin_ray) '
    '<a href="https://twitter.com/tamblin_ray/status/1990000111222333444">November 16, 2026</a></blockquote>'
)
PLAYER = '<iframe src="https://www.youtube.com/embed/aB3dE5gH7_k"></iframe>'


def found(inside: str = "", **places: str) -> tuple[Embed, ...]:
    return find_embeds(*written_page(inside, **places))


def test_what_stands_outside_the_article_gives_none() -> None:
    page = written_page("", head=PLAYER)
    assert find_embeds(*page) == ()
    document, body = written_page("")
    assert find_embeds(document, type(body)()) == ()


def test_an_embed_stands_after_the_block_before_it() -> None:
    embeds = found(TWEET, above='<iframe src="https://player.vimeo.com/video/700111222"></iframe>', below=PLAYER)
    assert [(embed.provider, embed.after_block) for embed in embeds] == [("vimeo", -1), ("x", 0), ("youtube", 1)]


def test_a_post_twice_is_one_with_what_both_forms_tell() -> None:
    (embed,) = found('<amp-twitter data-tweetid="1990000111222333444"></amp-twitter>' + TWEET)
    assert embed.url == "https://x.com/tamblin_ray/status/1990000111222333444"
    assert (embed.author, embed.text) == ("tamblin_ray", "The goat is fine.")


def test_a_figure_credits_the_author_of_its_post() -> None:
    link = '<a class="embed-placeholder" href="https://instagram.com/p/DRx7aBcD_e1/">See it</a>'
    (embed,) = found(f"<figure>{link}<p>with @someone.else</p><span>Instagram: @orla.finnick</span></figure>")
    assert embed.author == "orla.finnick"
    (embed,) = found(f"<figure>{link}<p>with @someone.else</p></figure>")
    assert embed.author is None


def test_two_posts_of_one_author_are_two() -> None:
    assert len(found(TWEET + TWEET.replace("1990000111222333444", "1990000111222333445"))) == 2


def test_an_aside_that_holds_a_figure_is_of_the_article() -> None:
    assert [embed.provider for embed in found(f'<aside class="embed-figure">{PLAYER}</aside>')] == ["youtube"]


STATE = (
    '<script id="state" type="application/json">{"content": [{"type": "p", "html": "The goat of Harrowmoor was seen '
    'again on Monday, in good health."}, {"type": "social", "shortcode-url": "https:\\/\\/www.instagram.com\\/p\\/DRx7aBcD_e1\\/"},'
    ' {"type": "link", "href": "https://www.instagram.com/p/DLinked12345/"}, {"type": "p", "html": "Nobody knows how it came'
    ' down from the church tower, and nobody asks."}], "rail": [%s{"url": "https://www.instagram.com/p/DRelated1234/"}]}</script>'
)


def test_a_post_that_only_the_state_of_the_page_names_stands_between_the_texts_there() -> None:
    (embed,) = found(STATE % (" " * 7000))
    assert (embed.url, embed.after_block) == ("https://www.instagram.com/p/DRx7aBcD_e1/", 0)


def test_a_post_of_the_markup_is_not_found_again_in_the_state() -> None:
    embeds = found('<iframe src="https://www.instagram.com/p/DRx7aBcD_e1/embed"></iframe>' + STATE % (" " * 7000))
    assert len(embeds) == 1


@pytest.mark.parametrize(
    ("before", "piece", "after", "short"),
    [
        ("<div>" * 25, TWEET, "</div>" * 25, 25),
        ("", TWEET, "", 250),
        ("", '<div class="wp-block-embed is-provider-youtube">', "", 250),
        ("<iframe srcdoc='", '<a href="//', "'></iframe>", 2500),
        ('<iframe src="https://wrap.example/?', "u=https://a.example/&", '"></iframe>', 2500),
        ("<blockquote>" * 200, "(@a", "</blockquote>" * 200, 2500),
        ("<script>", '"url":"https://www.instagram.com/p/', "</script>", 6000),
        ("<a href='https://x.com/", "a", "'>View this post on X</a>", 12_500),
    ],
    ids=["deep", "many", "unclosed", "markup in a string", "a long query", "brackets", "a script", "a long address"],
)
def test_hostile_markup_takes_linear_time(before: str, piece: str, after: str, short: int) -> None:
    assert_linear(lambda times: written_page(before + piece * times + after), lambda page: find_embeds(*page), short)
