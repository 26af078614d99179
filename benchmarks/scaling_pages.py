"""Pages of any size for `scaling.py`: one of the shape of a real news page, and four that no newsroom would write."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

_NAMES = (
    "Imelda Farrow",
    "Perrin Oakwright",
    "Tamsin Ozari",
    "Lorcan Thistlewood",
    "Wilhelmina Strand",
    "Dax Morrowby",
)
_ACTS = (
    "left the harbour theatre by the side door",
    "sang for the boatmen until the lamps were out",
    "sold the house on the hill to a neighbour",
    "bought a small dog and called it Gravy",
    "would not say who had paid for the lunch",
    "missed the last train home for the second time",
)
_WHEN = ("on Monday", "in June", "two weeks ago", "last year", "on 3 May 2024", "in the spring of 2019", "yesterday")
_SAID = ("said", "told The Daily Glint", "added", "recalled", "wrote on Instagram")

_SCRIPT, _STYLE = 260, 130
"""Bytes of script and of style in each thousand of a real page: 39 in a hundred together (the median of 100 pages)."""
_PROSE = 0.107
"""Share of the rest that is the article: paragraphs are 5 bytes in a hundred of a real page, with their markup 9."""


def real_shaped(size: int) -> bytes:
    """A page of about so many bytes with the proportions of a real one: 5 elements a kB, two fifths script and style.

    The article, its pictures and posts, the cards of other stories, scripts and styles grow with the size alike.
    """
    chance = random.Random(size)
    head = (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Harbour nights | The Daily Glint</title>'
        '<meta property="og:title" content="Harbour nights"><meta property="article:published_time" '
        'content="2026-11-18T11:30:00+00:00"><script type="application/ld+json">{"@type": "NewsArticle", "headline": '
        '"Harbour nights", "datePublished": "2026-11-18T11:30:00Z", "author": {"@type": "Person", "name": "Ada Quill"}}'
        f"</script><style>{_styles(size * _STYLE // 1000)}</style></head><body>"
    )
    script = f"<script>window.__glint = [{_numbers(chance, size * _SCRIPT // 1000)}];</script>"
    rest = size - len(head) - len(script)
    article = _filled(lambda: _paragraphs(chance), int(rest * _PROSE))
    cards = _filled(lambda: iter([_card(chance)]), rest - len(article))
    story = (
        '<main><article class="post"><header><h1 class="entry-title">Harbour nights</h1><p class="byline">By '
        '<a rel="author" href="/ada-quill">Ada Quill</a> <time datetime="2026-11-18T11:30:00Z">18 November 2026</time>'
        f'</p></header><div class="entry-content">{article}</div></article></main>'
    )
    return f'{head}{story}<div class="related-stories">{cards}</div>{script}</body></html>'.encode()


def million_siblings(count: int = 1_000_000) -> bytes:
    """So many paragraphs of one word in one element."""
    return b"<html><body><h1>Harbour nights</h1><div>" + b"<p>storm</p>" * count + b"</div></body></html>"


def one_text_node(size: int = 5_000_000) -> bytes:
    """One paragraph of so many bytes."""
    sentences = _filled(lambda: (f"{_sentence(random.Random(number))} " for number in range(5_000)), size)
    return f"<html><body><h1>Harbour nights</h1><p>{sentences}</p></body></html>".encode()


def nested(levels: int = 100_000) -> bytes:
    """A paragraph inside so many elements."""
    inside = "".join(f"<p>{_sentence(random.Random(number))}</p>" for number in range(20))
    return f"<html><body><h1>Harbour nights</h1>{'<div>' * levels}{inside}{'</div>' * levels}</body></html>".encode()


def _filled(make: Callable[[], Iterator[str]], size: int) -> str:
    parts: list[str] = []
    length = 0
    while length < size:
        for part in make():
            parts.append(part)
            length += len(part)
            if length >= size:
                break
    return "".join(parts)


def _sentence(chance: random.Random) -> str:
    name, other = chance.sample(_NAMES, 2)
    return f"{name} {chance.choice(_ACTS)} {chance.choice(_WHEN)}, while {other} {chance.choice(_ACTS)}."


def _paragraphs(chance: random.Random) -> Iterator[str]:
    name = chance.choice(_NAMES)
    yield f'<p class="wp-block-paragraph">{_sentence(chance)} {_sentence(chance)}</p>\n'
    told = f"{name} {chance.choice(_SAID)} {chance.choice(_WHEN)}"
    yield f"<p>“I {chance.choice(_ACTS)} and I would do it again,” {told}.</p>\n"
    yield f'<p><a href="/tag/{chance.randrange(10**6)}">{name}</a> is not alone. {_sentence(chance)}</p>\n'
    if not chance.randrange(8):
        yield f"<h2>What {name} did next</h2>\n"
    if not chance.randrange(8):
        number = chance.randrange(10**9)
        yield f'<figure><img src="/img/{number}.jpg"><figcaption>{name} on stage (Image: PA)</figcaption></figure>\n'
        post = f"https://www.instagram.com/p/C{number}/"
        yield f'<blockquote class="instagram-media" data-instgrm-permalink="{post}"></blockquote>'


def _card(chance: random.Random) -> str:
    number = chance.randrange(10**9)
    blank = " " * chance.randrange(480)
    return (
        f'<div class="card card--wide js-track" id="card-{number}" data-track="position:{number};list:related">'
        f'<a class="card__link" href="https://dailyglint.localhost/2026/11/{number}/?utm_source=related&utm_medium=card">'
        f'<img class="card__image lazy" data-src="/img/{number}.jpg" srcset="/img/{number}-320.jpg 320w, '
        f'/img/{number}-640.jpg 640w, /img/{number}-960.jpg 960w" alt="{chance.choice(_NAMES)}">'
        f'<h3 class="card__title">{chance.choice(_NAMES)} {chance.choice(_ACTS)}</h3></a>\n{blank}'
        f'<ul class="card__meta"><li>Celebrity</li><li><time datetime="2026-11-17">17 November 2026</time></li>'
        "</ul></div>\n"
    )


def _styles(size: int) -> str:
    return _filled(lambda: (f".card--{number}{{margin:0 auto;color:#{number:06x}}}" for number in range(10**6)), size)


def _numbers(chance: random.Random, size: int) -> str:
    return ",".join(str(chance.randrange(10**12)) for _ in range(size // 13))


PAGES: Mapping[str, Callable[[], bytes]] = {
    "real-shaped, 100 kB": lambda: real_shaped(100_000),
    "real-shaped, 1 MB": lambda: real_shaped(1_000_000),
    "real-shaped, 10 MB": lambda: real_shaped(10_000_000),
    "a million siblings": million_siblings,
    "one text node of 5 MB": one_text_node,
    "100,000 levels deep": nested,
}
"""What `scaling.py` measures, by name."""
