"""Shingles are made once, and forgotten by chance."""

from __future__ import annotations

from pipelines.compared import Compared
from pipelines.minhash import shingles, signature


def _text(number: int) -> str:
    return " ".join(f"word{number}x{place}" for place in range(40))


def _signature(number: int) -> bytes:
    found = signature(_text(number))
    assert found
    return found


def test_shingles_of_a_text_are_made_once() -> None:
    made: list[int] = []

    def make() -> frozenset[int]:
        made.append(1)
        return shingles(_text(1))

    compared = Compared()
    assert set(compared.shingles(_signature(1), make)) == shingles(_text(1))
    assert set(compared.shingles(_signature(1), make)) == shingles(_text(1))
    assert len(made) == 1


def test_shingles_of_another_text_than_the_signature_tells_are_not_kept() -> None:
    compared = Compared()
    assert compared.shingles(_signature(1), lambda: shingles(_text(2))) == shingles(_text(2))
    assert set(compared.shingles(_signature(1), lambda: shingles(_text(1)))) == shingles(_text(1))


def test_a_full_one_forgets_some_but_not_all_of_what_is_asked_for_in_turn() -> None:
    compared = Compared(most=50 * 39)
    made: list[int] = []

    def make(number: int) -> frozenset[int]:
        made.append(number)
        return shingles(_text(number))

    for _ in range(4):
        for number in range(80):
            compared.shingles(_signature(number), lambda number=number: make(number))
    assert 40 * 39 < len(compared) <= 50 * 39
    assert 80 + 3 * 10 < len(made) < 4 * 80 - 50
