"""Texts as cells of CSV files that a spreadsheet opens."""

from __future__ import annotations

import re
from typing import TypeVar

Value = TypeVar("Value")

# https://owasp.org/www-community/attacks/CSV_Injection: what begins a formula, its full-width forms among them.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def safe_cell(value: Value) -> Value | str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; all else stays as it is.

    A text that has its own apostrophes before such a sign gets one more, so that `plain_cell` takes back exactly this.
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def plain_cell(text: str) -> str:
    """Give the text that `safe_cell` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
