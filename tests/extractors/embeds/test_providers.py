# ruff: noqa: E501 (markup and captions stand in one line, as on pages)
import pytest

from extractors.embeds.providers import MAX_ADDRESS, Post, fill, recognise


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://mobile.twitter.com/tamblin_ray/status/1990000111222333444?s=20", "https://x.com/tamblin_ray/status/1990000111222333444"),
        ("http://twitter.com/#!/tamblin_ray/status/19900001112", "https://x.com/tamblin_ray/status/19900001112"),
        ("https://x.com/i/web/status/1990000111222333444", "https://x.com/i/status/1990000111222333444"),
        ("//www.youtube.com/watch?feature=share&v=aB3dE5gH7_k&t=3", "https://www.youtube.com/watch?v=aB3dE5gH7_k"),
        ("https://m.youtube.com/watch?v=aB3dE5gH7_k", "https://www.youtube.com/watch?v=aB3dE5gH7_k"),
        ("HTTPS://WWW.Instagram.com/p/DRx7aBcD_e1", "https://www.instagram.com/p/DRx7aBcD_e1/"),
        ("https://www.facebook.com/permalink.php?story_fbid=123456&id=789", "https://www.facebook.com/permalink.php?story_fbid=123456&id=789"),
        ("https://podcasts.apple.com/us/podcast/fog/id1790000421", "https://podcasts.apple.com/us/podcast/fog/id1790000421"),
    ],
)  # fmt: skip
def test_an_address_is_given_in_its_canonical_form(address: str, url: str) -> None:
    post = recognise(address)
    assert post is not None
    assert post.url == url


@pytest.mark.parametrize(
    "address",
    [
        "", "p/DRx7aBcD_e1", "https://paper.example/p/DRx7aBcD_e1/", "https://notinstagram.com/p/DRx7aBcD_e1/",
        "https://instagram.com.evil.example/p/DRx7aBcD_e1/", "https://www.instagram.com/explore/", "https://[bad/p/1",
        "https://www.youtube.com/embed/", "https://www.youtube.com/embed/live_stream?channel=UCabc", "javascript:alert(1)",
        "https://www.youtube.com/watch?v=" + "a" * MAX_ADDRESS, "https://x.com/tamblin_ray", "https://toots.example/@hal/109876543210987654",
    ],
)  # fmt: skip
def test_other_addresses_name_no_post(address: str) -> None:
    assert recognise(address) is None


def test_a_profile_counts_only_where_the_markup_says_embed() -> None:
    assert recognise("https://x.com/tamblin_ray", marked=True) == Post(
        "x", "profile", "https://x.com/tamblin_ray", None, "tamblin_ray"
    )


def test_a_template_without_its_fields_gives_nothing() -> None:
    assert fill("https://a.example/{id}", {}) is None
    assert fill("https://a.example/{id|}/{form|p}", {"form": None}) == "https://a.example//p"
    assert fill("https://a.example/{id}", {"id": " 7 "}) == "https://a.example/7"
