"""The pictures and captions of the article's stretch, before anybody asks which belong together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from extractors.embed_marks import is_embed
from extractors.images.captions import is_caption, names_caption
from extractors.images.junk import is_decoration
from extractors.images.lead import picture_key
from extractors.images.sources import best_address
from extractors.images.words import words
from extractors.region import Region, name_words

MAX_PICTURES = 1000
_PICTURES = frozenset({"img", "amp-img", "amp-anim"})
_BOXES = frozenset({"div", "span", "a", "section"})
_NOT_LOOKED_AT = frozenset(
    {"br", "b", "strong", "i", "script", "style", "source", "path", "svg", "meta", "link", "button", "iframe"}
)
_PICTURE_WORDS = frozenset({"image", "img", "lazy", "lazyload", "photo", "picture", "thumb", "progressive"})
_BOXED = frozenset({"data-src", "data-image", "data-bg", "data-background-image"})
"""Attributes of a box from which a script makes a picture."""
_OTHER_MEDIA = ("iframe", "video", "audio", "table", "object", "amp-iframe", "blockquote", "pre", "canvas", "amp-video")


@dataclass(frozen=True, slots=True)
class Picture:
    """A place where the page shows a picture."""

    element: HtmlElement
    position: int
    url: str | None
    key: str
    """Alike for copies of the same picture in other sizes."""


@dataclass(slots=True)
class Gathered:
    """Both in document order; no caption inside another."""

    pictures: list[Picture] = field(default_factory=list)
    captions: list[HtmlElement] = field(default_factory=list)

    def add(self, picture: Picture | None) -> None:
        """Take a picture, if it is one."""
        if picture is not None:
            self.pictures.append(picture)


def gather(region: Region) -> Gathered:
    """Walk the article's stretch once. What stands in foreign boxes and inside embeds is left out."""
    found = Gathered()
    inside = _Insides(region)
    elements = region.document.elements
    caption_end = picture_end = -1
    for position in range(region.top, region.end):
        element = elements[position]
        tag = element.tag
        if tag in _NOT_LOOKED_AT:
            continue
        if tag in _PICTURES:
            if position >= picture_end and len(found.pictures) < MAX_PICTURES:
                found.add(_picture(region, inside, element, position))
                if tag != "img":
                    picture_end = region.end_of(element)
            continue
        names = element.get("class")
        if names:
            captions, pictures = names_caption(names), _names_picture(names)
        elif tag == "figcaption":
            captions = pictures = False
        else:
            continue
        if pictures and tag in _BOXES and _is_lazy_box(element):
            found.add(_picture(region, inside, element, position))
        if not captions and tag != "figcaption":
            continue
        if position >= caption_end and is_caption(element) and not inside.foreign(element):
            caption_end = region.end_of(element)
            found.captions.append(element)
            found.add(_drawn_by_script(region, element, position))
    found.pictures.sort(key=lambda picture: picture.position)
    return found


class _Insides:
    """Which elements stand in foreign boxes, inside embeds or in the box of a video; each box is judged once."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.embedded: dict[HtmlElement, bool] = {}
        self.videos: dict[HtmlElement, bool] = {}

    def foreign(self, element: HtmlElement) -> bool:
        return self.region.is_foreign(element) or self._within(element, is_embed, self.embedded)

    def of_video(self, element: HtmlElement) -> bool:
        return self._within(element, _is_video_box, self.videos)

    def _within(
        self, element: HtmlElement, is_such: Callable[[HtmlElement], bool], judged: dict[HtmlElement, bool]
    ) -> bool:
        path = []
        above: HtmlElement | None = element
        answer = False
        while above is not None and above not in self.region.spine:
            known = judged.get(above)
            if known is None and is_such(above):
                known = True
            path.append(above)
            if known is not None:
                answer = known
                break
            above = above.getparent()
        judged.update(dict.fromkeys(path, answer))
        return answer


def _is_video_box(element: HtmlElement) -> bool:
    names = element.get("class")
    if not names or not ("ideo" in names or "layer" in names or "laylist" in names or "rightcove" in names):
        return False
    found = name_words(names).split()
    return not words().video.isdisjoint(found) and _PICTURE_WORDS.isdisjoint(found)


def _picture(region: Region, inside: _Insides, element: HtmlElement, position: int) -> Picture | None:
    if inside.foreign(element) or inside.of_video(element):
        return None
    url = best_address(region.document, element)
    if url is None or is_decoration(element, url):
        return None
    return Picture(element, position, url, picture_key(url))


def _is_lazy_box(element: HtmlElement) -> bool:
    """Whether an empty box stands for an `<img>` that a script puts there."""
    return not len(element) and any(map(element.get, _BOXED))


@lru_cache(maxsize=4096)
def _names_picture(names: str) -> bool:
    """Whether one of the words of these classes is a picture's."""
    lowered = names.lower()
    return any(map(lowered.__contains__, _PICTURE_WORDS)) and not _PICTURE_WORDS.isdisjoint(name_words(names).split())


def _drawn_by_script(region: Region, caption: HtmlElement, position: int) -> Picture | None:
    """The place of a picture that the markup lacks: a caption in a figure, or a box named after one, without it."""
    box = caption.getparent()
    for _ in range(3):
        if box is None or box in region.spine:
            return None
        named = box.tag == "figure" or _names_picture(box.get("class") or "")
        if named:
            break
        box = box.getparent()
    else:
        return None
    if box is None or next(box.iter("img", "amp-img", *_OTHER_MEDIA), None) is not None:
        return None
    start, end = region.document.position(box), region.end_of(box)
    names = words()
    for at in range(start, min(end, start + 200)):
        element = region.document.elements[at]
        if is_embed(element) or any(element.get(name) for name in (*names.sets, *_BOXED)):
            return None
    return Picture(box, start, None, f"#{position}")
