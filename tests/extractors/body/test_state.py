import json

from extractors.body import Body, find_body
from extractors.body.state import find_state
from extractors.document import Document
from tests.extractors.body import pages


def shell(script: str) -> Document:
    page = f"<html><head><title>Odalys Brampton</title></head><body><div id='root'></div>{script}</body></html>"
    return Document(page.encode(), url="https://lantern.localhost/odalys")


def body_of(script: str) -> tuple[Document, Body]:
    document = shell(script)
    return document, find_body(document, "Odalys Brampton leaves The Larkspurs")


def test_typed_parts_of_a_state_blob_become_blocks_at_the_script() -> None:
    parts = [{"type": "p", "html": f"<em>{text}</em>"} for text in pages.PARAGRAPHS]
    parts.insert(1, {"type": "heading3", "text": "No buses"})
    parts.insert(2, {"type": "image", "text": "A caption of the picture that is no part of the text"})
    state = json.dumps({"props": {"teasers": ["One", "Two"], "article": {"content": parts}}})
    document, body = body_of(f"<script id='__NEXT_DATA__' type='application/json'>{state}</script>")
    assert tuple(b.text for b in body.blocks if b.kind == "paragraph") == pages.PARAGRAPHS
    assert [(b.text, b.level) for b in body.blocks if b.kind == "heading"] == [("No buses", 3)]
    assert body.strategy == "state"
    assert set(body.positions) == {document.position(document.tree.cssselect("script")[0])}


def test_markup_assigned_to_a_variable_is_read() -> None:
    state = json.dumps({"story": {"body": pages.paragraphs(*pages.PARAGRAPHS)}}).replace("</", "<\\/")
    _, body = body_of(f"<script>window.__STATE__ = {state}; boot();</script>")
    assert tuple(b.text for b in body.blocks) == pages.PARAGRAPHS


def test_the_json_ld_text_stands_in_where_the_page_shows_none() -> None:
    node = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(pages.PARAGRAPHS)})
    _, body = body_of(f"<script type='application/ld+json'>{node}</script>")
    assert tuple(b.text for b in body.blocks) == pages.PARAGRAPHS
    assert body.strategy == "json-ld"


def test_a_list_of_addresses_is_no_text() -> None:
    pictures = [
        f"https://img.lantern.localhost/odalys-on-stage-in-oslo-{number}.jpg?width=1280&size=1" for number in range(9)
    ]
    assert find_state(shell(f"<script>{json.dumps({'image': pictures})}</script>")) is None


def test_a_text_cut_off_by_a_paywall_is_not_completed_from_a_script() -> None:
    node = json.dumps({"@type": "NewsArticle", "articleBody": "\n\n".join(pages.PARAGRAPHS)})
    head = f"<script type='application/ld+json'>{node}</script>"
    document = Document(pages.page(pages.paragraphs(*pages.PARAGRAPHS[:2]), head=head))
    assert [b.text for b in find_body(document, None).blocks] == list(pages.PARAGRAPHS[:2])


def test_broken_deep_and_foreign_scripts_hold_nothing() -> None:
    deep = "[" * 100_000
    for script in (
        deep,
        '{"a": ',
        "var x = 1;",
        "window.f = function() { return 'a b c' }",
        json.dumps({"html": "short"}),
    ):
        assert find_state(shell(f"<script>{script}{' ' * 200}</script>")) is None
