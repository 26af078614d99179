import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.decode import decode
from extractors.errors import ExtractionError

PAGE = '<html lang="en"><head>{meta}</head><body><p>Zoë Lindqvist “said” no – déjà vu</p></body></html>'


def page(charset: str, meta: str = "") -> bytes:
    return PAGE.format(meta=meta).encode(charset)


def text(data: bytes) -> str:
    return data.decode("utf-8")


@pytest.mark.parametrize(
    ("charset", "declared", "meta"),
    [
        ("windows-1252", "windows-1252", ""),
        ("windows-1252", "iso-8859-1", ""),
        ("windows-1252", None, '<meta charset="iso-8859-1">'),
        ("windows-1252", None, '<meta http-equiv="Content-Type" content="text/html; charset=latin1">'),
        ("windows-1252", "no-such-charset", '<meta charset="windows-1252">'),
        ("windows-1252", "utf-8", ""),
        ("windows-1252", None, ""),
        ("utf-8", "iso-8859-1", '<meta charset="iso-8859-1">'),
        ("utf-8-sig", "windows-1251", ""),
        ("utf-16", None, ""),
        ("utf-16-le", None, ""),
        ("utf-16-be", None, ""),
        ("utf-32", None, ""),
    ],
)
def test_the_text_comes_out_whatever_is_declared(charset: str, declared: str | None, meta: str) -> None:
    data, _ = decode(page(charset, meta), declared)
    assert "Zoë Lindqvist “said” no – déjà vu" in text(data)


def test_a_page_charset_is_believed_before_the_server_s_default() -> None:
    html = '<html><head><meta charset="windows-1251"></head><body>Алла поёт</body></html>'.encode("windows-1251")
    assert "Алла поёт" in text(decode(html, "iso-8859-1")[0])


def test_the_language_tells_the_usual_charset() -> None:
    html = '<html lang="pl-PL"><body>Zażółć gęślą jaźń</body></html>'.encode("iso8859-2")
    assert decode(html) == (html.decode("iso8859-2").encode(), "iso8859-2")


def test_escapes_that_are_ascii_are_decoded_where_declared() -> None:
    html = "<html><body>日本のうわさ</body></html>".encode("iso-2022-jp")
    assert "日本のうわさ" in text(decode(html, "iso-2022-jp")[0])


def test_single_bytes_of_windows_1252_inside_utf_8_are_read_as_such() -> None:
    html = "<html><body>Zoë sagte: „Nö, früher wäre das möglich“, ".encode() + b"\x93quoted\x94</body></html>"
    assert "“quoted”" in text(decode(html)[0])
    assert "„Nö, früher" in text(decode(html)[0])


def test_a_character_cut_at_the_end_costs_nothing_else() -> None:
    html = "<html><body>Zoë, Amélie und Jürgen – é".encode()[:-1]
    assert text(decode(html)[0]).endswith("Jürgen – ")


def test_null_bytes_are_taken_out_and_text_is_taken_as_it_is() -> None:
    assert decode(b"<p>a\0b</p>")[0] == b"<p>ab</p>"
    assert decode("\ufeff<p>Zoë</p>", "windows-1252") == ("<p>Zoë</p>".encode(), "utf-8")


@pytest.mark.parametrize("empty", [b"", b" \n\t", "", "\ufeff", b"\xef\xbb\xbf \n", b"\0\0\0"])
def test_an_empty_page_is_refused(empty: bytes | str) -> None:
    with pytest.raises(ExtractionError, match="empty"):
        decode(empty)


@given(
    st.binary(min_size=1, max_size=200),
    st.none() | st.sampled_from(["utf-8", "shift_jis", "gb2312", "utf-16", "utf-7", "x"]),
)
def test_any_bytes_become_utf_8(data: bytes, declared: str | None) -> None:
    try:
        decoded, charset = decode(b"<" + data, declared)
    except ExtractionError:
        return
    assert decoded.decode("utf-8") is not None
    assert charset


@given(st.text(max_size=100))
def test_any_text_becomes_utf_8_lone_surrogates_too(html: str) -> None:
    assert b"<p>" in decode("<p>" + html + "\ud800")[0]


def twice(text: str) -> bytes:
    return text.encode().decode("latin-1").encode()


def test_what_was_encoded_twice_is_read_as_it_was_meant() -> None:
    said = "Zoë Lindqvist’s “déjà vu” – no\u00a0🎄, said Łucja"
    assert text(decode(f"<html><body>{said}</body></html>".encode())[0]) == f"<html><body>{said}</body></html>"
    assert said in text(decode(b"<html><body>" + twice(said) + b"</body></html>")[0])


def test_a_page_of_which_a_part_was_encoded_twice_keeps_the_rest() -> None:
    html = b"<html><body><p>" + "Åsa – née Lindqvist".encode() + b"</p><p>" + twice("Zoë’s") + b"</p></body></html>"
    assert "Åsa – née Lindqvist</p><p>Zoë’s" in text(decode(html)[0])


def test_letters_that_only_look_as_if_encoded_twice_stay() -> None:
    html = "<html><body>PRÊT-À-PORTER: NESCAFÉ® and “Ã¤” where an ä was meant; â is â</body></html>"
    assert text(decode(html.encode())[0]) == html


def test_what_is_no_character_when_taken_back_stays() -> None:
    surrogate = b"\xc3\xad\xc2\xa0\xc2\x80"
    html = b"<html><body>" + twice("Zoë’s") + surrogate + b"</body></html>"
    assert decode(html)[0] == "<html><body>Zoë’s".encode() + surrogate + b"</body></html>"
