"""Which pictures the page's meta tags name, and when two addresses are the same picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from extractors.document import Document

MIN_NAME = 6
_SIZE = re.compile(
    r"(?:[-_@](?:\d{2,4}x\d{2,4}|scaled|[23]x|(?:1?50|1?00|[2-9][0-9]0|1024|1080|1200|1280|1440|1536|1600|1920|2048|2560)w?))+$"
)
_COMMON = frozenset({"image", "original", "default", "photo", "index", "large", "medium", "small", "thumb", "picture"})
_META = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")


def lead_keys(document: Document) -> frozenset[str]:
    """Give the keys of the pictures that og:, twitter: and the article's JSON-LD name."""
    addresses = [value for name in _META for value in document.meta.get(name, ())[:5]]
    addresses += list(_of_jsonld(document.news.get("image")))[:10]
    whole = (
        address if address.startswith(("https://", "http://")) else document.absolute(address)
        for address in dict.fromkeys(addresses)
    )
    return frozenset(picture_key(url) for url in whole if url)


def _of_jsonld(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        found = item.get("url") or item.get("contentUrl") if isinstance(item, dict) else item
        if isinstance(found, str):
            yield found


def picture_key(url: str) -> str:
    """Give a key that copies of a picture in other sizes, formats and folders share: its file's name."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return url
    name = path.rstrip("/").rpartition("/")[2].lower()
    stem, dot, ending = name.rpartition(".")
    stem = stem if dot and len(ending) <= 5 else name
    short = _SIZE.sub("", stem)
    if len(short) < MIN_NAME or short in _COMMON or not any(sign.isalnum() for sign in short):
        return path.lower()
    return short
