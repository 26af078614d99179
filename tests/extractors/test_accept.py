import contextlib

import pytest

from extractors.accept import refuse_attribute_bombs, refuse_other_files, refuse_what_is_no_html
from extractors.errors import ExtractionError
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n<a>", "a PDF file"),
        (b"\x89PNG\r\n\x1a\n\0\0<x>", "a PNG image"),
        (b"\xff\xd8\xff\xe0JFIF<x>", "a JPEG image"),
        (b"GIF89a<x>", "a GIF image"),
        (b"RIFF\x10\0\0\0WEBPVP8 <x>", "WebP"),
        (b"PK\x03\x04<x>", "ZIP"),
        (b"\x1f\x8b\x08<x>", "gzip"),
        (b"\0\0\0\x1cftypmp42<x>", "video"),
    ],
)
def test_another_kind_of_file_is_refused_by_name(data: bytes, name: str) -> None:
    with pytest.raises(ExtractionError, match="no HTML page") as caught:
        refuse_other_files(data)
    assert name in str(caught.value)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b'<?xml version="1.0"?>\n<rss version="2.0"><a>', "<rss>"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "<feed>"),
        (b'<?xml version="1.0"?><!-- made by hand --><urlset>', "<urlset>"),
        (bytes(range(32)) * 20 + b"<p", "binary"),
        (b'{"articles": []}', "no tag"),
        (b"plain words only", "no tag"),
    ],
)
def test_what_is_no_page_is_refused_by_name(data: bytes, name: str) -> None:
    with pytest.raises(ExtractionError, match="no HTML page") as caught:
        refuse_what_is_no_html(data)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data", [b"<p>x", b"<!doctype html><title>x", b'<?xml version="1.0"?><html xmlns="x"><body>', b"x" * 5000 + b"<b>"]
)
def test_pages_are_taken(data: bytes) -> None:
    refuse_what_is_no_html(data)


@pytest.mark.parametrize("attribute", ["a{}", "a{}=x", "a{}='x'", 'a{}=">"', "a{}='<b>'", "data-a{} ="])
def test_a_bomb_of_attributes_is_refused_at_once(attribute: str) -> None:
    def bomb(length: int) -> bytes:
        names = " ".join(attribute.format(number) for number in range(length))
        return f"<html><body><p {names}>x</p></body></html>".encode()

    def look(page: bytes) -> None:
        with pytest.raises(ExtractionError, match="attributes"):
            refuse_attribute_bombs(page)

    assert_linear(bomb, look, 20_000)


def test_long_attributes_scripts_and_styles_are_no_bombs() -> None:
    words = " ".join(f"word{number}=1" for number in range(20_000))
    refuse_attribute_bombs(f'<div data-state="{words}">x</div>'.encode())
    refuse_attribute_bombs(f"<script>var text = '{words}'; if (a<b) c()</script>".encode())
    refuse_attribute_bombs(f"<style>{words}</style><!-- <p {words} -->".encode())
    refuse_attribute_bombs(("<p class=x id=y>one</p>" * 20_000).encode())


@pytest.mark.parametrize("piece", ["<a '", '<a "', "<a", "<!--", "<script", "<a x='>", "= ", "a =  "])
def test_any_repetition_is_looked_at_in_linear_time(piece: str) -> None:
    def look(page: bytes) -> None:
        with contextlib.suppress(ExtractionError):
            refuse_attribute_bombs(page)

    assert_linear(lambda times: ("<a " + piece * 10 * times + "=" * times).encode(), look, 2_500)
