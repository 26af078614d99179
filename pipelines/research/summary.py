"""The database at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from pipelines.research.quotes import QuoteRow, one_quote
from pipelines.research.rows import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """What there is of an outlet."""

    site: str
    articles: int
    quotes: int
    embeds: int
    copies: int
    """Articles that another outlet had first."""
    first_published: str | None
    last_published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    """Somebody who is quoted by name."""

    name: str
    quotes: int
    articles: int
    sites: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedRow:
    """A post or player, and the article that shows it."""

    provider: str
    kind: str
    url: str | None
    author: str | None
    headline: str | None
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """An article, and the earlier one of another outlet whose text it has."""

    site: str
    headline: str | None
    url: str
    original_site: str
    original_headline: str | None
    original_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a database holds, with an example of each kind of thing."""

    outlets: tuple[OutletRow, ...]
    """By number of articles, most first."""
    speakers: tuple[SpeakerRow, ...]
    """Persons, by number of quotations, most first."""
    quote: QuoteRow | None
    embed: EmbedRow | None
    copy: CopyRow | None


_OUTLETS = """
SELECT site, count(*) AS articles,
    (SELECT count(*) FROM quote WHERE quote.site = article.site) AS quotes,
    sum((SELECT count(*) FROM embed WHERE embed.article_id = article.id)) AS embeds,
    count(copy_of) AS copies, min(published) AS first_published, max(published) AS last_published
FROM article GROUP BY site ORDER BY articles DESC, site
"""
_SPEAKERS = """
SELECT quote_speaker.name, count(*) AS quotes, count(DISTINCT quote.article_id) AS articles,
    count(DISTINCT quote.site) AS sites
FROM quote_speaker JOIN quote ON quote.id = quote_speaker.quote_id
WHERE quote_speaker.kind = 'person'
GROUP BY quote_speaker.name ORDER BY quotes DESC, articles DESC, name LIMIT ?
"""
_EMBED = """
SELECT embed.provider, embed.kind, embed.url, embed.author, article.headline, article.site
FROM embed JOIN article ON article.id = embed.article_id
ORDER BY embed.author IS NULL, embed.url IS NULL, embed.id LIMIT 1
"""
_COPY = """
SELECT copy.site, copy.headline, copy.url, original.site AS original_site,
    original.headline AS original_headline, original.url AS original_url
FROM article AS copy JOIN article AS original ON original.id = copy.copy_of
ORDER BY copy.id LIMIT 1
"""


def summary(db: Database, speakers: int = 5) -> Summary:
    """Tell what a database holds; `speakers` is how many of the most quoted persons."""
    execute = db.conn.execute
    embeds, copies = typed(EmbedRow, execute(_EMBED)), typed(CopyRow, execute(_COPY))
    return Summary(
        outlets=tuple(typed(OutletRow, execute(_OUTLETS))),
        speakers=tuple(typed(SpeakerRow, execute(_SPEAKERS, [speakers]))),
        quote=one_quote(db),
        embed=embeds[0] if embeds else None,
        copy=copies[0] if copies else None,
    )
