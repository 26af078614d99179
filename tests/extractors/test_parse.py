import pytest

from extractors.errors import ExtractionError
from extractors.parse import parse
from tests.growth import assert_linear


def words(data: str) -> tuple[str, str]:
    tree, note = parse(data.encode())
    return " ".join(" ".join(tree.itertext()).split()), note


def test_comments_and_instructions_are_left_out_and_part_no_text() -> None:
    assert words("<p>Zo<!-- react -->ë <?php x ?>said</p>") == ("Zoë said", "")


@pytest.mark.parametrize("tag", ["div", "span", "b", "font", "section", "custom-box"])
def test_a_page_nested_too_deep_keeps_its_text_and_says_what_was_done(tag: str) -> None:
    text, note = words(
        "<p>first</p>" + f"<{tag} class=x>" * 5000 + "<p>inside</p>" + f"</{tag}>" * 5000 + "<p>last</p>"
    )
    assert text.split() == ["first", "inside", "last"]
    assert f"<{tag}>" in note


def test_a_break_stands_for_each_run_of_a_block_that_was_flattened_and_nothing_for_inline_tags() -> None:
    tree, _ = parse(b"one" + b"<div> " * 5000 + b"two</div></div><div>three")
    assert len(list(tree.iter("br"))) == 2
    assert words("<p>a" + "<b>" * 3000 + "b</b> <b>c")[0] == "ab c"


def test_different_tags_nested_too_deep_are_flattened_one_after_the_other() -> None:
    text, note = words("<div><b><i>" * 1500 + "<p>inside</p>")
    assert "inside" in text
    assert "flattened" in note


def test_what_cannot_be_flattened_is_cut_and_said_to_be() -> None:
    _, note = words("".join(f"<x-{number}>" for number in range(3000)) + "<p>inside</p>")
    assert note.endswith("the rest cut")


@pytest.mark.parametrize("data", ["<!--", "<!doctype html>", "<!", "<!-- only a comment -->"])
def test_a_page_without_an_element_is_refused(data: str) -> None:
    with pytest.raises(ExtractionError, match="no element"):
        parse(data.encode())


@pytest.mark.parametrize(
    "data",
    [
        "<html><body><p>one</p></body></html> two <b>three</b> four<div>five</div></body></html>",
        "<html><body>one</body></html><p>two</p></html><!-- x --><p>three</p> four</html> five",
        "<html><head></head></html><p>one two</p>three<p>four five</p>",
        "<html><body><p>one</p></html><html><head><style>two</style></head><body>three<p>four</p>five</body>",
    ],
)
def test_what_follows_the_end_of_the_page_is_of_the_page_and_keeps_its_order(data: str) -> None:
    tree, note = parse(data.encode())
    assert " ".join(tree.itertext()).split() == ["one", "two", "three", "four", "five"]
    assert [element.tag for element in tree if element.tag == "body"] == ["body"]
    assert note == ""


def test_control_characters_after_the_end_of_the_page_do_no_harm() -> None:
    for page in (
        b"<p>Gulls.\x01</p></html>\x02More\x0b gulls.",
        b"<html><body></body></html>\x02More gulls.\xef\xbf\xbe",
    ):
        tree, _ = parse(page)
        assert "gulls." in "".join(tree.itertext())


@pytest.mark.parametrize("piece", [b"</html>x", b"</html><html><body>x", b"</html><p>x", b"</body></html><head>x"])
def test_time_grows_with_what_stands_after_the_end(piece: bytes) -> None:
    assert_linear(lambda times: b"<p>a</p>" + piece * times, parse, 2000)
