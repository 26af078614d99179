"""What the article says around its text that helps to name a speaker."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Evidence from outside the paragraphs; all of it may be empty."""

    headline: str | None = None
    dek: str | None = None
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    """Names of the byline: a first-person "told me" is theirs, and they are not speakers by default."""
    embeds_after: frozenset[int] = frozenset()
    """Blocks that an embed follows: a post stands between this block and the next."""
    kinds: tuple[str, ...] = ()
    """Kind of each paragraph (`Block.kind`); empty where only text is known."""
    language: str | None = None
    site: str | None = None
