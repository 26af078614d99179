"""What an article is told by: who is in it, what is said in it, what its headline and its text are about."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

from extractors import Article
from extractors.people import Cast, Named, fold
from pipelines.minhash import plain_words, runs
from pipelines.times import moment_of

COMMON = Path(__file__).with_name("common.txt")
"""Stems that say nothing of an event, one a line; beside those of `words.toml`."""
RUN = 4
"""Words of a run by which quotations are compared."""
_WINDOW = 4
"""Runs of which one is kept: two quotations that share seven words in a row share a kept run (Schleimer, Wilkerson and
Aiken, "Winnowing", 2003)."""
_RUNS, _OTHERS, _TITLE, _TEXT, _DATES, _PEOPLE = 48, 12, 12, 24, 6, 16
"""Signs of each kind at most."""
_STEM = 6
_HEADLINE = 5
"""Words from which on two equal headlines are no chance."""
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_POSTS = ("post", "video", "audio", "document")


@dataclass(frozen=True, slots=True)
class Signs:
    """Of one article; all of it depends on the article alone, except that template text of its outlet is left out."""

    quotes: dict[int, str] = field(default_factory=dict)
    """Runs of quoted words, hashed; with the last word of the speaker's name, "" where nobody is named."""
    posts: Sequence[int] = ()
    """Embedded posts, hashed."""
    people: dict[str, int] = field(default_factory=dict)
    """3: in the headline; 2: quoted, tagged or named more than once; 1: named."""
    names: Sequence[str] = ()
    """Other names: places, firms, works; the most frequent ones."""
    dates: Sequence[str] = ()
    """Days that the text names."""
    title: Sequence[str] = ()
    """Stems of headline and standfirst, without names of people."""
    headline: int = 0
    """The whole headline, hashed; 0 where it is too short to be one article's own."""
    text: Sequence[str] = ()
    """Stems that the text repeats, the most frequent ones, without names of people."""

    def to_json(self) -> str:
        """Give one JSON array, its parts in the order of the fields."""
        return json.dumps([getattr(self, name) for name in _FIELDS], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Signs:
        """Rebuild what `to_json` gave."""
        data = dict(zip(_FIELDS, json.loads(text), strict=True))
        data["quotes"] = {int(run): who for run, who in data["quotes"].items()}
        return cls(**data)


_FIELDS = tuple(field.name for field in fields(Signs))


def signs_of(article: Article, cast: Cast, template: frozenset[int]) -> Signs:
    """Give the signs of an article.

    Args:
        article: the record.
        cast: who is named in it.
        template: positions of blocks that are template text of its outlet.
    """
    people = {
        fold(person.name): _weight(person)
        for person in (*cast.people, *(other for other in cast.others if " " in other.name and other.in_headline))
    }
    others = [fold(other.name) for other in cast.others if other.mentions and len(other.name) > _STEM - 3]
    parts = {word[:_STEM] for name in people for word in name.split()}
    around = [text for text in (article.headline, article.dek) if text]
    texts = [block.text for index, block in enumerate(article.body) if index not in template]
    return Signs(
        quotes=_quotes(article, template),
        posts=tuple(sorted(_posts(article)))[:_RUNS],
        people=dict(sorted(people.items(), key=lambda item: (-item[1], item[0]))[:_PEOPLE]),
        names=tuple(other for other in others if other[:_STEM] not in parts)[:_OTHERS],
        dates=tuple(sorted(_dates(article, template)))[:_DATES],
        title=tuple(sorted(_stems(_counted(" ".join(around))).keys() - parts))[:_TITLE],
        headline=_headline(article.headline or ""),
        text=tuple(sorted(_repeated(texts, parts))),
    )


def _weight(person: Named) -> int:
    return 3 if person.in_headline else 2 if person.quotes or person.mentions > 1 or person.tagged else 1


def _headline(text: str) -> int:
    plain = fold(text)
    return 1 + crc32(plain.encode("utf-8", "replace")) if plain.count(" ") + 1 >= _HEADLINE else 0


def _quotes(article: Article, template: frozenset[int]) -> dict[int, str]:
    """Give the kept runs of the quoted words: the smallest hash of each window; the only one of a short quotation."""
    found: dict[int, str] = {}
    for quote in article.quotes:
        if quote.block in template:
            continue
        hashes = runs(plain_words(quote.text), RUN)
        who = fold(quote.speaker).rpartition(" ")[2] if quote.speaker and quote.speaker_kind == "person" else ""
        for at in range(max(1, len(hashes) - _WINDOW + 1) if hashes else 0):
            found.setdefault(min(hashes[at : at + _WINDOW]), who)
    return {run: found[run] for run in sorted(found)[:_RUNS]}


def _posts(article: Article) -> Iterable[int]:
    for embed in article.embeds:
        if embed.kind in _POSTS and embed.provider != "self" and (which := embed.id or embed.url):
            yield crc32(f"{embed.provider} {which}".encode("utf-8", "replace"))


def _dates(article: Article, template: frozenset[int]) -> set[str]:
    own = (moment_of(article.published).value or "")[:10]
    return {
        mention.value
        for mention in article.date_mentions
        if mention.precision == "day" and mention.value and mention.value != own and mention.block not in template
    }


def _stems(words: Mapping[str, int]) -> dict[str, int]:
    """Count the stems of the words that may say something, of which there are so many; numbers are such words."""
    common = _common()
    counts: dict[str, int] = {}
    for word, count in words.items():
        if (len(word) > 3 or word.isdigit()) and (found := stem(word)) not in common:
            counts[found] = counts.get(found, 0) + count
    return counts


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the beginning of a word, in lower case and without accents, by which its forms are one."""
    return fold(word.removesuffix("'s").removesuffix("’s")).removesuffix("s")[:_STEM]


def _repeated(texts: Iterable[str], parts: set[str]) -> list[str]:
    """Give the stems that a text has more than once, the most frequent ones; only what begins alike is looked at."""
    words = [(word, word[:4].lower(), count) for word, count in _counted(" ".join(texts)).items() if len(word) > 3]
    begun: dict[str, int] = {}
    for _, beginning, count in words:
        begun[beginning] = begun.get(beginning, 0) + count
    counts = _stems({word: count for word, beginning, count in words if begun[beginning] > 1})
    often = [(-count, word) for word, count in counts.items() if count > 1 and len(word) > 3 and word not in parts]
    return [word for _, word in sorted(often)[:_TEXT]]


def _counted(text: str) -> dict[str, int]:
    """Count the words of a text; what stands between two spaces is looked at once."""
    counts: dict[str, int] = {}
    for token, count in Counter(text.split()).items():
        for word in (token,) if token.isalpha() else WORD.findall(token):
            counts[word] = counts.get(word, 0) + count
    return counts


@cache
def _common() -> frozenset[str]:
    data = tomllib.loads(COMMON.with_name("words.toml").read_text("utf-8"))
    lines = COMMON.read_text("utf-8").splitlines()
    return frozenset([stem(word) for word in data["common"].split()] + [line for line in lines if line[:1] != "#"])
