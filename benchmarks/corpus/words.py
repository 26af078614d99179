"""Words of a language that nobody speaks, as often as those of a real one (Zipf), among its small words."""

from __future__ import annotations

import random
import tomllib
from itertools import accumulate
from pathlib import Path

_WRITTEN: dict[str, str] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
ENGLISH, GERMAN = _WRITTEN["english"].split(), _WRITTEN["german"].split()
"""Small words in the order of their frequency."""
FORENAMES = _WRITTEN["forenames"].split()
CONTENT = 40_000
"""Content words; their frequencies fall as 1 / (rank + 30), so that the 2,500th stands in one of 100 articles."""

_ONSETS, _NUCLEI = _WRITTEN["onsets"].split(), _WRITTEN["nuclei"].split()
_CODAS = ["", "", "", "n", "r", "l", "s", "t", "nd", "rd", "st", "ck", "m", "p", "ng"]


class Words:
    """A vocabulary, and text made of it."""

    def __init__(self, chance: random.Random, small: list[str]) -> None:
        self._chance = chance
        self.content = invented(chance, CONTENT)
        small_weights = [1 / (rank + 4) for rank in range(len(small))]
        content_weights = [1 / (rank + 30) for rank in range(CONTENT)]
        scale = sum(content_weights) / sum(small_weights)
        self._all = [*small, *self.content]
        self._weights = list(accumulate([weight * scale for weight in small_weights] + content_weights))

    def some(self, count: int, topic: list[str]) -> list[str]:
        """Draw words, one in nine of them of the topic."""
        drawn = self._chance.choices(self._all, cum_weights=self._weights, k=count)
        if topic:
            for _ in range(count // 9):
                drawn[self._chance.randrange(count)] = self._chance.choice(topic)
        return drawn

    def sentence(self, topic: list[str], opening: str = "") -> str:
        """Write a sentence of 8 to 26 words, behind an opening that stands as it is."""
        words = self.some(self._chance.randint(8, 26), topic)
        if len(words) > 14:
            words[len(words) // 2] += ","
        text = " ".join(words)
        return f"{opening} {text}." if opening else f"{text[0].upper()}{text[1:]}."

    def topic(self) -> list[str]:
        """Draw the content words that the articles on one event have in common."""
        return self._chance.sample(self.content[200:], k=18)


def invented(chance: random.Random, count: int) -> list[str]:
    """Make that many different words, the shorter ones first."""
    made: dict[str, None] = {}
    while len(made) < count:
        syllables = 1 + (len(made) > 900) + (len(made) > 15_000)
        made["".join(_syllable(chance) for _ in range(syllables))] = None
    return [word for word in made if len(word) > 2] + [word for word in made if len(word) <= 2]


def _syllable(chance: random.Random) -> str:
    return chance.choice(_ONSETS) + chance.choice(_NUCLEI) + chance.choice(_CODAS)
