from __future__ import annotations

import random
import subprocess
import sys
from array import array
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipelines.minhash import BANDS, BINS, band_keys, jaccard, shingles, signature, similarity

WORDS = [f"wort{number}" for number in range(600)]


def text(seed: int, words: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def altered(words: list[str], share: float, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [word if chance.random() > share else f"neu{chance.randrange(10**6)}" for word in words]


def test_the_estimate_is_near_the_truth() -> None:
    errors = []
    for seed in range(120):
        one = text(seed, 80 + 7 * seed)
        other = altered(one, (0.02, 0.05, 0.1, 0.2)[seed % 4], seed)
        signed, its = signature(" ".join(one)), signature(" ".join(other))
        assert signed
        assert its
        errors.append(similarity(signed, its) - jaccard(shingles(" ".join(one)), shingles(" ".join(other))))
    assert (sum(error * error for error in errors) / len(errors)) ** 0.5 < 0.05
    assert abs(sum(errors) / len(errors)) < 0.015


def test_similar_texts_meet_and_others_do_not() -> None:
    met = strangers = 0
    for seed in range(100):
        one = text(seed, 300)
        keys = [
            band_keys(signature(" ".join(words)) or b"") for words in (one, altered(one, 0.05), text(-seed - 1, 300))
        ]
        met += bool(set(keys[0]) & set(keys[1]))
        strangers += bool(set(keys[0]) & set(keys[2]))
    assert met >= 97
    assert strangers <= 1


def test_case_and_punctuation_do_not_count() -> None:
    words = text(3, 100)
    one = " ".join(words)
    other = "“" + "”, ".join(word.upper() for word in words) + "…"
    assert signature(one) == signature(other)


def test_a_short_text_has_no_signature() -> None:
    assert signature("") is None
    assert signature("a few words only") is None
    assert signature("the same " * 500) is None


def test_a_signature_is_the_same_in_every_process() -> None:
    words = " ".join(text(1, 100))
    command = [sys.executable, "-c", "import sys; from pipelines.minhash import signature; "
               "sys.stdout.buffer.write(signature(sys.argv[1]))", words]  # fmt: skip
    there = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[2]).stdout
    assert there == signature(words)


@given(st.text(max_size=400))
def test_any_text_gives_a_whole_signature_or_none(anything: str) -> None:
    signed = signature(anything)
    if signed is not None:
        assert len(signed) == 4 * BINS
        assert len(band_keys(signed)) == BANDS
        assert similarity(signed, signed) == 1


@given(st.integers(0, BINS), st.randoms(use_true_random=False))
def test_the_estimate_is_the_share_of_equal_bins(equal: int, chance: random.Random) -> None:
    one = [chance.choice((0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, chance.getrandbits(32))) for _ in range(BINS)]
    other = [
        value if place < equal else value ^ chance.choice((1, 1 << 31, 0xFFFFFFFF)) for place, value in enumerate(one)
    ]
    assert similarity(array("I", one).tobytes(), array("I", other).tobytes()) == equal / BINS
