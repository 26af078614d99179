"""robots.txt, as RFC 9309 has it, with Crawl-delay and Sitemap lines."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from protego import Protego

from crawler.settings import AGENT, MAX_ROBOTS

MAX_DELAY = 300.0
"""Seconds; a longer Crawl-delay is taken as this one."""


class Robots:
    """What one host allows."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    @classmethod
    def answered(cls, status: int, body: bytes) -> Robots | None:
        """Read an answer (RFC 9309, 2.3.1): a 4xx allows everything; None where nothing is known."""
        if 200 <= status < 300:
            return cls(text_of(body))
        return cls("") if 400 <= status < 500 and status != 429 else None

    def allows(self, url: str) -> bool:
        """Whether this program may ask for an address."""
        return bool(self._rules.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """Seconds between two requests, by Crawl-delay or Request-rate; 0 where neither is given."""
        delay = float(self._rules.crawl_delay(AGENT) or 0)
        rate = self._rules.request_rate(AGENT)
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return min(max(delay, 0.0), MAX_DELAY)

    def sitemaps(self, url: str) -> tuple[str, ...]:
        """Addresses of its Sitemap lines, `url` being its own, without duplicates."""
        found = (urljoin(url, line.strip()) for line in self._rules.sitemaps)
        return tuple(dict.fromkeys(line for line in found if urlsplit(line).scheme in ("http", "https")))


def text_of(body: bytes) -> str:
    """Give the text of a robots.txt, as far as it is read."""
    return body[:MAX_ROBOTS].decode("utf-8-sig", "replace")


def robots_url(url: str) -> str:
    """Address of the robots.txt that speaks for an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"
