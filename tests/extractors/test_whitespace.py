import pytest

from extractors.whitespace import squash


@pytest.mark.parametrize("times", [1, 20_000])
def test_white_space_collapses_in_a_line_and_in_a_text_of_any_length(times: int) -> None:
    text = "\u2003Orla\u00a0\u00a0Quinn \t left\r\n at\x1f two, so\u00adon \u200bafter. \n" * times
    assert squash(text) == " ".join(["Orla Quinn left at two, soon after."] * times)


def test_nothing_is_an_empty_string() -> None:
    assert squash(None) == squash("") == squash(" \n" * 60_000) == ""
