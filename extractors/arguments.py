"""What every entrance asks of the arguments it shares with the others."""

from __future__ import annotations

from datetime import datetime


def check_origin(url: object, fetched_at: object) -> None:
    """Refuse an address or a time of fetching of a wrong type (`TypeError`) and a naive time (`ValueError`)."""
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url must be str, not {type(url).__name__}")
    if fetched_at is not None:
        if not isinstance(fetched_at, datetime):
            raise TypeError(f"fetched_at must be a datetime, not {type(fetched_at).__name__}")
        if fetched_at.utcoffset() is None:
            raise ValueError("fetched_at must have a time zone")
