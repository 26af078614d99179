"""The recipe for embeds: what of the article's stretch is somebody's post or player, each once, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.article import Embed
from extractors.body.result import Body
from extractors.document import Document
from extractors.embeds.markup import Piece, pieces
from extractors.embeds.own import own_players
from extractors.embeds.state import pieces_in_scripts
from extractors.region import Region


def find_embeds(document: Document, body: Body) -> tuple[Embed, ...]:
    """Find the posts, players, maps, documents and charts that the article shows, in the page's order.

    What stands in navigation, share bars, related stories, comments and the like is none; the same post in two forms
    is one.
    """
    if not body.positions:
        return ()
    region = Region(document, body)
    found: dict[object, tuple[int, Embed]] = {}
    for piece in _all(region):
        embed = _embed(piece, body)
        key = _key(embed)
        if key not in found:
            found[key] = (piece.position, embed)
        else:
            position, first = found[key]
            found[key] = (position, _join(first, embed))
    known = {key for key in found if isinstance(key, tuple)}
    for piece in pieces_in_scripts(region, known):
        embed = replace(_embed(piece, body), after_block=piece.after_block)
        found.setdefault(_key(embed), (piece.position, embed))
    return tuple(embed for _, embed in sorted(found.values(), key=lambda item: (item[1].after_block, item[0])))


def _all(region: Region) -> Iterator[Piece]:
    yield from pieces(region)
    yield from own_players(region)


def _embed(piece: Piece, body: Body) -> Embed:
    post = piece.post
    return Embed(
        provider=post.provider,
        kind=post.kind,
        url=post.url,
        id=post.id,
        author=post.author or piece.author,
        text=piece.text,
        after_block=body.after_block(piece.position),
    )


def _key(embed: Embed) -> tuple[str, ...]:
    """Under which two forms of one post are the same."""
    if embed.id is not None and embed.kind != "profile":
        return (embed.provider, embed.id)
    return (embed.provider, embed.url or f"{embed.author} {embed.after_block}")


def _join(first: Embed, second: Embed) -> Embed:
    """The earlier form, with what only the later one tells."""
    better = first.author is None and second.author is not None
    return replace(
        first,
        url=(second.url or first.url) if better else first.url,
        author=first.author or second.author,
        text=first.text or second.text,
    )
