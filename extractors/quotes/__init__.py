"""Direct quotations with their speakers."""

from __future__ import annotations

from extractors.quotes.attribute import attribute, find_quotes
from extractors.quotes.context import Context

__all__ = ["Context", "attribute", "find_quotes"]
