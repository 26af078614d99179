"""What an outlet's own file may say where the generic recipe errs, as data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

_SELECTORS = ("headline", "dek", "authors", "published", "modified", "body", "remove")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """Optional per-site facts and CSS selectors (https://www.w3.org/TR/selectors-3/); empty means the generic recipe.

    A selector that matches nothing on a page leaves the generic recipe in charge of that field.

    Raises:
        ValueError: a selector that is none, with the field it stands in.
    """

    headline: tuple[str, ...] = ()
    """Elements that hold the headline; the first match counts."""
    dek: tuple[str, ...] = ()
    """Elements that hold the standfirst; the first match counts."""
    authors: tuple[str, ...] = ()
    """Elements whose text is one author each."""
    published: tuple[str, ...] = ()
    """Elements with the publication date in `datetime`, `content` or their text."""
    modified: tuple[str, ...] = ()
    """Elements with the date of the last change, likewise."""
    body: tuple[str, ...] = ()
    """Containers of the text, in order; all matches count."""
    remove: tuple[str, ...] = ()
    """Elements that are never part of the article."""
    timezone: str | None = None
    """IANA zone of dates that the page writes without one."""
    utc_means_local: bool = False
    """True where the outlet labels its local time as UTC."""
    language: str | None = None
    """The outlet's language, where its pages do not say."""

    def __post_init__(self) -> None:
        for field in _SELECTORS:
            for text in getattr(self, field):
                try:
                    selector(text)
                except SelectorError as problem:
                    raise ValueError(f"rule {field}: {text!r} is no CSS selector: {problem}") from problem


@lru_cache(maxsize=1024)
def selector(text: str) -> CSSSelector:
    """Compile a CSS selector for HTML; `cssselect.SelectorError` where it is none."""
    return CSSSelector(text, translator="html")
