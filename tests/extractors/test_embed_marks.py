import pytest
from lxml import html

from extractors.embed_marks import is_embed


@pytest.mark.parametrize(
    "markup",
    [
        '<blockquote class="twitter-tweet" data-lang="en"><p>words</p></blockquote>',
        '<blockquote class="foo Instagram-Media">words</blockquote>',
        '<figure class="wp-block-embed is-type-rich"><div>words</div></figure>',
        "<amp-instagram data-shortcode='x'></amp-instagram>",
        "<iframe src='https://player.localhost/'></iframe>",
    ],
)
def test_the_root_of_an_embed_is_known_by_its_name_or_class(markup: str) -> None:
    assert is_embed(html.fragment_fromstring(markup))


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>She said so herself.</p></blockquote>",
        '<p class="tweet">A paragraph about birds.</p>',
        '<div><blockquote class="twitter-tweet">words</blockquote></div>',
        '<p class="">words</p>',
    ],
)
def test_text_and_wrappers_around_an_embed_are_none(markup: str) -> None:
    assert not is_embed(html.fragment_fromstring(markup))
