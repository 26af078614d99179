# ruff: noqa: E501 (markup and captions stand in one line, as on pages)

import pytest

from extractors.captions import clean_credit, split_credit
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Orla Finnick (Image via Getty)", "Orla Finnick", "Getty"),
        ("Orla Finnick waves (Image: Tam Ray/Shutterstock)", "Orla Finnick waves", "Tam Ray/Shutterstock"),
        ("Orla Finnick (left) waves [AP]", "Orla Finnick (left) waves", "AP"),
        ("HELLO! Orla Finnick waves [TR]", "HELLO! Orla Finnick waves", "TR"),
        ("Orla Finnick in 1993. (Everett Collection)", "Orla Finnick in 1993.", "Everett Collection"),
        ("Orla in June. (Photo by Tam Ray/Getty Images for Fog)", "Orla in June.", "Tam Ray/Getty Images for Fog"),
        ("Orla and the goat Image: Tam Ray", "Orla and the goat", "Tam Ray"),
        ("Orla and the goat CREDIT: SPLASH", "Orla and the goat", "SPLASH"),
        ("Orla and the goat. Picture: Tam Ray/PA Wire", "Orla and the goat.", "Tam Ray/PA Wire"),
        ("Orla and the goat © Getty Images", "Orla and the goat", "Getty Images"),
        ("Orla and the goat | WireImage", "Orla and the goat", "WireImage"),
        ("Orla and the goat. Getty Images", "Orla and the goat.", "Getty Images"),
        ("The goat came down on July 25, 2019. J. Tam Ray / AP file", "The goat came down on July 25, 2019.", "J. Tam Ray / AP file"),
        ("Orla auf dem Turm. Foto: dpa", "Orla auf dem Turm.", "dpa"),
        ("Orla sur la tour. Crédit photo : Bestimage", "Orla sur la tour.", "Bestimage"),
        ("Orla en la torre. FOTO: GTRES", "Orla en la torre.", "GTRES"),
        ("Orla sulla torre (Foto: LaPresse)", "Orla sulla torre", "LaPresse"),
        ("Orla op de toren. Beeld: ANP", "Orla op de toren.", "ANP"),
        ("Bild: imago/Fog Press", None, "imago/Fog Press"),
        ("Tam Ray/Getty Images", None, "Tam Ray/Getty Images"),
        ("Getty", None, "Getty"),
        ("Image copyright Getty Images", None, "Getty Images"),
        ("Photo by Tam Ray", None, "Tam Ray"),
        ("(c) 2014 Tam Ray", None, "Tam Ray"),
        ("She posted a photo: it was great", "She posted a photo: it was great", None),
        ("The pair in a photo shared to Instagram", "The pair in a photo shared to Instagram", None),
        ("Orla (Tam's wife)", "Orla (Tam's wife)", None),
        ("Orla: 'A source of joy'", "Orla: 'A source of joy'", None),
        ("The moon. (FOG/Tower-Goat/ASU)", "The moon.", "FOG/Tower-Goat/ASU"),
        ("FILE PHOTO: The goat on Monday. REUTERS/Tam Ray", "FILE PHOTO: The goat on Monday.", "REUTERS/Tam Ray"),
        ("The goat. Credit... Tam Ray/The Paper", "The goat.", "Tam Ray/The Paper"),
        ("The goat [File: Reuters]", "The goat", "Reuters"),
        ("", None, None),
        (None, None, None),
    ],
)  # fmt: skip
def test_caption_and_credit_are_parted(text: str | None, caption: str | None, credit: str | None) -> None:
    assert split_credit(text) == (caption, credit)


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("( Image: Instagram/orlafinnick)", "Instagram/orlafinnick"), ("© 2023 Getty Images.", "Getty Images"),
        ("via Getty", "Getty"), ("Tam Ray via Getty Images", "Tam Ray via Getty Images"), ("Warner Bros.", "Warner Bros."),
        ("Courtesy Everett Collection", "Courtesy Everett Collection"), ("Photos by Tam Ray, left, and Hal", "Tam Ray, left, and Hal"),
        ("Photo credit: Tam Ray", "Tam Ray"), ("Getty Images) Getty", "Getty Images"), ("  ", None), (None, None),
    ],
)  # fmt: skip
def test_a_credit_is_given_without_what_stands_around_it(text: str | None, credit: str | None) -> None:
    assert clean_credit(text) == credit


@pytest.mark.parametrize(
    ("piece", "short"), [("(", 600), ("Photo: ", 85), ("© ", 300), ("a. ", 200), ("| Getty ", 75), ("x", 60_000)]
)
def test_hostile_captions_take_linear_time(piece: str, short: int) -> None:
    assert_linear(lambda times: piece * times, lambda text: (split_credit(text), clean_credit(text)), short)
