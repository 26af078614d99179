"""One record of an article that stands on several pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.address import url_key
from extractors.article import Article, Block, Embed, Provenance
from extractors.date_mentions import find_date_mentions
from extractors.people import fold
from extractors.quotes import Context, attribute

LONG = 80
"""Characters from which on a paragraph that an earlier page had is a repetition wherever it stands; a shorter one only
at the head or foot of its page."""


def join(pages: Sequence[Article]) -> Article:
    """Make one record of the pages of an article, in their order.

    Everything around the text is the first page's. The bodies follow one another, without what a page repeats;
    quotations and dates are read from the whole text, so that a speaker named on one page is known on the next.

    Args:
        pages: the records of the pages, at least one; each but the first `continues` it.
    """
    whole = _gathered(pages)
    texts = [block.text for block in whole.body]
    context = Context(
        headline=whole.headline,
        dek=whole.dek,
        tags=whole.tags,
        captions=tuple(image.caption for image in whole.images if image.caption),
        authors=tuple(author.name for author in whole.authors),
        embeds_after=frozenset(embed.after_block for embed in whole.embeds),
        kinds=tuple(block.kind for block in whole.body),
        language=whole.language,
        site=whole.site,
    )
    return replace(
        whole,
        quotes=attribute(texts, context),
        date_mentions=find_date_mentions(texts, whole.published, whole.language, whole.modified),
        provenance=Provenance({**whole.provenance, "pages": str(len(pages))}),
    )


def continues(first: Article, page: Article) -> bool:
    """Whether a page is of the same article as the first: it has its headline, or names its address as its own.

    A number behind the headline ("… - Page 2") does not count.
    """
    if first.canonical_url and page.canonical_url and url_key(first.canonical_url) == url_key(page.canonical_url):
        return True
    here, there = fold(first.headline or ""), fold(page.headline or "")
    return bool(here and there) and (there.startswith(here) or here.startswith(there))


def adds(before: Sequence[Article], page: Article) -> bool:
    """Whether a page has any text or picture that the pages before it have not."""
    texts = {block.text for one in before for block in one.body}
    pictures = {image.url for one in before for image in one.images}
    return any(block.text not in texts for block in page.body) or any(
        image.url not in pictures for image in page.images
    )


def _gathered(pages: Sequence[Article]) -> Article:
    """Give the first page with the blocks and all that stands in and between them of every page."""
    whole = pages[0]
    for page in pages[1:]:
        new = _new_blocks(whole.body, page.body)
        places, last = {}, len(whole.body) - 1
        for number in range(len(page.body)):
            last += number in new
            places[number] = last
        places[-1] = len(whole.body) - 1
        pictures = {image.url for image in whole.images if image.url}
        posts = set(map(_post, whole.embeds))
        whole = replace(
            whole,
            body=(*whole.body, *(page.body[number] for number in sorted(new))),
            images=(
                *whole.images,
                *(
                    replace(image, lead=False, after_block=places[image.after_block])
                    for image in page.images
                    if image.url not in pictures
                ),
            ),
            embeds=(
                *whole.embeds,
                *(
                    replace(embed, after_block=places[embed.after_block])
                    for embed in page.embeds
                    if _post(embed) not in posts
                ),
            ),
            citations=(
                *whole.citations,
                *(replace(one, block=places[one.block]) for one in page.citations if one.block in new),
            ),
            tags=tuple(dict.fromkeys((*whole.tags, *page.tags))),
        )
    return whole


def _new_blocks(before: Sequence[Block], blocks: Sequence[Block]) -> set[int]:
    """Give the numbers of the blocks that are not repeated from a page before."""
    known = {block.text for block in before}
    new = [number for number, block in enumerate(blocks) if block.text not in known]
    between = range(new[0], new[-1] + 1) if new else ()
    return {number for number in between if blocks[number].text not in known or len(blocks[number].text) < LONG}


def _post(embed: Embed) -> tuple[str, str | None]:
    return embed.provider, embed.id or embed.url or embed.text
