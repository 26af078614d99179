import pytest

from extractors.region import Region, name_words
from tests.extractors.written_page import written_page


def region_of(inside: str) -> Region:
    return Region(*written_page(inside, below='<p id="after">x</p>' + "<i>x</i>" * 60))


@pytest.mark.parametrize(
    ("box", "foreign"),
    [
        ('<div class="related-stories">%s</div>', True),
        ('<div class="ReadMore_box__x1">%s</div>', True),
        ('<div id="newsletter-signup"><div><div>%s</div></div></div>', True),
        ("<nav>%s</nav>", True),
        ("<aside>%s</aside>", True),
        ('<aside class="media-figure">%s</aside>', False),
        ('<div class="embed-widget share">%s</div>', False),
        ('<div class="entry-adventure">%s</div>', False),
        ("<div>%s</div>", False),
    ],
)
def test_a_box_is_foreign_by_its_names(box: str, foreign: bool) -> None:
    region = region_of(box % '<b id="it">x</b>')
    element = region.document.tree.get_element_by_id("it")
    assert region.is_foreign(element) is foreign


def test_names_of_what_holds_the_text_do_not_count() -> None:
    document, body = written_page('<b id="it">x</b>', above='<div class="related">', below="</div>")
    assert not Region(document, body).is_foreign(document.tree.get_element_by_id("it"))


def test_the_stretch_goes_from_the_headline_to_a_little_past_the_text() -> None:
    region = region_of("")
    elements = region.document.elements
    assert elements[region.headline].tag == "h1"
    assert elements[region.top].tag == "main"
    after = region.document.position(region.document.tree.get_element_by_id("after"))
    assert region.last < after < region.end
    assert not any(element.tag == "footer" for element in elements[region.headline : region.end])


def test_the_end_of_an_element_is_where_the_next_begins() -> None:
    region = region_of('<div id="it"><b>x</b><b>x</b></div>')
    element = region.document.tree.get_element_by_id("it")
    assert region.end_of(element) == region.document.position(element) + 3
    assert region.end_of(region.document.tree) == len(region.document.elements)


def test_words_of_names_are_parted_at_hyphens_underscores_and_capitals() -> None:
    assert name_words("wp-caption-text", None, "imageCaption__x1") == " wp caption text image caption x 1 "
    assert name_words(None) == " "
