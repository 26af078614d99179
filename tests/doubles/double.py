"""Doubles of real outlets: pages, feeds and sitemaps written by us in the shapes that the outlets use.

A double is `outlets/<registrable domain>.toml`: the articles as they must come out, the shape of the pages
(`shapes/*.toml`), and what each place that the shipped site file states has on it. Its addresses are the real ones; the
crawl's requests for them go to a server on loopback.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import urlsplit

from tests.crawler.outlet import Outlet

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Piece:
    """An article of a double: what must come out of its page."""

    url: str
    headline: str
    published: str
    paragraphs: list[str]
    authors: list[str] = field(default_factory=list)
    section: str = ""
    twin: str | None = None
    """The address of its AMP or mobile twin."""
    pages: int = 1
    """Pages that its paragraphs are spread over."""

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.published)

    def page_url(self, number: int, form: str) -> str:
        return self.url if number == 1 else self.url + form.format(number)


@dataclass(frozen=True, kw_only=True)
class Double:
    """One outlet."""

    domain: str
    language: str
    shape: Mapping[str, str]
    robots: str
    articles: list[Piece]
    places: dict[str, dict[str, Any]]
    """By address: `form`, and the numbers of the `articles` or the addresses (`children`) that it names; `twins`: first
    of all the AMP or mobile twins."""

    def serve(self, folder: Path) -> None:
        """Write all of it as the sample's server serves it, a folder a host."""
        answers = {self._robots_url(): (self.robots, {"type": "text/plain"})}
        for url, place in self.places.items():
            answers[url] = (self._listing(url, place), _how(url))
        for piece in self.articles:
            for number in range(1, piece.pages + 1):
                answers[piece.page_url(number, self.shape.get("pages", ""))] = (self._page(piece, number), {})
            if piece.twin:
                answers[piece.twin] = (self._page(piece, 1, twin=True), {})
        outlets: dict[str, Outlet] = {}
        for url, (text, how) in answers.items():
            parts = urlsplit(url)
            host = parts.hostname or ""
            outlet = outlets.setdefault(host, Outlet(folder, host=host) if host not in outlets else outlets[host])
            outlet.serve((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), text, **how)

    def _robots_url(self) -> str:
        first = next(iter(self.places))
        return f"https://{urlsplit(first).hostname}/robots.txt"

    def _page(self, piece: Piece, number: int, *, twin: bool = False) -> str:
        """A page of an article in the outlet's shape."""
        each, form = -(-len(piece.paragraphs) // piece.pages), self.shape.get("pages", "")
        own = piece.paragraphs[(number - 1) * each : number * each]
        others = [other for other in self.articles if other is not piece]
        links = [("prev", number - 1)] * (number > 1) + [("next", number + 1)] * (number < piece.pages)
        values = {
            "language": self.language,
            "url": piece.url if twin or number == 1 else piece.page_url(number, form),
            "headline": escape(piece.headline),
            "published": piece.published,
            "section": escape(piece.section),
            "authors": ", ".join(map(escape, piece.authors)),
            "first": escape(own[0]),
            "paragraphs": "\n".join(Template(self.shape["paragraph"]).substitute(text=escape(text)) for text in own),
            "teasers": self._teasers(others),
            "jsonld": _script(_jsonld(piece)),
            "state": _script(_state(piece, own)),
            "paging": "".join(f'<link rel="{rel}" href="{piece.page_url(to, form)}">' for rel, to in links),
            "numbers": " ".join(
                f'<a href="{piece.page_url(to, form)}">{to}</a>' for to in range(1, piece.pages + 1) if piece.pages > 1
            ),
        }
        return Template(self.shape["amp" if twin else "page"]).substitute(values)

    def _teasers(self, pieces: Sequence[Piece]) -> str:
        teaser = Template(self.shape["teaser"])
        return "\n".join(teaser.substitute(url=piece.url, headline=escape(piece.headline)) for piece in pieces)

    def _listing(self, url: str, place: Mapping[str, Any]) -> str:
        named = [self.articles[number] for number in place.get("articles", range(len(self.articles)))]
        if place.get("twins"):
            named = [replace(piece, url=piece.twin) for piece in named if piece.twin] + named
        if place["form"] == "index":
            return _index(place["children"])
        if place["form"] == "section":
            values = {"language": self.language, "url": url, "teasers": self._teasers(named)}
            return Template(self.shape["list"]).substitute(values)
        return FORMS[place["form"]](url, named)


def _rss(url: str, pieces: Sequence[Piece]) -> str:
    """RSS 2.0 with the whole text beside the summary, as WordPress and Arc give it."""
    items = "".join(
        f"<item><title><![CDATA[{piece.headline}]]></title><link>{piece.url}?utm_source=rss</link>"
        f'<guid isPermaLink="false">{piece.url}</guid><pubDate>{format_datetime(piece.at)}</pubDate>'
        f"<content:encoded><![CDATA[<p>{piece.paragraphs[0]}</p>]]></content:encoded></item>"
        for piece in pieces
    )
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"'
    itself = f'<atom:link href="{escape(url)}" rel="self" type="application/rss+xml"/>'
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {spaces}><channel>{itself}{items}</channel></rss>'


def _untidy(url: str, pieces: Sequence[Piece]) -> str:
    """The same with what feeds get wrong: blanks before the declaration, entities of HTML, no end."""
    text = _rss(url, pieces).replace("<item>", "<item><category>Film & TV&nbsp;</category>")
    return f"\n\n{text.removesuffix('</channel></rss>')}"


def _atom(url: str, pieces: Sequence[Piece]) -> str:
    entries = "".join(
        f'<entry><id>urn:{number}</id><title>{escape(piece.headline)}</title><link rel="alternate" href="{piece.url}"/>'
        f"<updated>{piece.published}</updated></entry>"
        for number, piece in enumerate(pieces)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="{escape(url)}" rel="self"/>{entries}</feed>'


def _news(url: str, pieces: Sequence[Piece]) -> str:
    """Google's news sitemap."""
    entries = "".join(
        f"<url><loc>{piece.url}</loc><news:news><news:publication><news:name>x</news:name></news:publication>"
        f"<news:publication_date>{piece.published}</news:publication_date><news:title>{escape(piece.headline)}"
        "</news:title></news:news></url>"
        for piece in pieces
    )
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>{entries}</urlset>'


def _urlset(url: str, pieces: Sequence[Piece]) -> str:
    entries = "".join(f"<url><loc>{one.url}</loc><lastmod>{one.published[:10]}</lastmod></url>" for one in pieces)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def _index(children: Mapping[str, str]) -> str:
    named = "".join(
        f"<sitemap><loc>{url}</loc>{f'<lastmod>{at}</lastmod>' if at else ''}</sitemap>" for url, at in children.items()
    )
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</sitemapindex>'


FORMS = {"rss": _rss, "untidy": _untidy, "atom": _atom, "news": _news, "urlset": _urlset}


def _jsonld(piece: Piece) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": piece.headline,
        "mainEntityOfPage": piece.url,
        "datePublished": piece.published,
        "dateModified": piece.published,
        "articleSection": piece.section,
        "author": [{"@type": "Person", "name": name} for name in piece.authors],
    }


def _state(piece: Piece, paragraphs: Sequence[str]) -> dict[str, Any]:
    """The data of a page that a script draws."""
    parts = [{"type": "html", "html": f"<p>{escape(text)}</p>"} for text in paragraphs]
    asset = {"title": piece.headline, "displayDate": piece.published, "splitBody": parts, "authors": piece.authors}
    return {"props": {"pageProps": {"page": {"assetData": asset}}}}


def _script(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


def _how(url: str) -> dict[str, Any]:
    path = urlsplit(url).path
    return {"gzip": True, "type": "application/octet-stream"} if path.endswith(".gz") else {}


@cache
def _shape(name: str) -> dict[str, str]:
    return tomllib.loads((HERE / "shapes" / f"{name}.toml").read_text(encoding="utf-8"))


def load_doubles() -> list[Double]:
    """Read every double."""
    return [_double(file) for file in sorted((HERE / "outlets").glob("*.toml"))]


def _double(file: Path) -> Double:
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return Double(
        domain=file.stem,
        language=data["language"],
        shape=_shape(data["shape"]),
        robots=data.get("robots", "User-agent: *\nDisallow: /search\n"),
        articles=[Piece(**piece) for piece in data["articles"]],
        places=data["places"],
    )
