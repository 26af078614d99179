"""The bundled sample tabloid: two outlets that do not exist, and the small server that shows them on loopback."""

from __future__ import annotations

from pathlib import Path

from crawler.bundled import data_folder
from crawler.site import Site
from crawler.site_file import parse_site

PORT = 8800
"""The port that the addresses in the sample's files carry; the server puts its real one in their place."""


def sample_sites(port: int = PORT, folder: Path | None = None) -> dict[str, Site]:
    """Give the sample's outlets by domain, with the addresses of a server that listens on `port`."""
    folder = folder or data_folder("sample")
    found = {}
    for file in sorted(folder.glob("*/site.toml")):
        site = parse_site(file.read_text(encoding="utf-8").replace(f":{PORT}", f":{port}"), str(file))
        found[site.domain] = site
    return found
