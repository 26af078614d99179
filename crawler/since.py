"""How far back a crawl goes, as a person writes it: a date or an age."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from pipelines.research.filters import QueryError, first_moment

_AGE = re.compile(r"(\d{1,5}) ?([hdwy])")
_SECONDS = {"h": 3600, "d": 86400, "w": 7 * 86400, "y": 365 * 86400}


def since(text: str, now: float) -> float:
    """Read `2026-11-20`, `2026-11`, a moment, or an age such as `36h`, `7d`, `2w`, `1y`, in seconds since 1970.

    Raises:
        ValueError: it is none of these; the message is one line for a person.
    """
    if age := _AGE.fullmatch(text.strip().lower()):
        return max(now - int(age[1]) * _SECONDS[age[2]], 0.0)
    try:
        beginning = datetime.fromisoformat(first_moment(text) or "")
    except (QueryError, ValueError):
        raise ValueError(f"{text!r} is neither a date, such as 2026-11-20, nor an age, such as 36h, 7d or 2w") from None
    return (beginning if beginning.tzinfo else beginning.replace(tzinfo=UTC)).timestamp()
