"""What a page asks of robots: `<meta name="robots">` and the header X-Robots-Tag.

As search engines have it (https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag): names and words
in any case, several tags and headers are added up, what forbids counts, and what names another robot does not.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from crawler.settings import AGENT
from pipelines.outcome import WITHHELD
from pipelines.page import Page

MAX_HEAD = 512 * 1024
"""Bytes of a page in which its head is looked for."""
MAX_TAG = 2000
"""Bytes of one tag."""
NOFOLLOW = "asks robots not to follow its links (nofollow)"
_US = ("robots", AGENT)
_FORBIDDING = (b"noindex", b"nofollow", b"none", b"noarchive", b"nocache", b"unavailable_after")
_META = re.compile(rb"<meta\b[^>]{0,2000}>", re.IGNORECASE)
_NO_MARKUP = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style|noscript|template)\b.*?(?:</\1\b|\Z)", re.IGNORECASE | re.DOTALL
)
_ATTRIBUTE = re.compile(r"""([a-z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_UNTIL = re.compile(r"unavailable_after\s*:\s*((?:[a-z]+,)?[^,]*)", re.IGNORECASE)
_WORD = re.compile(r"([\w*.-]+)(\s*:)?")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsTags:
    """What a page does not want."""

    noindex: bool = False
    """To be kept."""
    nofollow: bool = False
    """That its links are followed."""
    noarchive: bool = False
    """That a copy of it is kept."""
    is_over: bool = False
    """To be kept any longer: the day that it named is past."""

    def __or__(self, other: RobotsTags) -> RobotsTags:
        """Add up what two places say."""
        return RobotsTags(
            noindex=self.noindex or other.noindex,
            nofollow=self.nofollow or other.nofollow,
            noarchive=self.noarchive or other.noarchive,
            is_over=self.is_over or other.is_over,
        )

    @property
    def refusal(self) -> str | None:
        """Why the page is not kept as an article, in one line; None where it may be."""
        word = "noindex" if self.noindex else "unavailable_after" if self.is_over else None
        return word and f"{WITHHELD} ({word})"


NOTHING = RobotsTags()


def robots_tags(page: Page, *, is_html: bool) -> RobotsTags:
    """Read what an answer asks of robots.

    Args:
        page: as it was answered.
        is_html: whether to look into its head as well.
    """
    found = NOTHING
    for name, value in page.headers:
        if name.lower() == "x-robots-tag":
            found |= _read(value, page.fetched_at, has_names=True)
    return found | _of_head(page.body, page.fetched_at) if is_html else found


def _of_head(body: bytes, now: datetime) -> RobotsTags:
    """Read the meta tags of a page's head; looked at closely only where one speaks to us and forbids something."""
    head = body[:MAX_HEAD]
    if head.startswith(_UTF16):
        head = head.decode("utf-16", "replace").encode()
    plain_end = head.find(b"</head")
    lowered = (head if plain_end < 0 else head[:plain_end]).lower()
    ends = [end for end in (lowered.find(b"</head"), lowered.find(b"<body")) if end >= 0]
    head = head[: min(ends, default=len(lowered))]
    if not _forbids(lowered[: len(head)]):
        return NOTHING
    found = NOTHING
    for tag in _META.findall(_NO_MARKUP.sub(b"", head)):
        values = {name.lower(): _unquoted(value) for name, value in _ATTRIBUTE.findall(tag.decode("utf-8", "replace"))}
        if values.get("name", "").strip().lower() in _US:
            found |= _read(values.get("content", ""), now, has_names=False)
    return found


def _forbids(lowered: bytes) -> bool:
    """Whether it may be that a tag speaks to us and forbids something."""
    for name in _US:
        at = lowered.find(name.encode())
        while at >= 0:
            start = lowered.rfind(b"<", max(at - MAX_TAG, 0), at)
            if start >= 0 and lowered.startswith(b"<meta", start):
                end = lowered.find(b">", at, start + MAX_TAG)
                if end >= 0 and any(word in lowered[start:end] for word in _FORBIDDING):
                    return True
            at = lowered.find(name.encode(), at + 1)
    return False


def _unquoted(value: str) -> str:
    return html.unescape(value[1:-1] if value[:1] in ('"', "'") else value)


def _read(text: str, now: datetime, *, has_names: bool) -> RobotsTags:
    """Read directives; in a header the name of a robot stands before those that are for it alone."""
    words, is_over, is_ours = set(), False, True
    position = 0
    while position < len(text):
        if until := _UNTIL.match(text, position):
            is_over |= is_ours and _is_past(until[1], now)
            position = until.end()
        elif word := _WORD.match(text, position):
            name = word[1].lower()
            if not word[2]:
                words |= {name} if is_ours else set()
            elif has_names and not name.startswith("max-"):
                is_ours = name in (*_US, "*")
            position = word.end()
        else:
            position += 1
    return RobotsTags(
        noindex=bool(words & {"noindex", "none"}),
        nofollow=bool(words & {"nofollow", "none"}),
        noarchive=bool(words & {"noarchive", "nocache"}),
        is_over=is_over,
    )


def _is_past(text: str, now: datetime) -> bool:
    """Whether a moment is over, in ISO 8601 or the forms of RFC 822 and RFC 850; what is none of these says nothing."""
    moment = _moment(text.strip())
    return moment is not None and moment <= now


def _moment(text: str) -> datetime | None:
    """Read a moment, of a day alone its end; without a zone it is UTC."""
    for value, rest in ((text, timedelta()), (f"{text} 00:00:00", timedelta(days=1))):
        try:
            found = datetime.fromisoformat(value)
            rest = timedelta(days=1) if len(text) == len("2026-11-20") else rest
        except ValueError:
            try:
                found = parsedate_to_datetime(value)
            except (ValueError, OverflowError):
                continue
        try:
            return (found if found.tzinfo else found.replace(tzinfo=UTC)) + rest
        except OverflowError:
            return None
    return None
