"""The body: which part of the page is the article's text."""

from extractors.body.find import find_body
from extractors.body.result import Body, Link

__all__ = ["Body", "Link", "find_body"]
