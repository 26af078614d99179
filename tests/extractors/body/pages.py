"""Pages for the tests of the body, about people who do not exist."""

PARAGRAPHS = (
    "Odalys Brampton has left the band that she founded in a garage in 2009, her label said on Tuesday morning.",
    "The singer, 41, told fans that she needed “a year with no buses in it”, and thanked them for their patience.",
    "Her brother Ferris, who plays the drums, will lead the group through the last nine dates of its autumn tour.",
    "A spokeswoman for the label said that the search for a new voice would begin in the spring, not before.",
)

SIDEBAR = "".join(f"<li><a href='/story-{number}'>Another story number {number}</a></li>" for number in range(12))


def page(article: str, *, head: str = "", after: str = "") -> bytes:
    """A news page around the markup of an article."""
    return f"""<!DOCTYPE html><html lang="en"><head><title>Odalys Brampton leaves The Larkspurs</title>{head}</head>
    <body>
    <header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>
    <main><article><h1>Odalys Brampton leaves The Larkspurs</h1>
    <p class="byline">By <a href="/staff/w-orrin">Wystan Orrin</a></p>
    <div class="article-body">{article}</div></article></main>{after}
    <aside class="sidebar"><h3>Most read</h3><ul>{SIDEBAR}</ul></aside>
    <footer><p>© 2026 The Evening Lantern. All rights reserved.</p></footer></body></html>""".encode()


def paragraphs(*texts: str) -> str:
    """Markup of plain paragraphs."""
    return "\n".join(f"<p>{text}</p>" for text in texts)
