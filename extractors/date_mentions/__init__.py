"""The dates that an article's text names."""

from extractors.date_mentions.find import find_date_mentions

__all__ = ["find_date_mentions"]
