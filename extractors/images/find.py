"""The recipe for images: the pictures of the article's stretch, each once, with caption and credit apart."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from lxml.html import HtmlElement

from extractors.article import Image
from extractors.body.result import Body
from extractors.document import Document
from extractors.images.captions import is_caption, is_credit_mark, read_captions
from extractors.images.drawn import drawn_images
from extractors.images.gather import Gathered, Picture, gather
from extractors.images.junk import is_teaser
from extractors.images.lead import lead_keys, picture_key
from extractors.region import Region
from extractors.whitespace import squash

MAX_CLIMB = 8
MAX_COPIES = 12
MAX_APART = 40


@dataclass(slots=True)
class _Group:
    """One picture, the box that is its own, and the captions in that box."""

    picture: Picture
    root: HtmlElement
    captions: list[HtmlElement] = field(default_factory=list)
    copies: list[HtmlElement] = field(default_factory=list)
    """Elements of the same picture in the box, as in a `noscript` beside it."""


def find_images(document: Document, body: Body, headline: str | None) -> tuple[Image, ...]:
    """Find the lead picture and those between the paragraphs, in the page's order.

    A picture that only the page's meta tags name is none: it is what other sites show, not what the article shows.
    A figure whose picture a script draws is one without address, where it has a caption or a credit.
    """
    if not body.positions:
        return ()
    if body.drawn:
        found = tuple(drawn_images(document, body))
        named = lead_keys(document)
        return _with_lead(found, [picture_key(image.url or "") in named for image in found])
    region = Region(document, _without_captions(document, body))
    gathered = gather(region)
    groups = _groups(region, gathered)
    leads = lead_keys(document)
    images: dict[str, Image] = {}
    for group in groups:
        if _is_of_article(region, group, leads):
            image = _image(body, group)
            known = images.get(group.picture.key)
            images[group.picture.key] = image if known is None else _join(known, image)
    return _with_lead(tuple(images.values()), [key in leads for key in images])


def _without_captions(document: Document, body: Body) -> Body:
    """The body without the places of blocks that are captions after all: these must not part a picture from them."""
    kept = [position for position in body.positions if not _in_caption(document.elements[position])]
    return replace(body, positions=tuple(kept)) if kept and len(kept) < len(body.positions) else body


def _in_caption(element: HtmlElement) -> bool:
    above: HtmlElement | None = element
    for _ in range(3):
        if above is None:
            return False
        if is_caption(above):
            return True
        above = above.getparent()
    return False


def _groups(region: Region, gathered: Gathered) -> list[_Group]:
    """Each picture with its box; a caption goes to the smallest box around it, else to the picture before it."""
    groups: list[_Group] = []
    boxes: dict[HtmlElement, _Group] = {}
    for index, picture in enumerate(gathered.pictures):
        root = _root(region, gathered, index)
        if root in boxes:
            if picture.key == boxes[root].picture.key:
                boxes[root].copies.append(picture.element)
            continue
        boxes[root] = _Group(picture, root)
        groups.append(boxes[root])
    for caption in gathered.captions:
        above: HtmlElement | None = caption
        for _ in range(MAX_CLIMB):
            if above is None or above in boxes or (above in region.spine and above is not caption):
                break
            above = above.getparent()
        group = boxes.get(above) if above is not None else None
        group = group or _group_before(region, groups, caption)
        if group is not None:
            group.captions.append(caption)
    return groups


def _group_before(region: Region, groups: list[_Group], caption: HtmlElement) -> _Group | None:
    """The picture right before a caption that stands between paragraphs like one of them."""
    position = region.document.position(caption)
    index = bisect_left(groups, position, key=lambda group: group.picture.position) - 1
    if index < 0:
        return None
    group = groups[index]
    near = position - group.picture.position <= MAX_APART and not region.holds_text(group.picture.position, position)
    return group if near and not group.captions else None


def _root(region: Region, gathered: Gathered, index: int) -> HtmlElement:
    """The largest box around a picture that holds no other picture and no text of the body."""
    picture = gathered.pictures[index]
    root = picture.element
    for _ in range(MAX_CLIMB):
        above = root.getparent()
        if above is None or above in region.spine:
            break
        start, end = region.document.position(above), region.end_of(above)
        if _holds_another(gathered.pictures, index, start, end):
            break
        root = above
    return root


def _holds_another(pictures: list[Picture], index: int, start: int, end: int) -> bool:
    """Whether another picture, not a copy of this one, stands between these document positions."""
    key = pictures[index].key
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(pictures) and start <= pictures[at].position < end:
            if pictures[at].key != key or abs(at - index) > MAX_COPIES:
                return True
            at += step
    return False


def _is_of_article(region: Region, group: _Group, leads: frozenset[str]) -> bool:
    """Whether the article shows this picture, judged by where it stands and what it leads to."""
    picture = group.picture
    if picture.position < region.headline:
        return picture.key in leads
    if picture.key in leads or any(not _in_link(caption) or is_credit_mark(caption) for caption in group.captions):
        return True
    if picture.url is None or is_teaser(picture.element, group.root, region.document.base_url):
        return False
    return picture.position < region.last or group.root.getparent() in region.spine


def _in_link(element: HtmlElement) -> bool:
    above = element.getparent()
    return element.tag == "a" or (above is not None and above.tag == "a")


def _image(body: Body, group: _Group) -> Image:
    picture = group.picture
    caption, credit = read_captions(group.captions, picture.element)
    alt = next((alt for element in (picture.element, *group.copies) if (alt := _alt(element))), None)
    return Image(
        url=picture.url,
        caption=caption,
        credit=credit,
        alt=alt,
        after_block=body.after_block(picture.position),
    )


def _alt(element: HtmlElement) -> str:
    return squash(element.get("alt") or element.get("data-alt"))


def _join(first: Image, second: Image) -> Image:
    """The earlier copy of a picture, with what only the later one tells."""
    return replace(
        first,
        caption=first.caption or second.caption,
        credit=first.credit or second.credit,
        alt=first.alt or second.alt,
    )


def _with_lead(images: tuple[Image, ...], named: list[bool]) -> tuple[Image, ...]:
    """Mark the picture above the text that leads: the one that the meta tags name, else the first with an address."""
    above = [index for index, image in enumerate(images) if image.after_block < 0]
    if not above:
        return images
    lead = next((index for index in above if named[index]), None)
    if lead is None:
        lead = next((index for index in above if images[index].url), above[0])
    return tuple(replace(image, lead=True) if index == lead else image for index, image in enumerate(images))
