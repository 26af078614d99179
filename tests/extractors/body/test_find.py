import pytest

from extractors.body import Body, find_body
from extractors.document import Document
from extractors.rules import SiteRules
from tests.extractors.body import pages

HEADLINE = "Odalys Brampton leaves The Larkspurs"
URL = "https://lantern.localhost/odalys"


def body_of(article: str, *, rules: SiteRules | None = None, **around: str) -> Body:
    return find_body(Document(pages.page(article, **around), url=URL, rules=rules), HEADLINE)


def texts(body: Body) -> tuple[str, ...]:
    return tuple(block.text for block in body.blocks)


def test_the_paragraphs_are_the_body_and_the_page_around_them_is_not() -> None:
    body = body_of(pages.paragraphs(*pages.PARAGRAPHS))
    assert texts(body) == pages.PARAGRAPHS
    assert body.confidence > 0.7


def test_blocks_tell_headings_lists_and_quotations() -> None:
    one, two, three, four = pages.PARAGRAPHS
    body = body_of(
        f"<p>{one}</p><h2>A year with no buses</h2><p>{two}</p>"
        f"<ul><li>{three}<ul><li>{four}</li></ul></li></ul>"
        "<blockquote><p>I never slept so well as on that floor, she wrote in her first book.</p></blockquote>"
        + pages.paragraphs(*(text.replace("Ferris", "Rufus") for text in pages.PARAGRAPHS))
    )
    assert [(block.kind, block.level) for block in body.blocks][:6] == [
        ("paragraph", None), ("heading", 2), ("paragraph", None),
        ("list_item", 1), ("list_item", 2), ("block_quote", None),
    ]  # fmt: skip


def test_links_stand_where_their_words_do() -> None:
    first = pages.PARAGRAPHS[0].replace("her label", " <a href='/label?x=1'> her\u200b label </a> ")
    body = body_of(f"<p> {first}</p>" + pages.paragraphs(*pages.PARAGRAPHS[1:]))
    (link,) = body.links
    assert body.blocks[link.block].text[link.start : link.end] == "her label"
    assert link.url == "https://lantern.localhost/label?x=1"


def test_positions_ascend_and_place_an_embed_between_its_neighbours() -> None:
    one, two, three, four = pages.PARAGRAPHS
    tweet = "<blockquote class='twitter-tweet'><p>tweet</p><a href='#'>x</a></blockquote>"
    article = f"<p>{one}</p><p>{two}</p>{tweet}{three}<p>{four}</p>"
    document = Document(pages.page(article), url=URL)
    body = find_body(document, HEADLINE)
    assert texts(body) == pages.PARAGRAPHS
    assert list(body.positions) == sorted(body.positions)
    (embed,) = document.tree.cssselect("blockquote.twitter-tweet")
    (inside,) = embed.cssselect("a")
    assert body.after_block(document.position(embed)) == body.after_block(document.position(inside)) == 1


def test_a_second_copy_of_the_text_is_dropped() -> None:
    copy = "<div class='article-body mobile'>" + pages.paragraphs(*pages.PARAGRAPHS) + "</div>"
    body = body_of(pages.paragraphs(*pages.PARAGRAPHS) + copy)
    assert texts(body) == pages.PARAGRAPHS


def test_what_the_rules_remove_is_no_body() -> None:
    article = pages.paragraphs(*pages.PARAGRAPHS[:3]) + f"<div class='zz'><p>{pages.PARAGRAPHS[3]}</p></div>"
    assert texts(body_of(article)) == pages.PARAGRAPHS
    assert texts(body_of(article, rules=SiteRules(remove=(".zz",)))) == pages.PARAGRAPHS[:3]


def test_a_page_without_text_has_an_empty_body_of_no_confidence() -> None:
    body = find_body(Document(b"<html><body><script>run()</script></body></html>"), None)
    assert body.blocks == ()
    assert body.confidence == 0.0


def test_boxes_captions_and_prompts_inside_the_text_are_left_out() -> None:
    one, two, three, four = pages.PARAGRAPHS
    body = body_of(
        f"<p>{one}</p><figure><img src='a.jpg'><figcaption>Brampton on stage in Oslo last May</figcaption></figure>"
        f"<p>{two}</p><div class='newsletter-box'><h3>At breakfast</h3><p>Our best stories, every day.</p></div>"
        f"<p>{three}</p><div class='jp-relatedposts'><h4>Drummer buys a boat</h4><p>It has two masts.</p></div>"
        f"<p>{four}</p><p>READ MORE: <a href='/boat'>The drummer's boat</a></p><h3>More from the music desk</h3>"
    )
    assert texts(body) == pages.PARAGRAPHS


def test_the_standfirst_and_the_headline_are_not_repeated_in_the_body() -> None:
    article = f"<h2>{HEADLINE}</h2>" + pages.paragraphs(*pages.PARAGRAPHS)
    assert texts(body_of(article)) == pages.PARAGRAPHS


def test_an_article_under_an_unclosed_button_is_read() -> None:
    page = pages.page(pages.paragraphs(*pages.PARAGRAPHS)).replace(b"<main>", b"<button class='menu'>Menu<main>")
    assert texts(find_body(Document(page, url=URL), HEADLINE)) == pages.PARAGRAPHS


def test_a_text_in_parts_that_advertising_breaks_is_read_whole() -> None:
    parts = [f"<section class='part'><p>{text}</p></section>" for text in pages.PARAGRAPHS]
    assert texts(body_of("<div class='ad-slot'>Advertisement</div>".join(parts))) == pages.PARAGRAPHS


def test_lines_repeated_in_one_list_stay() -> None:
    refrain = "And the drummer kept the beat while the buses rolled on through the rain and the night."
    article = "".join(f"<p>{text}</p><p>{refrain}</p>" for text in pages.PARAGRAPHS)
    assert texts(body_of(article)).count(refrain) == 4


def test_containers_that_the_rules_name_are_the_body_and_others_are_not() -> None:
    one, two, three, four = pages.PARAGRAPHS
    article = f"<p>{one}</p><div class='zz'><p>{two}</p><p>Promoted</p></div><p>{three}</p><div class='zz'>{four}</div>"
    body = body_of(article, rules=SiteRules(body=(".zz",)))
    assert texts(body) == (two, four)
    assert [element.get("class") for element in body.containers] == ["zz", "zz"]
    assert body.strategy == "rules"
    assert texts(body_of(article, rules=SiteRules(body=(".absent",)))) == pages.PARAGRAPHS


def test_trafilatura_is_asked_where_the_recipe_is_not_sure() -> None:
    teasers = tuple(text.removesuffix(".") + "…" for text in pages.PARAGRAPHS)
    links = "".join(f"<p><a href='/{number}'>{text}</a></p>" for number, text in enumerate(teasers))
    page = f"<html><body><div class='related-links sidebar'>{links}</div></body></html>"
    document = Document(page.encode(), url=URL)
    before = document.tree.text_content()
    body = find_body(document, None)
    assert texts(body) == teasers
    assert body.strategy == "trafilatura"
    assert body.confidence < 0.4
    assert document.tree.text_content() == before


def test_items_of_an_inner_list_come_with_the_item_they_belong_to() -> None:
    items = "".join(f"<li>{text}<ul><li>Gravy</li><li>Toast</li></ul></li>" for text in pages.PARAGRAPHS[:2])
    body = body_of(pages.paragraphs(*pages.PARAGRAPHS[2:]) + f"<ul>{items}</ul>" + pages.paragraphs("And so it ended."))
    assert [b.text for b in body.blocks if b.level == 2] == ["Gravy", "Toast"] * 2


def test_a_list_of_posts_that_sets_its_text_in_headings_is_read_to_its_end() -> None:
    post = "<div class='post post-{0}'><h2 class='post__text'>{1}</h2><figure><img src='{0}.jpg'></figure></div>"
    lines = [*pages.PARAGRAPHS, "Fans said that the buses had been cold, and that the drummer slept in all of them."]
    article = "".join(post.format(number, text) for number, text in enumerate(lines))
    assert texts(body_of(article)) == tuple(lines)


def test_headings_promises_and_calls_after_the_text_are_left_out() -> None:
    article = pages.paragraphs(*pages.PARAGRAPHS)
    close = (
        "<h2>More of the band</h2><p>Listen to the Lantern hour live at noon, or catch up here.</p><p>And now this:</p>"
    )
    assert texts(body_of(article + close)) == pages.PARAGRAPHS


def test_a_lone_line_in_a_pictures_box_is_a_caption_and_text_beside_pictures_is_not() -> None:
    one, two, three, four = pages.PARAGRAPHS
    photo = "<section class='photo'><img src='{}.jpg'><p>{}</p></section>"
    pictures = [
        photo.format(n, text) for n, text in enumerate(["Brampton waves to the hall [LN]", "The drummer at sea [LN]"])
    ]
    article = f"<p>{one}</p>{pictures[0]}<p>{two}</p>{pictures[1]}<p><img src='x.jpg'>{three}</p><p>{four}</p>"
    assert texts(body_of(article)) == pages.PARAGRAPHS


@pytest.mark.parametrize(
    "line",
    [
        "Published on: 14 March 2026",
        "sexta-feira, 6 de março de 2026 às 8:15",
        "06/03/2026 - Publicado por: Wystan Orrin - Categoria: Música",
        "By Wystan Orrin",
        "4 MIN. READ",
        "Home » Music » Odalys Brampton leaves The Larkspurs",
    ],
)
def test_a_line_of_date_author_or_path_above_the_text_is_left_out(line: str) -> None:
    assert texts(body_of(f"<div>{line}</div>" + pages.paragraphs(*pages.PARAGRAPHS))) == pages.PARAGRAPHS


def test_a_sentence_with_a_date_opens_a_text() -> None:
    first = "It ended on 3 March 2026, in the rain."
    assert texts(body_of(pages.paragraphs(first, *pages.PARAGRAPHS)))[0] == first


def test_lines_that_repeat_the_headings_below_are_a_table_of_contents() -> None:
    headings = ["The years on the bus", "A brother at the drums", "Nine dates that are left", "Who will sing now"]
    items = "".join(f"<li>{number}. {heading}</li>" for number, heading in enumerate(headings, 1))
    parts = "".join(f"<h2>{h}</h2><p>{p}</p>" for h, p in zip(headings, pages.PARAGRAPHS, strict=True))
    intro = "This is how the band has lived since it was founded, told by those who rode along."
    found = texts(body_of(f"<p>{intro}</p><ol>{items}</ol>{parts}"))
    assert found == (intro, *(text for pair in zip(headings, pages.PARAGRAPHS, strict=True) for text in pair))


def test_microdata_that_is_not_shown_is_no_second_text() -> None:
    item = "<div style='display:none' itemscope><div itemprop='author'>Wystan Orrin of the Lantern</div>"
    item += f"<div itemprop='articleBody'>{' '.join(pages.PARAGRAPHS)}</div></div>"
    assert texts(body_of(pages.paragraphs(*pages.PARAGRAPHS) + item)) == pages.PARAGRAPHS


def test_a_heading_whose_id_is_its_own_words_is_no_region() -> None:
    one, two, three, four = pages.PARAGRAPHS
    heading = "How her social life changed with the band"
    article = f"<p>{one}</p><p>{two}</p><h2 id='how-her-social-life-changed'>{heading}</h2><p>{three}</p><p>{four}</p>"
    assert texts(body_of(article)) == (one, two, heading, three, four)


def test_a_heading_that_stands_with_a_picture_in_its_box_is_text() -> None:
    one, two, three, four = pages.PARAGRAPHS
    box = "<div class='story-image'><h2>{0}</h2><figure><img src='{1}.jpg'></figure></div>"
    shown = "Fans were quick to say what the garage had meant to them, and to show it."
    body = body_of(f"<p>{one}</p><p>{two}</p>{box.format(shown, 1)}<p>{three}</p><p>{four}</p>")
    assert texts(body) == (one, two, shown, three, four)
