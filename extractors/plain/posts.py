"""Embedded posts as pasted text leaves them: the service's words, handles, bare addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.article import Embed
from extractors.dates import read_stamp
from extractors.embeds.providers import recognise
from extractors.embeds.words import is_view_link
from extractors.plain.lines import is_sentence, provider_named
from extractors.plain.units import Unit

_HANDLE = re.compile(r"\(@([\w][\w.-]{0,60})\)")
_SIGNED = re.compile(
    r"(?:^|\s)(?:—|–|--|-|&mdash;)\s?(?P<name>[^()\n]{0,80}?)\s?\(@(?P<handle>\w{1,30})\)\s?(?P<date>.{0,40})$"
)
_MEDIA = re.compile(r"(?:\s*(?:pic\.(?:twitter|x)\.com/\w+|https?://t\.co/\w+))+\s*$")
_MEDIA_INSIDE = re.compile(r"pic\.(?:twitter|x)\.com/\w+")
_ADDRESS = re.compile(r"<?((?:https?://|www\.)[^\s<>]+)>?$")
_TIKTOK = re.compile(r"@(?P<handle>[\w.]{2,30})\s(?P<words>.*?)\s?♬.*$")
_SHARED = re.compile(
    r"\b(?:shared|posted|geteilt|gepostet|partagée|publiée?|compartida|publicad[ao]|condivis[oa]|pubblicato|compartilhada|gedeeld|delt|delad)\b",
    re.IGNORECASE,
)
_BETWEEN = 3
"""Units that may stand between "View this post" and "A post shared by": the post's own words."""
_LONGEST_LABEL = 20
"""Words of a line that names who has shared a post."""


def read_post(units: Sequence[Unit], index: int) -> tuple[Embed, int] | None:
    """Read the post that begins at a unit; give it with the number of units it takes, None where none begins.

    A tweet begins with its text, which is told by what comes after it.
    """
    text = units[index].text
    for reading in (_address(text), _tiktok(text), _signed_line(text)):
        if reading:
            return reading, 1
    if _MEDIA_INSIDE.search(text) or _signature(units, index + 1):
        return _tweet(units, index)
    if is_view_link(text) and text.count(" ") < 12:
        return _viewed(units, index)
    if handle := _shared(text):
        return Embed(provider=provider_named(text) or "instagram", kind="post", author=handle), 1
    return None


def is_address(text: str) -> bool:
    """Whether a line is nothing but an address."""
    return bool(_ADDRESS.fullmatch(text))


def _address(text: str) -> Embed | None:
    """A bare address of a post or player."""
    found = _ADDRESS.fullmatch(text)
    post = recognise(found[1]) if found else None
    if post is None:
        return None
    return Embed(provider=post.provider, kind=post.kind, url=post.url, id=post.id, author=post.author)


def _tiktok(text: str) -> Embed | None:
    found = _TIKTOK.fullmatch(text)
    if found is None:
        return None
    return Embed(provider="tiktok", kind="video", author=found["handle"], text=found["words"] or None)


def _signed_line(text: str) -> Embed | None:
    """A tweet on one line: its words, a dash, name, handle and date."""
    found = _signed(text)
    return _of_x(found["handle"], text[: found.start()]) if found and text[: found.start()].strip() else None


def _signed(text: str) -> re.Match[str] | None:
    """The signature of a tweet: the handle in brackets after a dash, and nothing but a date after it."""
    found = _SIGNED.search(text[-400:]) if "(@" in text else None
    if found is None:
        return None
    date = found["date"].strip()
    if date and read_stamp(date, "text") is None:
        return None
    return _SIGNED.search(text)


def _signature(units: Sequence[Unit], index: int) -> str | None:
    """The handle of a unit that is only the signature of a tweet."""
    if index >= len(units) or units[index].kind not in ("text", "list_item"):
        return None
    text = units[index].text
    if units[index].kind == "list_item":
        text = "— " + text
    found = _signed(text)
    return found["handle"] if found and not text[: found.start()].strip() else None


def _tweet(units: Sequence[Unit], index: int) -> tuple[Embed, int]:
    """A tweet of which this unit is the last or only paragraph."""
    handle = _signature(units, index + 1)
    return _of_x(handle, units[index].text), 2 if handle else 1


def _of_x(handle: str | None, words: str) -> Embed:
    return Embed(provider="x", kind="post", author=handle, text=_MEDIA.sub("", words).strip() or None)


def _viewed(units: Sequence[Unit], index: int) -> tuple[Embed, int]:
    """A placeholder ("View this post on Instagram"), with the line that names its author, where one follows."""
    provider = provider_named(units[index].text) or "instagram"
    embed = Embed(provider=provider, kind="post", author=None)
    for ahead in range(index + 1, min(index + 2 + _BETWEEN, len(units))):
        if is_view_link(units[ahead].text):
            break
        if handle := _shared(units[ahead].text):
            words = " ".join(unit.text for unit in units[index + 1 : ahead]) or None
            return replace(embed, author=handle, text=words), ahead + 1 - index
    return embed, 1


def _shared(text: str) -> str | None:
    """The handle, else the name, in a line such as "A post shared by Ada Quill (@adaquill)"."""
    if text.count(" ") >= _LONGEST_LABEL or is_sentence(text):
        return None
    said = _SHARED.search(text)
    handles = _HANDLE.findall(text)
    return str(handles[-1]) if said and handles else None
