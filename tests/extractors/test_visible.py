import pytest
from lxml.html import HtmlElement, fragment_fromstring

from extractors.visible import is_hidden, visible_lines, visible_text
from tests.growth import assert_linear


def element(html: str) -> HtmlElement:
    return fragment_fromstring(html)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Orla <em>Quinn</em>’s<br>night</h1>", "Orla Quinn’s night"),
        ("<div><p>One</p><p>Two</p></div>", "One Two"),
        ("<p>Or<b>la</b> Quinn&nbsp; said</p>", "Orla Quinn said"),
        ("<p>a<script>b</script>c<style>d</style>e<button>f</button>g</p>", "a c e g"),
        ("<p>a<i hidden>b</i>c<i style='display: none'>d</i>e<i class='x sr-only'>f</i></p>", "ace"),
        ("<p>a<i aria-hidden=true>b</i>c</p>", "ac"),
        ("<p></p>", ""),
    ],
)  # fmt: skip
def test_the_words_are_those_that_a_reader_sees(html: str, text: str) -> None:
    assert visible_text(element(html)) == text


def test_further_parts_can_be_left_out_and_their_tails_stay() -> None:
    heading = element("<h1>Orla <time>today</time>leaves</h1>")
    assert visible_text(heading, lambda inner: inner.tag == "time") == "Orla leaves"


def test_lines_are_parted_by_blocks_and_breaks() -> None:
    assert visible_lines(element("<div>By <b>Orla</b> Quinn<div>Dublin</div>3 May<br>2026</div>")) == [
        "By Orla Quinn",
        "Dublin",
        "3 May",
        "2026",
    ]


def test_the_element_itself_is_read_though_it_is_a_button_or_hidden() -> None:
    assert visible_text(element("<button>Orla</button>")) == "Orla"
    assert is_hidden(element("<p hidden>x</p>"))
    assert not is_hidden(element("<p class='unhidden'>x</p>"))


def test_a_large_element_is_read_only_at_its_beginning() -> None:
    def large(length: int) -> HtmlElement:
        return element("<div>" + "<span></span>" * length + "<p>end</p>" + "word " * length + "</div>")

    assert len(visible_text(large(100_000))) < 10_000
    assert_linear(large, lambda made: [visible_text(made) for _ in range(25)], 12_500)


def test_of_a_text_node_without_end_only_the_beginning_is_read() -> None:
    heading = element(f"<h1>{'storm ' * 500_000}</h1>")
    assert len(visible_text(heading)) < 60_000
