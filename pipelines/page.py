"""The page as it was fetched: what crosses from the crawler to the pipelines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One HTTP response, before anybody has understood it."""

    url: str
    """The address that answered, after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    """As received, in order; names in the server's own case."""
    body: bytes = field(repr=False)
    """Decompressed, undecoded."""
    fetched_at: datetime
    """Aware, in UTC: when the response was complete."""
    requested_url: str | None = None
    """The address first asked for, where redirects led elsewhere."""

    @property
    def header_map(self) -> Mapping[str, str]:
        """The headers by lower-cased name; of several with one name the last."""
        return {name.lower(): value for name, value in self.headers}

    @property
    def charset(self) -> str | None:
        """What Content-Type declares."""
        for part in self.header_map.get("content-type", "").split(";")[1:]:
            name, _, value = part.strip().partition("=")
            if name.lower() == "charset" and value:
                return value.strip(" \"'")
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlace:
    """Where a page lies in the archive."""

    file: str
    """Name of the WARC file inside the archive folder, as it is called once its process has closed it."""
    offset: int
    """Of its record, in bytes of the compressed file."""
    payload_file: str | None = None
    """Of a page that came as it was before: the file with the earlier record, which has the bytes."""
