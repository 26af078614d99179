"""When the article was published, and when it was last changed."""

from extractors.dates.find import find_dates
from extractors.dates.stamp import read_stamp

__all__ = ["find_dates", "read_stamp"]
