"""Which articles: the one choice that search, quotations and exports share."""

from __future__ import annotations

from dataclasses import dataclass, fields

from pipelines.research.filters import PERSON, Conditions, end_of, first_moment, person_key, phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Conditions that an article must meet, all of them; what is left empty excludes nothing.

    Of a field with several values one must hold, of `has` all.
    """

    query: str | None = None
    """An FTS5 query (https://sqlite.org/fts5.html#full_text_query_syntax) for the words."""
    sites: tuple[str, ...] = ()
    """The outlets, by their domains."""
    speakers: tuple[str, ...] = ()
    """Somebody of this name, or of a name with these whole words in it, is quoted."""
    person: str | None = None
    """Somebody with these whole words in the name is quoted, tagged or named in the article."""
    author: str | None = None
    """Whole words of a name in the byline."""
    cites: str | None = None
    """An outlet that is credited, by its usual name."""
    agency: str | None = None
    """An agency whose copy the article prints, such as PA."""
    since: str | None = None
    """Published in or after this year, month, day or moment."""
    until: str | None = None
    """Published before the end of it."""
    languages: tuple[str, ...] = ()
    """Primary subtags, such as `en`."""
    has: tuple[str, ...] = ()
    """Providers of embeds, such as `instagram`."""
    copies: bool = True
    """Whether articles count that another outlet had first."""

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return any(getattr(self, field.name) != field.default for field in fields(self))


def conditions(only: Selection, dated: str = "article") -> Conditions:
    """Give what a selection asks of the table `article`, but for its query and its speakers.

    Args:
        only: the selection.
        dated: the table whose columns `site` and `published` are asked, where both are joined.

    Raises:
        QueryError: a date cannot be read.
    """
    # The plus keeps SQLite from looking each of them up and sorting all: it walks by date and stops at the limit.
    key = "+article.id" if dated == "article" else "+quote.article_id"
    where = Conditions()
    where.add_any(f"{dated}.site", [site.lower() for site in only.sites])
    where.add(f"{dated}.published >= ?", first_moment(only.since))
    where.add(f"{dated}.published < ?", end_of(only.until))
    where.add_any("article.language", [language.lower() for language in only.languages])
    for provider in only.has:
        where.add(f"{key} IN (SELECT article_id FROM embed WHERE provider = ?)", provider.lower())
    where.add(f"{key} IN (SELECT article_id FROM citation WHERE outlet = ? COLLATE NOCASE)", only.cites)
    where.add(
        f"{key} IN (SELECT article_id FROM article_author WHERE author_id IN "
        "(SELECT id FROM author WHERE instr(lower(' ' || name || ' '), lower(' ' || ? || ' '))))",
        only.author,
    )
    where.add(f"{key} IN (SELECT article_id FROM article_person WHERE {PERSON})", person_key(only.person))
    where.add("article.agency = ? COLLATE NOCASE", only.agency)
    if not only.copies:
        where.add("article.copy_of IS NULL")
    return where


def speaking(names: tuple[str, ...]) -> str | None:
    """Give the FTS5 query, for `quote_fts.speaker`, of what any of these people said; None where nobody is named."""
    return " OR ".join(phrase(name) for name in names) or None
