"""The press that does not exist is always the same, is whole, and knows what is true of it."""

from __future__ import annotations

import ast
import random
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.corpus import Piece, corpus
from benchmarks.corpus.copying import changed
from benchmarks.corpus.draft import Said, Span, blocks_of
from benchmarks.corpus.words import ENGLISH, Words
from extractors import Article

FOLDER = Path(__file__).parents[2] / "benchmarks" / "corpus"


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    return list(islice(corpus(), 2500))


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(random.Random(3), ENGLISH)


def article(piece: Piece) -> Article:
    assert piece.outcome.article
    return piece.outcome.article


def test_the_same_seed_gives_the_same_pages_and_another_one_others(pieces: list[Piece]) -> None:
    assert list(islice(corpus(), 60)) == pieces[:60]
    assert list(islice(corpus(8), 60)) != pieces[:60]


def test_pages_come_in_in_the_order_of_time(pieces: list[Piece]) -> None:
    times = [piece.outcome.page.fetched_at for piece in pieces]
    assert times == sorted(times)


def test_every_offset_fits_its_text(pieces: list[Piece]) -> None:
    for piece in pieces:
        record = article(piece)
        for part in (*record.quotes, *record.date_mentions):
            assert record.body[part.block].text[part.start : part.end] == part.text
        for credit in record.citations:
            assert record.body[credit.block].text[credit.start : credit.end] == credit.outlet
        assert all(-1 <= part.after_block < len(record.body) for part in (*record.images, *record.embeds))


def test_three_in_ten_quotations_have_nobody_with_a_name(pieces: list[Piece]) -> None:
    kinds = Counter(quote.speaker_kind for piece in pieces for quote in article(piece).quotes)
    assert 0.25 < (kinds["anonymous"] + kinds[None]) / kinds.total() < 0.35


def test_many_outlets_tell_one_event_and_few_words_carry_the_text(pieces: list[Piece]) -> None:
    stories = Counter(piece.story for piece in pieces if piece.visit == 1)
    assert max(stories.values()) >= 10
    assert sum(size == 1 for size in stories.values()) > len(stories) / 3
    assert len({piece.outcome.site for piece in pieces}) >= 40
    used = Counter(word for piece in pieces for word in article(piece).text.split())
    common = sum(count for _, count in used.most_common(100))
    assert 0.3 < common / used.total() < 0.6


def test_a_known_page_comes_again_changed_or_not(pieces: list[Piece]) -> None:
    first = {article(piece).url: article(piece) for piece in pieces if piece.visit == 1}
    again = [piece for piece in pieces if piece.visit == 2]
    same = [article(piece) == first[article(piece).url] for piece in again]
    assert any(same)
    assert not all(same)


def test_a_copy_differs_in_that_share_of_its_words_and_in_no_quotation(words: Words) -> None:
    said = Span("I never liked any of it", said=Said("I never liked any of it", "Vita Glount", "person"))
    text = [[Span(words.sentence([])), Span(" “"), said, Span("” "), Span(words.sentence([]))] for _ in range(30)]
    made = changed(random.Random(5), words, text, 0.2)
    before = [word for block in blocks_of(text) for word in block.text.split()]
    after = [word for block in blocks_of(made) for word in block.text.split()]
    differ = sum(one != other for one, other in zip(before, after, strict=True))
    assert differ == pytest.approx(0.2 * len(before), abs=1)
    assert all(spans[2] == said for spans in made)


def test_copies_tell_one_event_and_at_least_two_print_a_text(pieces: list[Piece]) -> None:
    prints = [piece for piece in pieces if piece.text is not None]
    assert {piece.share for piece in prints} == {None, 0.0, 0.05, 0.2}
    assert all(piece.text == piece.story for piece in prints)


def test_the_same_celebrity_is_in_different_stories_of_the_same_days(pieces: list[Piece]) -> None:
    tagged = {(article(piece).tags[0], piece.story) for piece in pieces if article(piece).tags}
    assert Counter(Counter(name for name, _ in tagged).values())[1] < len({name for name, _ in tagged}) * 0.95


def test_nothing_that_is_judged_has_a_part_in_the_truth() -> None:
    asked = {
        node.module
        for path in FOLDER.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    ours = {name for name in asked if name.partition(".")[0] in ("extractors", "pipelines", "crawler")}
    assert ours == {"extractors", "extractors.article", "pipelines.outcome", "pipelines.page"}
