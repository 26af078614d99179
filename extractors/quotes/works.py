"""What stands in quotation marks and is no quotation: titles, nicknames, words as words, scare quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.outlets import is_outlet
from extractors.quotes.classes import ADV, AUX, CONJ, DET, PAST, PREP, PRON, REL, SAY, SUB, WEAK
from extractors.quotes.lexicon import Lexicon, word_set
from extractors.quotes.source import Source

_WORD = re.compile(r"\w[\w'’-]*")
_SMALL = word_set("small")
_TITLING = word_set("titling")
_KNOWN_AS = re.compile(r"\bknown\b[^.;]{0,50}\bas\W*(?:(?:the|an?)\W*)?$")
_NAME_BEFORE = re.compile(r"(?:^|[\s(])[A-ZÀ-ÖØ-Þ][\w’'-]+ $")
_NAME_AFTER = re.compile(r" [A-ZÀ-ÖØ-Þ][a-zß-ÿ]")
_NICKNAME = 2  # words of a nickname in a name
_STOPS = (".", "!", "?", "…", ",")
_LONGEST_TITLE = 10
_TITLE_LENGTH = 80
_SCARE = 2  # words of a scare quote
_GENITIVE = ("'s", "’s", "s'", "s’")
_NEXT_WORD = re.compile(r" ([a-zß-ÿ][\w'’-]*)")
_NO_NOUN = PREP | CONJ | AUX | SUB | REL | PRON | ADV | PAST | DET | SAY | WEAK
_FRAGMENT = 5  # words from which a marked span is speech even where no source is found


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The masked text of the sentence right before and right after a marked span."""

    before: str
    after: str


def bare(text: str) -> str:
    """Give a marked span without the punctuation at its end, as a title would be written elsewhere."""
    return text.rstrip(" .,!?…")


def titles(texts: Iterable[str]) -> frozenset[str]:
    """Give what an article marks more than once and writes in title case, in two words and more: its titles."""
    counts = Counter(bare(text) for text in texts if len(text) < _TITLE_LENGTH and text[:1].isupper())
    return frozenset(
        text for text, count in counts.items() if count > 1 and " " in text and is_title_case(_WORD.findall(text))
    )


def says_something(text: str, known: frozenset[str]) -> bool:
    """Tell whether a marked span has a word and is none of the article's titles (bare)."""
    if text[0] == "(" and text.find(")") in (len(text) - 1, len(text) - 2):
        return False  # "(CROSSTALK.)"
    return _WORD.search(text) is not None and bare(text) not in known


def is_quotation(
    text: str, beside: Surroundings, source: Source | None, lexicon: Lexicon, known: frozenset[str]
) -> bool:
    """Decide whether a marked span is somebody's words; `known` holds the article's titles, bare."""
    words = _WORD.findall(text)
    if not says_something(text, known) or _part_of_a_name(beside) or _within_a_name(text, words, beside):
        return False
    near = [word.lower() for word in _WORD.findall(beside.before[-48:])][-3:]
    direct = source is not None and source.direct
    said = direct and (len(words) >= _FRAGMENT or beside.after.startswith(" by ") or _calls(source, near))
    if near and near[-1] in lexicon.works["announce"] and not said:
        return False
    titled = is_title_case(words) and not _in_a_headline(beside.before)
    if titled and (_beside_a_work(near, beside, lexicon) or is_outlet(bare(text))):
        return False
    if source is not None and not direct and _modifies(text, words, near, beside, lexicon):
        return False
    if titled and source is not None:
        return direct and (len(words) == 1 or _speaks_directly(source, beside.before))
    if source is not None:
        return True
    if len(words) >= _FRAGMENT or (len(text) >= _FRAGMENT and text.lower() == text.upper()):
        return True  # a script without capitals has no spaces to count words by
    return text[0].isupper() and text.rstrip("'’)]").endswith(_STOPS) and not titled


def is_title_case(words: list[str]) -> bool:
    """Tell whether the words are written as those of a title: every word but the small ones with a capital."""
    if len(words) > _LONGEST_TITLE or not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    return all(word[0].isupper() or word[0].isdigit() or word.lower() in _SMALL for word in words[1:])


def _modifies(text: str, words: list[str], near: list[str], beside: Surroundings, lexicon: Lexicon) -> bool:
    """Tell a scare quote from a fragment of speech, where no verb of saying is near: "the 'sex tape' reference"."""
    if text.endswith(_STOPS) or "as" in near[-2:]:
        return False
    if len(words) <= _SCARE and near and lexicon.flags.get(near[-1], 0) & DET:
        return True
    if len(words) <= _SCARE and beside.before.rstrip().endswith(_GENITIVE):
        return True
    following = _NEXT_WORD.match(beside.after)
    return len(words) <= _SCARE + 1 and following is not None and not lexicon.flags.get(following[1], 0) & _NO_NOUN


def _calls(source: Source | None, near: list[str]) -> bool:
    """Tell "which Kim called 'a gift'" from "a film called 'Rain'": somebody with a name or a pronoun calls."""
    if source is None or source.cue is None or not near or source.cue.lower() != near[-1] or near[-1] in _TITLING:
        return False
    return source.mention[:1].isupper() or len(source.mention) <= len("they")


def _part_of_a_name(beside: Surroundings) -> bool:
    """As in "'Tatort'-star", "known as 'Rooky'"."""
    if beside.after[:1] in ("-", "–") and beside.after[1:2].isalpha():
        return True
    return "known" in beside.before and _KNOWN_AS.search(beside.before) is not None


def _within_a_name(text: str, words: list[str], beside: Surroundings) -> bool:
    """As in "Marcia 'Cia' Price": a word or two with capitals between two more, and nothing else between them."""
    if len(words) > _NICKNAME or not text[-1].isalnum() or not is_title_case(words):
        return False
    if not (_NAME_BEFORE.search(beside.before) and _NAME_AFTER.match(beside.after)):
        return False
    return not _in_a_headline(beside.before)


def _in_a_headline(before: str) -> bool:
    """Tell whether the sentence itself is in title case, so that capitals say nothing."""
    words = _WORD.findall(before)
    return len(words) > 1 and is_title_case(words[-_LONGEST_TITLE:])


def _beside_a_work(near: list[str], beside: Surroundings, lexicon: Lexicon) -> bool:
    nouns = lexicon.works["nouns"]
    if near and (near[-1] in nouns or (len(near) > 1 and near[-2] in nouns and near[-1] in ("of", "in", "on", "the"))):
        return True
    following = _WORD.match(beside.after.lstrip()) if not beside.after.startswith(",") else None
    if following and (following[0].lower() in nouns or following[0].lower() in lexicon.people["roles"]):
        return True
    return beside.before.rstrip().endswith(_GENITIVE)


def _speaks_directly(source: Source, before: str) -> bool:
    """A title-cased run is speech where a verb of saying, a comma or a colon stands right before it, or nothing."""
    if source.cue is None:
        return False
    return before.rstrip(" ,:").endswith(source.cue) or before.rstrip().endswith((":", ",")) or not before.strip()
