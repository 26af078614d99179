"""The addresses under which a page was received, and the one that it calls its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from extractors.canonical import clean_url, url_key
from extractors.site import site_of
from pipelines.outcome import Outcome

Standing = Literal["same", "better", "twin"]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Of one received page."""

    read: str
    """Where the page was received, for display."""
    own: str
    """The same as key."""
    claim: str | None
    """The key of the address that the page calls its own, where that is another one and can be believed."""
    url: str
    """The address to show for the article: the claimed one, else `read`."""
    asked: str | None
    """The key of the address that was asked for, where a redirect led elsewhere in the outlet."""

    def without_claim(self) -> Addresses:
        """Give the addresses of a page whose word for its own address is not believed."""
        return replace(self, claim=None, url=self.read)


def addresses_of(outcome: Outcome) -> Addresses:
    """Tell the addresses of a page apart.

    A canonical address on another site, or that of a front page, is not believed.
    """
    page, article = outcome.page, outcome.article
    read, own = clean_url(page.url), url_key(page.url)
    url, claim = read, None
    if article and article.canonical_url and article.canonical_url != read:
        key = url_key(article.canonical_url)
        if _is_own(article.canonical_url, key, page.url, outcome.site):
            url, claim = clean_url(article.canonical_url), key if key != own else None
    asked = page.requested_url
    led = asked is not None and asked != page.url and site_of(asked) == site_of(page.url)
    return Addresses(read=read, own=own, claim=claim, url=url, asked=url_key(asked) if asked and led else None)


def standing(read: str, url: str, new: Addresses) -> Standing:
    """Compare a newly received page with the one that an article was read from.

    Args:
        read: the address whose page the article was read from.
        url: the address of the article.
        new: the addresses of the page at hand.

    Returns:
        `same`: the page at hand stands where that one stood, so a difference is a change; `twin`: it is another
        rendering of the article (AMP, mobile, a second section) and adds only its address; `better`: the article was
        read from a twin, and this is the page itself.
    """
    if url_key(read) == new.own:
        was, now = is_plain(read), is_plain(new.read)
    else:
        was, now = url_key(read) == url_key(url), new.claim is None and new.own == url_key(url)
        if was == now:
            return "twin"
    return "same" if was == now else "better" if now else "twin"


def is_plain(address: str) -> bool:
    """Whether an address is no twin's: nothing of it but `www.` and a last slash is left out of its key."""
    bare = re.sub(r"^https?://(?:www\.)?", "", clean_url(address)).rstrip("/")
    return bare == url_key(address)


def _is_own(address: str, key: str, page_url: str, site: str) -> bool:
    """Whether an address lies at the outlet and is no front page."""
    host, slash, _ = key.partition("/")
    return bool(slash or "?" in host) and site_of(address) in (site, site_of(page_url))
