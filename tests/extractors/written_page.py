"""Small pages with a body that is known, for what stands between the paragraphs."""

from extractors.article import Block
from extractors.body import Body
from extractors.document import Document
from extractors.whitespace import squash

URL = "https://paper.example/2026/11/the-goat-is-fine"


def written_page(
    inside: str, *, top: str = "", above: str = "", below: str = "", head: str = ""
) -> tuple[Document, Body]:
    """An article of two paragraphs (every `<p class=t>` is a block), with markup put into it.

    It stands between the paragraphs (`inside`), above the headline (`top`), under it (`above`), after the last
    paragraph (`below`), and in the head.
    """
    html = f"""<!DOCTYPE html><html lang="en"><head><title>The goat is fine</title>{head}</head><body>
    <header class="site-header"><a href="/">The Paper</a></header>
    <main><article>{top}<h1>The goat is fine</h1>{above}
    <div class="entry-content"><p class="t">The goat of Harrowmoor was seen again on Monday, in good health.</p>
    {inside}
    <p class="t">Nobody knows how it came down from the church tower, and nobody asks.</p>{below}</div></article></main>
    <footer class="site-footer">The Paper</footer></body></html>"""
    document = Document(html, url=URL)
    paragraphs = [element for element in document.elements if element.get("class") == "t"]
    blocks = tuple(Block(kind="paragraph", text=squash(element.text_content())) for element in paragraphs)
    container = next(element for element in document.elements if element.get("class") == "entry-content")
    return document, Body(blocks, tuple(document.position(element) for element in paragraphs), (container,))
