import pytest
from lxml import html

from extractors.body.segments import Cut
from extractors.body.stretch import cut


def cut_of(markup: str) -> Cut:
    return cut(html.document_fromstring(markup), whole=True)


def texts(markup: str) -> list[str]:
    return [segment.text for segment in cut_of(markup).segments]


def test_block_elements_part_the_text_and_inline_elements_do_not() -> None:
    assert texts("<div>One <em>and</em> a <custom-link>half</custom-link><p>Two</p>Three</div>") == [
        "One and a half",
        "Two",
        "Three",
    ]


def test_one_break_is_a_space_and_two_part_paragraphs() -> None:
    assert texts("<p>First<br>line.<br> <br/>Second.</p>") == ["First line.", "Second."]


def test_an_inline_element_that_holds_blocks_gives_them() -> None:
    assert texts("<span><p>First.</p><a href='/x'><h2>Second</h2></a></span>") == ["First.", "Second"]


def test_scripts_styles_comments_and_embeds_give_no_text() -> None:
    page = (
        "<p>Before.<!-- hush --></p><script>x()</script><style>p{}</style>"
        "<blockquote class='instagram-media'><p>View this post</p></blockquote>after it<svg><text>x</text></svg>"
    )
    assert texts(page) == ["Before.", "after it"]


def test_link_characters_are_counted_across_nested_markup() -> None:
    (segment,) = cut_of("<p>See <a href='/a'>the <b>list</b></a> and <a href='/b'>more</a>.</p>").segments
    assert segment.link_chars == len("the list") + len("more")
    assert segment.bold_chars == len("list")
    assert ["".join(segment.pieces[link.first : link.past]) for link in segment.links] == ["the list", "more"]


def test_a_link_around_several_paragraphs_is_a_link_in_each() -> None:
    cuts = cut_of("<a href='/x'><p>One</p><p>Two</p></a><p>Three</p>")
    assert [len(segment.links) for segment in cuts.segments] == [1, 1, 0]


def test_a_removed_element_gives_no_text_but_what_follows_it_does() -> None:
    tree = html.document_fromstring("<div>One<section>Two</section>Three</div>")
    section = next(tree.iter("section"))
    assert [segment.text for segment in cut(tree, frozenset({section})).segments] == ["One", "Three"]


def test_a_million_breaks_and_a_long_text_take_linear_time() -> None:
    assert len(texts("<div>" + "word<br><br>" * 20_000 + "</div>")) == 20_000
    assert len(texts("<p>" + "word " * 400_000 + "</p>")[0]) == 400_000 * 5 - 1


@pytest.mark.parametrize(
    "box",
    [
        "<span class='rollover-people-block'><a href='/o'>Odalys Brampton</a> <a href='/1'>Her best songs</a></span>",
        "<span class='Term_tooltipBubble__x1'>A singer from Orne<b>!</b></span>",
        "<span class='popover-content' role='tooltip'><span>A singer</span></span>",
    ],
)
def test_the_box_that_a_word_opens_is_no_part_of_its_line(box: str) -> None:
    line = f"<p>Last week <span class='rollover'><a href='/o'>Brampton</a>{box}</span> said <b>no</b>.</p><p>Two</p>"
    cuts = cut_of(line)
    assert [segment.text for segment in cuts.segments] == ["Last week Brampton said no.", "Two"]
    assert [len(segment.links) for segment in cuts.segments] == [1, 0]
    assert cuts.segments[0].bold_chars == len("no")


@pytest.mark.parametrize(
    "line",
    [
        "<p>See the <span class='tooltip'>garage band</span> that she founded</p>",
        "<p>See the <span class='has-tooltip text-bold'>garage band</span> that she founded</p>",
        "<p><span class='tooltip-text'>See the garage band</span> that she founded</p>",
    ],
)
def test_a_word_that_has_a_box_and_a_label_that_stands_alone_are_text(line: str) -> None:
    assert texts(line) == ["See the garage band that she founded"]
