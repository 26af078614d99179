"""What all forms of an article share: the order of its parts, the byline and the dates in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from extractors import Article, Block, Embed, Image, Stamp

PROVIDER_NAMES = {
    "x": "X", "tiktok": "TikTok", "youtube": "YouTube", "soundcloud": "SoundCloud", "googlemaps": "Google Maps",
    "jwplayer": "JW Player", "documentcloud": "DocumentCloud", "linkedin": "LinkedIn", "vk": "VK",
    "truthsocial": "Truth Social", "getty": "Getty Images", "self": "The outlet's own",
}  # fmt: skip
"""How a provider writes itself, where that is more than a capital."""


def parts(article: Article) -> Iterator[Block | Image | Embed]:
    """Give blocks, images and embeds in reading order; a picture comes before an embed at the same place."""
    media: dict[int, list[Image | Embed]] = {}
    everything: list[Image | Embed] = [*article.images, *article.embeds]
    for item in everything:
        media.setdefault(item.after_block, []).append(item)
    yield from media.get(-1, ())
    for index, block in enumerate(article.body):
        yield block
        yield from media.get(index, ())


def byline(article: Article) -> str:
    """Give the byline in words: "By A, B and C"; empty where there is none."""
    names = [author.name for author in article.authors]
    if not names:
        return ""
    return "By " + (names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1])


def when(stamp: Stamp | None) -> str:
    """Give a stamp in words, cut to its precision; the page's own words where it could not be resolved."""
    if stamp is None:
        return ""
    if stamp.value is None:
        return stamp.raw
    if isinstance(stamp.value, datetime):
        return f"{stamp.value.day} {stamp.value:%B %Y, %H:%M}" + (" UTC" if stamp.value.tzinfo else "")
    forms = {"year": f"{stamp.value:%Y}", "month": f"{stamp.value:%B %Y}"}
    day = f"{stamp.value.day} {stamp.value:%B %Y}"
    return forms.get(stamp.precision, f"week of {day}" if stamp.precision == "week" else day)


def facts(article: Article) -> list[str]:
    """Give the lines under the headline: byline, dates, outlet."""
    published, modified = when(article.published), when(article.modified)
    dates = published + (f" (updated {modified})" if modified and modified != published else "")
    return [line for line in (byline(article), dates, article.section or "", article.site or "") if line]


def caption(image: Image) -> str:
    """Give caption and credit of a picture as one line; the alternative text where it has neither."""
    credit = f"Photo: {image.credit}" if image.credit else ""
    if image.caption and credit:
        return f"{image.caption} ({credit})"
    return image.caption or credit or image.alt or ""


def embed_line(embed: Embed) -> str:
    """Name an embed: "Instagram post by @name"."""
    provider = PROVIDER_NAMES.get(embed.provider, embed.provider.capitalize())
    handle = f"@{embed.author}" if embed.author and " " not in embed.author else embed.author
    return f"{provider} {embed.kind}" + (f" by {handle}" if handle else "")
