"""What an outlet of the sample serves where: its `routes.json`, read into values."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from crawler.sample import PORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One path of one outlet."""

    folder: Path
    path: str
    type: str = "text/html; charset=utf-8"
    file: str | None = None
    """What is served, below the outlet's folder."""
    changed: str | None = None
    """What is served instead from state 2 on."""
    status: int = 200
    location: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    heals_after: int | None = None
    """How many requests get `status` before the file is served with 200."""
    gzip: bool = False
    """Whether the resource itself is a gzip file (`sitemap.xml.gz`)."""

    def body(self, state: int, port: int) -> bytes:
        """Give the bytes for a state of the outlet, addresses carrying the server's port."""
        name = self.changed if state > 1 and self.changed else self.file
        if name is None:
            return b""
        data = _read(self.folder / name).replace(b":%d" % PORT, b":%d" % port)
        return gzip.compress(data, mtime=0) if self.gzip else data


@lru_cache(maxsize=512)
def _read(file: Path) -> bytes:
    return file.read_bytes()


def load_routes(folder: Path) -> dict[str, dict[str, Route]]:
    """Read every `<host>/routes.json` below a folder: routes by host and path."""
    return {file.parent.name: _load(file) for file in sorted(folder.glob("*/routes.json"))}


def _load(file: Path) -> dict[str, Route]:
    entries: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    routes = [Route(folder=file.parent, **entry) for entry in entries]
    return {route.path: route for route in routes}
