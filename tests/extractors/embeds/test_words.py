# ruff: noqa: E501 (markup and captions stand in one line, as on pages)
import pytest
from lxml import html

from extractors.embeds.words import is_view_link, read_author, read_text


@pytest.mark.parametrize(
    ("markup", "author"),
    [
        ("<blockquote><p>Words.</p>&mdash; Tamblin Ray (@tamblin_ray) <a href='#'>May 3</a></blockquote>", "tamblin_ray"),
        ("<blockquote><p>with (@someone_else) in it</p><p>Une publication partagée par Orla (@orla.finnick)</p></blockquote>", "orla.finnick"),
        ("<blockquote><p>Words.</p>Posted by <a href='https://www.facebook.com/1234'>Harrowmoor Players</a> on May 3</blockquote>", "Harrowmoor Players"),
        ("<blockquote><a href='https://www.reddit.com/r/a/'>r/a</a> by <a href='https://www.reddit.com/user/fog-watcher'>u/x</a></blockquote>", "fog-watcher"),
        ("<blockquote><a href='#'>@pemberley.bakes</a> <p>Words.</p></blockquote>", "pemberley.bakes"),
        ("<blockquote><p>Words that name @nobody at all.</p></blockquote>", None),
    ],
)  # fmt: skip
def test_the_author_is_the_handle_else_the_name(markup: str, author: str | None) -> None:
    assert read_author(html.fragment_fromstring(markup)) == author


def test_the_text_is_the_posts_own_words() -> None:
    root = html.fragment_fromstring(
        "<blockquote><p>Fog <b>again</b>. pic.twitter.com/AbC12</p><p>Beitrag auf Instagram ansehen</p>"
        "<p>A post shared by Orla (@orla)</p><p>https://t.co/AbC12</p></blockquote>"
    )
    assert read_text(root) == "Fog again."


def test_a_placeholder_is_known_in_several_languages() -> None:
    assert is_view_link("View this post on Instagram")
    assert is_view_link("Sieh dir diesen Beitrag auf Instagram an")
    assert not is_view_link("a picture")
    assert not is_view_link(None)
