"""What `extract` raises for a page that gives no record."""

from __future__ import annotations


class ExtractionError(Exception):
    """The input gives no record: it is empty, or its bytes are no HTML. The message is one line for a person."""


class NotAnArticle(ExtractionError):  # noqa: N818 (the contract's name)
    """The page is no article: a front page, section list, product, forum, consent or challenge page, empty shell."""


class ChallengePage(NotAnArticle):
    """A page that wants proof of a human being stands in the way of the one asked for."""


class EmptyShell(NotAnArticle):
    """The page holds no text at all; it may be one that scripts fill."""
