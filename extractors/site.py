"""The registrable domain of an address."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from tldextract import TLDExtract


@cache
def _suffixes() -> TLDExtract:
    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def site_of(url: str | None) -> str | None:
    """Give the registrable domain (`dailymail.co.uk`) by the bundled Public Suffix List; a bare host is its own."""
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    if not host:
        return None
    found = _suffixes().extract_str(host, include_psl_private_domains=False)
    return found.top_domain_under_public_suffix or host
