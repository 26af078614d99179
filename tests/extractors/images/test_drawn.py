"""Pictures of a page whose article stands only in a script's data."""

import json

import pytest

from extractors.article import Image
from extractors.body import find_body
from extractors.document import Document
from extractors.images import find_images
from tests.extractors.body import pages


def found(*parts: dict[str, object], head: str = "") -> tuple[Image, ...]:
    first, *others = [{"type": "p", "text": text} for text in pages.PARAGRAPHS]
    state = json.dumps({"article": {"content": [first, *parts, *others]}})
    script = f"<script type='application/json'>{state}</script>"
    page = f"<html><head><title>Goat</title>{head}</head><body><div id='root'></div>{script}</body></html>"
    document = Document(page, url="https://paper.example/goat")
    return find_images(document, find_body(document, "Goat"), "Goat")


@pytest.mark.parametrize(
    "part",
    [
        {"type": "image", "src": "/goat.jpg", "alt": "A goat", "caption": "The goat", "credit": "Tam Ray"},
        {"type": "image", "url": "/goat.jpg", "altText": "A goat", "caption": "The goat (Image: Tam Ray)"},
        {"kind": "photo", "data": {"url": "/goat.jpg", "alt": "A goat"}, "caption": "The goat", "credit": "©Tam Ray"},
        {"__typename": "ImageBlock", "image": {"src": "/goat.jpg", "alt": "A goat", "credit": "Photo: Tam Ray"},
         "caption": "The goat"},
    ],
)  # fmt: skip
def test_a_picture_among_the_parts_of_a_state_blob_stands_after_the_part_before_it(part: dict[str, object]) -> None:
    (image,) = found(part)
    assert image == Image(
        url="https://paper.example/goat.jpg", caption="The goat", credit="Tam Ray", alt="A goat", after_block=0
    )


def test_a_part_without_an_address_is_no_picture() -> None:
    assert found({"type": "image", "caption": "The goat"}, {"type": "imageGallery"}) == ()


def test_values_of_other_types_are_left_aside() -> None:
    (image,) = found({"type": "img", "src": "/a.jpg", "caption": {"text": "x"}, "credit": 3, "alt": ["<b>"]})
    assert (image.caption, image.credit, image.alt) == (None, None, None)
