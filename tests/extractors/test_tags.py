import json

import pytest

from extractors.document import Document
from extractors.tags import find_tags


def tags(html: str) -> tuple[str, ...]:
    return find_tags(Document(f"<html><body><h1>Orla</h1>{html}</body></html>", url="https://glint.example/a")).value


def keywords(value: object) -> str:
    node = {"@type": "NewsArticle", "headline": "Orla", "keywords": value}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


WRITTEN = ("Orla Quinn", "TV &amp;amp; Film", "orla quinn", "@hp-top", "type_news")
METAS = "".join(f"<meta property='article:tag' content='{tag}'>" for tag in WRITTEN)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (METAS, ("Orla Quinn", "TV & Film")),
        ("<meta property='article:tag' content='Orla Quinn, TV, Film'>", ("Orla Quinn", "TV", "Film")),
        (keywords("Orla Quinn, TV"), ("Orla Quinn", "TV")),
        (keywords(["Orla Quinn", "TV, Film and Radio"]), ("Orla Quinn", "TV, Film and Radio")),
        (keywords([{"name": "Orla Quinn"}, None, 7]), ("Orla Quinn",)),
        ("<p><a rel='tag' href='/t/o'>#Orla Quinn</a> <a rel='category tag' href='/c'>TV</a></p>", ("Orla Quinn",)),
        ("<article><footer><a rel='tag' href='/t/o'>Orla Quinn</a></footer></article>", ("Orla Quinn",)),
        ("<ul class='article-tags'><li><a href='/t/o'>Orla</a><li><a href='/t/tv'>TV</a></ul>", ("Orla", "TV")),
        ("<div class='post-topics'><a href='/t/o'>Orla Quinn</a></div>", ("Orla Quinn",)),
        ("<meta name='keywords' content='gossip, stars'>", ()),
        ("<nav><a rel='tag' href='/t/o'>Orla</a></nav><footer><a rel='tag' href='/t/o'>TV</a></footer>", ()),
        ("<meta property='og:site_name' content='Glint'>" + keywords(["Glint", "TV"]), ("TV",)),
    ],
)  # fmt: skip
def test_tags_are_those_that_the_page_lists_each_once_in_order(html: str, expected: tuple[str, ...]) -> None:
    assert tags(html) == expected
