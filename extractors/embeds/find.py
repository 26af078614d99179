"""The recipe for embeds: what of the article's stretch is somebody's post or player, each once, in order."""

from __future__ import annotations

from dataclasses import replace

from extractors.article import Embed
from extractors.body.result import Body
from extractors.document import Document
from extractors.embeds.markup import Piece, pieces
from extractors.embeds.own import own_players
from extractors.embeds.state import pieces_in_scripts
from extractors.region import Region

_Key = tuple[str, str]


def find_embeds(document: Document, body: Body) -> tuple[Embed, ...]:
    """Find the posts, players, maps, documents and charts that the article shows, in the page's order.

    What stands in navigation, share bars, related stories, comments and the like is none; the same post in two forms
    is one.
    """
    if not body.positions:
        return ()
    region = Region(document, body)
    found: dict[_Key, tuple[int, Embed]] = {}
    for piece in (*pieces(region), *own_players(region)):
        embed = _embed(piece, body)
        position, first = found.get(_key(embed), (piece.position, embed))
        found[_key(embed)] = (position, embed if first is embed else _join(first, embed))
    for piece in pieces_in_scripts(region, frozenset(found)):
        embed = _embed(piece, body)
        found.setdefault(_key(embed), (piece.position, embed))
    return tuple(embed for _, embed in sorted(found.values(), key=lambda item: (item[1].after_block, item[0])))


def _embed(piece: Piece, body: Body) -> Embed:
    post = piece.post
    return Embed(
        provider=post.provider,
        kind=post.kind,
        url=post.url,
        id=post.id,
        author=post.author or piece.author,
        text=piece.text,
        after_block=body.after_block(piece.position) if piece.after_block is None else piece.after_block,
    )


def _key(embed: Embed) -> _Key:
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
