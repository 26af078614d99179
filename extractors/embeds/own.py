"""The outlet's own players: `<video>` and `<audio>`, and the video that JSON-LD describes for an empty player."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from extractors.article import EmbedKind
from extractors.embeds.marks import marks
from extractors.embeds.markup import Piece
from extractors.embeds.providers import Post, recognise
from extractors.region import Region, name_words

_PLAYERS: dict[str, EmbedKind] = {"video": "video", "amp-video": "video", "audio": "audio", "amp-audio": "audio"}
_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-video-src", "data-mp4", "data-hls")
_HOLDERS = frozenset({"div", "figure", "section"})
_PLAYER_WORDS = frozenset({"player", "videoplayer"})
_VIDEO_WORDS = frozenset({"video", "videoplayer", "jwplayer", "jw"})


def own_players(region: Region) -> Iterator[Piece]:
    """Give the players of the article's stretch that play the outlet's own files.

    The article read out by a machine is none. A player without address is the video of the page's JSON-LD where that
    names exactly one.
    """
    empty: list[int] = []
    filled = 0
    elements = region.document.elements
    for position in range(region.headline, region.end):
        element = elements[position]
        if element.tag not in _PLAYERS or region.is_foreign(element) or _inside_player(element):
            continue
        url = _address(region, element)
        if url is not None:
            filled += 1
            if _PLAYERS[element.tag] == "audio" and marks().narration.search(url):
                continue
            yield Piece(recognise(url) or Post("self", _PLAYERS[element.tag], url), position)
        elif _PLAYERS[element.tag] == "video":
            empty.append(position)
    described = _described(region) if not filled else None
    if described is not None:
        empty += _player_boxes(region)
        if empty:
            yield Piece(described, min(empty))


def _player_boxes(region: Region) -> list[int]:
    """Document positions of the article's boxes that a script fills with a video player."""
    elements = region.document.elements
    return [
        position
        for position in range(region.headline, region.end)
        if elements[position].tag in _HOLDERS
        and _is_player_box(elements[position])
        and not region.is_foreign(elements[position])
    ]


def _inside_player(element: HtmlElement) -> bool:
    """Whether a provider's player element already stands around it."""
    above = element.getparent()
    return above is not None and above.tag in ("video-js", "lite-youtube", "amp-iframe", "amp-video", "amp-audio")


def _address(region: Region, element: HtmlElement) -> str | None:
    for holder in (element, *element.iterchildren("source")):
        for name in _ADDRESSES:
            url = region.document.absolute(holder.get(name))
            if url is not None:
                return url
    return None


def _is_player_box(element: HtmlElement) -> bool:
    names = element.get("class")
    if not names or "layer" not in names:
        return False
    words = name_words(names, element.get("id")).split()
    return not _PLAYER_WORDS.isdisjoint(words) and not _VIDEO_WORDS.isdisjoint(words)


def _described(region: Region) -> Post | None:
    """The only video that the page's JSON-LD describes."""
    videos = [node for node in region.document.jsonld if _is_video(node)]
    own = region.document.news.get("video")
    if isinstance(own, dict):
        videos = [own]
    addresses = {address for node in videos if (address := _video_address(node))}
    if len(addresses) != 1:
        return None
    address = addresses.pop()
    url = region.document.absolute(address)
    return (recognise(address, marked=True) or Post("self", "video", url)) if url else None


def _is_video(node: Any) -> bool:
    kind = node.get("@type")
    return kind == "VideoObject" or (isinstance(kind, list) and "VideoObject" in kind)


def _video_address(node: Any) -> str | None:
    values = (node.get("embedUrl"), node.get("embedURL"), node.get("contentUrl"), node.get("contentURL"))
    known = next((value for value in values if isinstance(value, str) and recognise(value, marked=True)), None)
    return known or next((value for value in values if isinstance(value, str) and value.strip()), None)
