# ruff: noqa: E501 (markup and captions stand in one line, as on pages)
"""Which pictures are the article's, and what is told of each."""

import pytest

from extractors.article import Image
from extractors.images import find_images
from tests.extractors.written_page import written_page
from tests.growth import assert_linear

GOAT = '<img src="https://paper.example/img/goat-on-tower.jpg" alt="A goat">'
TOWER = '<img src="https://paper.example/img/church-tower.jpg" alt="A tower" width="1200" height="800">'


def found(inside: str = "", **places: str) -> tuple[Image, ...]:
    return find_images(*written_page(inside, **places), "The goat is fine")


@pytest.mark.parametrize(
    "markup",
    [
        f"<figure>{GOAT}<figcaption>The goat (Image: Tam Ray)</figcaption></figure>",
        f"<figure>{GOAT}<figcaption><span class='text'>The goat</span> <span class='Figure_credit__z9'>Credit: Tam Ray</span></figcaption></figure>",
        f"<figure>{GOAT}<figcaption class='css-1'><span class='css-2'>The goat</span><span class='css-3' data-theme-key='photo-credit-creditor'>Tam Ray</span></figcaption></figure>",
        f"<figure>{GOAT}<figcaption><span>The goat</span><cite>Tam Ray</cite></figcaption></figure>",
        f"<div><figure>{GOAT}</figure><figcaption><span class='caption'>The goat</span><span class='credit'> ( <div><span></span>Image: </div>Tam Ray)</span></figcaption></div>",
        f"<figure class='wp-caption'>{GOAT}<p class='wp-caption-text'>The goat. Photo: Tam Ray</p></figure>",
        f"<div class='pic-group'><div>{GOAT}</div><p class='imageCaption'>The goat © Tam Ray</p></div>",
        f"<p>{GOAT}</p><span class='newsCaption'>The goat <span class='caption'>(Image: Tam Ray)</span></span>",
        f"<figure>{GOAT}<span class='off-screen'>Image copyright</span><span class='story-image-copyright'>Tam Ray</span>"
        "<figcaption class='media-caption'><span class='off-screen'>Image caption</span><span class='media-caption__text'>The goat</span></figcaption></figure>",
        f"<figure>{GOAT}<figcaption class='credit'><span class='caption'>The goat</span>&nbsp;<span class='credit'>Tam Ray</span></figcaption></figure>",
    ],
)  # fmt: skip
def test_caption_and_credit_come_from_every_markup(markup: str) -> None:
    (image,) = found(markup)
    assert (image.caption or "").rstrip(".") == "The goat"
    assert image.credit == "Tam Ray"
    assert (image.url, image.alt) == ("https://paper.example/img/goat-on-tower.jpg", "A goat")
    assert (image.after_block, image.lead) == (0, False)


def test_a_pictures_own_attributes_tell_what_the_page_does_not_print() -> None:
    (image,) = found('<img src="/img/goat-on-tower.jpg" data-caption="The goat" data-credit="Photo: Tam Ray">')
    assert (image.caption, image.credit) == ("The goat", "Tam Ray")


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="data:image/gif;base64,R0" data-src="/img/goat-on-tower.jpg">',
        '<img src="/img/lazyload-fallback.gif" data-lazy-src="/img/goat-on-tower.jpg">',
        '<img src="/img/small.jpg" srcset="/img/small.jpg 320w, /img/goat-on-tower.jpg 1600w, /img/middle.jpg 800w">',
        '<img src="/img/small.jpg" data-srcset="/img/small.jpg 1x, /img/goat-on-tower.jpg 2x" data-src="data:image/png;base64,R0">',
        '<picture><source srcset="/img/goat-on-tower.jpg 1600w"><img src="/img/small.jpg" srcset="/img/small.jpg 320w"></picture>',
        '<amp-img src="/img/goat-on-tower.jpg" width="1" height="1" layout="responsive"></amp-img>'.replace(
            '"1"', '"900"'
        ),
        '<div class="js-delayed-image-load" data-src="/img/goat-on-tower.jpg"></div>',
        '<noscript><img src="/img/goat-on-tower.jpg"></noscript>',
        '<img data-src="/img/goat-on-tower.jpg"><noscript><img src="/img/goat-on-tower.jpg"></noscript>',
        '<img srcset="/img/goat,on,tower.jpg 2x, /img/goat-on-tower.jpg 900w">',
    ],
)
def test_the_best_candidate_is_the_pictures_address(markup: str) -> None:
    assert [image.url for image in found(f"<figure>{markup}</figure>")] == [
        "https://paper.example/img/goat-on-tower.jpg"
    ]


def test_the_picture_above_the_text_leads() -> None:
    images = found(f"<figure>{TOWER}</figure>", above=f"<figure>{GOAT}</figure>")
    assert [(image.alt, image.after_block, image.lead) for image in images] == [
        ("A goat", -1, True),
        ("A tower", 0, False),
    ]


def test_of_two_above_the_text_the_one_that_the_meta_tags_name_leads() -> None:
    head = '<meta property="og:image" content="https://cdn.example/resize/church-tower-1200x630.jpg">'
    images = found(above=f"<figure>{GOAT}</figure><figure>{TOWER}</figure>", head=head)
    assert [(image.alt, image.lead) for image in images] == [("A goat", False), ("A tower", True)]


def test_a_picture_that_only_the_meta_tags_name_is_none() -> None:
    assert found(head='<meta property="og:image" content="https://paper.example/img/goat-on-tower.jpg">') == ()


def test_above_the_headline_only_the_named_picture_counts() -> None:
    head = '<meta property="og:image" content="/img/church-tower.jpg">'
    images = found(head=head, top=f"<figure>{TOWER}</figure><figure>{GOAT}</figure>")
    assert [(image.alt, image.lead) for image in images] == [("A tower", True)]


def test_each_slide_of_a_gallery_keeps_its_own_words() -> None:
    images = found(
        f"<figure class='gallery'><figure>{GOAT}<figcaption>One Credit: Tam Ray</figcaption></figure>"
        f"<figure>{TOWER}<figcaption>Two</figcaption></figure></figure>"
    )
    assert [(image.caption, image.credit) for image in images] == [("One", "Tam Ray"), ("Two", None)]


def test_a_figure_whose_picture_a_script_draws_has_no_address() -> None:
    (image,) = found(
        "<figure><div class='thumb'></div><figcaption><span class='credit'>Tam Ray/AP</span></figcaption></figure>"
    )
    assert (image.url, image.credit) == (None, "Tam Ray/AP")


def test_the_same_picture_in_two_sizes_is_one() -> None:
    assert len(found('<img src="/img/goat-tower-640x480.jpg"><div><img src="/img/goat-tower-1024x683.jpg"></div>')) == 1


@pytest.mark.parametrize(
    ("before", "piece", "after", "short"),
    [
        ("", f"<figure>{GOAT}</figure>", "", 375),
        ("<div>" * 200, GOAT, "</div>" * 200, 64),
        ("<figure>" * 200 + GOAT, "<figcaption>a (Getty)</figcaption>", "", 375),
        ('<img srcset="', "/a.jpg 1w, ", '">', 6000),
        ('<img srcset="', "a", '">', 60_000),
        ('<div class="', "caption ", '">words</div>', 6000),
        ("<figcaption>", "<span>a</span>", "</figcaption>", 3750),
    ],
    ids=["many", "deep", "captions", "candidates", "a long candidate", "a long class", "spans"],
)
def test_hostile_markup_takes_linear_time(before: str, piece: str, after: str, short: int) -> None:
    assert_linear(
        lambda times: written_page(before + piece * times + after), lambda page: find_images(*page, None), short
    )
