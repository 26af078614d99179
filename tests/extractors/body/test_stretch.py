"""Which part of a page is cut, and what of the rest is kept."""

from lxml import html

from extractors.body.stretch import cut

SENTENCE = "The goat walked into the town hall at noon, ate the minutes of the last meeting and left by the back door."
SHORT = "Nobody had thought to lock the gate that morning."
MENU = "<ul>" + "".join(f"<li><a href='/{n}'>Goats of region {n}</a></li>" for n in range(30)) + "</ul>"
TEXT = f"<p>{SENTENCE}</p>" * 7


def texts(markup: str, *, whole: bool = False) -> list[str]:
    return [segment.text for segment in cut(html.document_fromstring(markup), whole=whole).segments]


def test_menus_outside_the_part_that_holds_the_sentences_are_left_out() -> None:
    page = f"<nav>{MENU}</nav><main><h2>Noon</h2>{TEXT}<p>Yes.</p></main><footer>{MENU}<p>Imprint</p></footer>"
    assert texts(page) == ["Noon", *[SENTENCE] * 7, "Yes."]


def test_sentences_and_the_main_heading_outside_it_stay() -> None:
    page = f"<header><h1>Goat</h1><p>{SHORT}</p></header>{MENU}<main>{TEXT}<p>Yes.</p></main>"
    assert texts(page) == ["Goat", SHORT, *[SENTENCE] * 7, "Yes."]


def test_a_text_in_parts_is_held_by_what_is_around_them() -> None:
    part = f"<div><h3>Part</h3><p>{SENTENCE}</p></div>"
    assert texts(f"{MENU}<section>{part * 4}</section>{MENU}") == ["Part", SENTENCE] * 4


def test_the_short_lines_beside_one_long_paragraph_are_kept() -> None:
    lines = [f"Goat {n}" for n in range(9)]
    page = f"{MENU}<article><p>{SENTENCE * 5}</p><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul></article>"
    assert texts(page) == [SENTENCE * 5, *lines]


def test_sentences_that_are_links_do_not_count() -> None:
    teasers = "".join(f"<p><a href='/{n}'>{SENTENCE}</a></p>" for n in range(9))
    assert texts(f"<div>{teasers}</div><div><b>Label</b>{TEXT}</div>") == ["Label", *[SENTENCE] * 7]


def test_a_page_without_a_sentence_is_cut_whole() -> None:
    assert len(texts(f"{MENU}<p>One</p><p>Two</p>")) == 32


def test_a_page_that_is_to_be_cut_whole_keeps_its_menus() -> None:
    assert len(texts(f"{MENU}<div>{TEXT}</div>", whole=True)) == 37


def test_the_places_of_what_is_left_tell_what_is_around_it() -> None:
    pieces = cut(html.document_fromstring(f"<div>{MENU}</div><div>{TEXT}<ul><li>Oats</li></ul></div>"))
    place = pieces.nodes[pieces.segments[-1].node]
    path = []
    while place is not pieces.nodes[0]:
        path.append((place.tag, place.depth))
        place = pieces.nodes[place.parent]
    assert path == [("li", 4), ("ul", 3), ("div", 2), ("body", 1)]
