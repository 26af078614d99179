"""Who wrote it."""

from __future__ import annotations

from dataclasses import replace

from extractors.article import Author
from extractors.byline.markup import marked_authors
from extractors.byline.printed import authors_further_down, printed_authors
from extractors.byline.reading import Reader
from extractors.document import Document
from extractors.found import Found
from extractors.site_names import letters

__all__ = ["find_authors"]

_Line = tuple[str, tuple[Author, ...]]


def find_authors(document: Document) -> Found[tuple[Author, ...]]:
    """Find the authors: those that the markup names, unless the page prints others beside its headline.

    Better none than a wrong one: accounts, domains and roles are no authors.
    """
    return document.once(_find)


def _find(document: Document) -> Found[tuple[Author, ...]]:
    reader = Reader(document)
    ruled = reader.tidy(
        author for element in document.select(document.rules.authors) for author in reader.element(element)
    )
    if ruled:
        return Found(ruled, "rules")
    lines: list[_Line] = list(marked_authors(reader))
    if printed := printed_authors(reader) or (() if lines else authors_further_down(reader)):
        lines.append(("byline", printed))
    if not lines:
        return Found(())
    source, authors = _choose(lines)
    pages = {author.name.casefold(): author.url for _, line in lines for author in line if author.url}
    return Found(
        tuple(replace(author, url=author.url or pages.get(author.name.casefold())) for author in authors), source
    )


def _choose(lines: list[_Line]) -> _Line:
    """The markup's line where print says the same or nothing, else the printed one; of equal ones the fullest."""
    if lines[-1][0] != "byline":
        return lines[0]
    printed = {letters(author.name) for author in lines[-1][1]}
    agreeing = [line for line in lines if printed & {letters(author.name) for author in line[1]}]
    return max(agreeing, key=lambda line: len(line[1]))
