"""What a post's markup says in words: who posted it, and the post's own text."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement

from extractors.embeds.providers import table
from extractors.whitespace import squash

MAX_TEXT = 20_000
_HANDLE_IN_BRACKETS = re.compile(r"\(@([\w][\w.-]{0,60})\)")
_HANDLE = re.compile(r"@([\w][\w.]{0,60})$")
_MEDIA_LINK = re.compile(r"(?:\s*(?:pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+))+$")
_USER_LINK = re.compile(r"reddit\.com/u(?:ser)?/([\w-]{1,40})")


@cache
def _phrases() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(map(re.escape, words)), re.IGNORECASE) for name, words in data.items()}


@cache
def _view_phrases() -> tuple[str, ...]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return tuple(data["view"])


def is_view_link(text: str | None) -> bool:
    """Tell whether a link's text is the placeholder of an embed ("View this post on Instagram")."""
    if text is None or not 10 < len(text) <= 200:
        return False
    lowered = text.lower()
    return any(phrase in lowered for phrase in _view_phrases())


def read_author(root: HtmlElement) -> str | None:
    """Give the handle, else the name, that a post's markup prints."""
    text = squash(root.text_content()[-MAX_TEXT:])
    handles = _HANDLE_IN_BRACKETS.findall(text)
    if handles:
        return str(handles[-1])
    for link in root.iter("a"):
        user = _USER_LINK.search(link.get("href") or "")
        if user:
            return user[1]
        handle = _HANDLE.match(squash(link.text_content()[:200]))
        if handle:
            return handle[1]
    return _name_after_phrase(root)


def read_credited(figure: HtmlElement, provider: str) -> str | None:
    """Give the handle that a figure credits a post of this provider to ("Instagram: @handle")."""
    text = squash(" ".join(figure.itertext())[:MAX_TEXT])
    names = [word for word, post in table().words.items() if post.provider == provider]
    found = re.search(rf"\b(?:{'|'.join(map(re.escape, names))})\s?[:/]\s?@([\w][\w.]{{0,60}})", text, re.IGNORECASE)
    return found[1] if found else None


def _name_after_phrase(root: HtmlElement) -> str | None:
    """The linked or plain name after "Posted by"."""
    for link in root.iter("a"):
        above = link.getparent()
        previous = link.getprevious()
        before = (previous.tail if previous is not None else above.text if above is not None else "") or ""
        if _phrases()["shared"].search(before[-80:]):
            return squash(link.text_content()[:200]) or None
    return None


def read_text(root: HtmlElement) -> str | None:
    """Give the post's own words: its paragraphs without the service's words and the link to its picture."""
    found: list[str] = []
    for paragraph in root.iter("p"):
        text = squash(paragraph.text_content()[:MAX_TEXT])
        if not text or _phrases()["shared"].search(text) or _phrases()["view"].search(text):
            continue
        if _HANDLE_IN_BRACKETS.search(text[-200:]) and len(text) < 200 and paragraph.getnext() is None and found:
            continue
        if not text.startswith(("http://", "https://")) or " " in text:
            found.append(_MEDIA_LINK.sub("", text).strip())
    return " ".join(part for part in found if part) or None


def read_title(root: HtmlElement) -> str | None:
    """Give the text of the first link, where a service's markup has the post's title there."""
    for link in root.iter("a"):
        text = squash(link.text_content()[:MAX_TEXT])
        if text:
            return None if is_view_link(text) else text
    return None
