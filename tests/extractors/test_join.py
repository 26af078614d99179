"""One record of an article on several pages."""

from __future__ import annotations

from dataclasses import replace

from extractors.article import Article, Author, Block, Citation, Embed, Image, Provenance
from extractors.join import adds, continues, join

INTRO = "The hats of the harbour ball were finer than ever, and forty of them were shown to the Gull on Friday night."


def page(*texts: str, **more: object) -> Article:
    article = Article(
        url="https://gull.example/hats", canonical_url="https://gull.example/hats", site="gull.example", language="en",
        headline="The finest hats of the ball", authors=(Author(name="Ann Tern"),),
        body=tuple(Block(kind="paragraph", text=text) for text in texts), provenance=Provenance({"body": "segments"}),
    )  # fmt: skip
    return replace(article, **more)  # type: ignore[arg-type]


def test_bodies_follow_one_another_without_what_is_repeated() -> None:
    first = page(INTRO, "A hat of cork.", "Share your hat with us.")
    second = page(INTRO, "A hat of tin.", "A hat of cork.", "It rattles.", "Share your hat with us.", tags=("hats",))
    joined = join([first, second])
    assert [block.text for block in joined.body] == [
        INTRO, "A hat of cork.", "Share your hat with us.", "A hat of tin.", "A hat of cork.", "It rattles.",
    ]  # fmt: skip
    assert joined.tags == ("hats",)
    assert dict(joined.provenance) == {"body": "segments", "pages": "2"}


def test_pictures_embeds_and_citations_move_with_their_blocks() -> None:
    lead = Image(url="https://gull.example/ball.jpg", lead=True)
    post = Embed(provider="instagram", kind="post", id="1", after_block=0)
    first = page(INTRO, "A hat of cork.", images=(lead,), embeds=(post,))
    second = page(
        INTRO, "A hat of tin, the Tern reports.",
        images=(lead, Image(url="https://gull.example/tin.jpg", lead=True), Image(url=None, after_block=1)),
        embeds=(post, Embed(provider="instagram", kind="post", id="2", after_block=1)),
        citations=(Citation(outlet="The Tern", block=1, start=14, end=22),),
    )  # fmt: skip
    joined = join([first, second])
    assert [(image.url and image.url[-7:], image.lead, image.after_block) for image in joined.images] == [
        ("all.jpg", True, -1), ("tin.jpg", False, 1), (None, False, 2),
    ]  # fmt: skip
    assert [(embed.id, embed.after_block) for embed in joined.embeds] == [("1", 0), ("2", 2)]
    (citation,) = joined.citations
    assert joined.body[citation.block].text[citation.start : citation.end] == "the Tern"


def test_a_speaker_named_on_one_page_is_known_on_the_next() -> None:
    first = page("Ottoline Gannet wore a hat of cork to the ball.")
    joined = join([first, page("“I sat up for nine nights,” Gannet said.")])
    assert [(quote.speaker, quote.block) for quote in joined.quotes] == [("Ottoline Gannet", 1)]


def test_a_page_continues_the_article_of_its_headline_or_address() -> None:
    first = page(INTRO)
    own = "https://gull.example/hats/2"
    assert continues(first, page(headline="The Finest Hats of the Ball - Page 2", canonical_url=own))
    assert continues(first, page(headline="A hat of tin"))
    assert not continues(first, page(headline="A hat of tin", canonical_url=own))
    assert not continues(first, page(headline=None, canonical_url=own))


def test_a_page_adds_text_or_pictures() -> None:
    first = page(INTRO, images=(Image(url="https://gull.example/a.jpg"),))
    assert not adds([first], page(INTRO, images=first.images))
    assert adds([first], page(INTRO, "A hat of tin."))
    assert adds([first], page(INTRO, images=(Image(url="https://gull.example/b.jpg"),)))
