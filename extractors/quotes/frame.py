"""A paragraph with its quotations masked, cut into sentences and words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property, lru_cache

from extractors.quotes.classes import ADV, CAPITAL, COMMA, MARK, POSSESSIVE, QUOTE, ROLE
from extractors.quotes.given import given_gender
from extractors.quotes.lexicon import VERB_SECOND, Lexicon, word_set
from extractors.quotes.lexicon import lexicon as words_of
from extractors.quotes.span import Span

Bound = tuple[int, int]
"""Start and end of a sentence."""
_Token = tuple[str, int, int, int]
"""A word, its start and end in its run, and its classes."""
_ReadRun = Callable[[str], tuple[_Token, ...]]

OPEN_END = "\ue000"  # stands for a quotation that ends with no mark
COMMA_END = "\ue003"  # one that ends with a comma: the sentence goes on
FULL_END = "\ue001"  # one that ends with a full stop
LOUD_END = "\ue002"  # one that ends with ? or ! or …, after which a sentence may go on
PLACEHOLDER = re.compile("[\ue000-\ue003]")
PLACEHOLDERS = frozenset((OPEN_END, COMMA_END, FULL_END, LOUD_END))


_TOKEN = re.compile(
    r"[\ue000-\ue003]|\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|I|[Ww]e|[Yy]ou|[Tt]hat|[Tt]here|[Ww]ho)(?=['’](?:s|d|ve|re|ll|m)\b)"
    r"|['’](?:s|d|ve|re|ll|m)\b|[#@]?\w+(?:[-'’.&/]\w+)*|[^\w\s]"
)
_RUN = re.compile(r"\S+")
_SHORT = 40  # characters of a run whose words are kept
_BREAK = re.compile(  # begins with the marks, so that the search passes over all other characters
    r"[.!?…\ue001\ue002](?:(?<=[.!?…])[\"'”’)\]]*\s+(?=[A-ZÀ-ÖØ-Þ\ue000-\ue003\"“(\[¿¡])"
    r"|(?<=[\ue001\ue002])[)\]]*\s*(?=[A-ZÀ-ÖØ-Þ\ue000-\ue003(\[¿¡]))"
)
_CLITIC = re.compile(r"-(?:t-)?(ils?|elles?|on|je|nous|vous)\b")
_NEXT_WORD = re.compile(r"\w+")
_OPENERS = word_set("openers")
_ENDING = word_set("ending")
_WORD_BEFORE = re.compile(r"([\w.]+)$")


class Clause:
    """The words of one sentence with their classes; offsets count in the masked paragraph."""

    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon) -> None:
        self.text = text
        self.verb_second = lexicon.language in VERB_SECOND
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.flags: list[int] = []
        known, fresh = _tokens(lexicon.language)
        for match in _RUN.finditer(text, start, end):
            run, at = match[0], match.start()
            for word, first, last, flags in known(run) if len(run) < _SHORT else fresh(run):
                self.words.append(word)
                self.starts.append(at + first)
                self.ends.append(at + last)
                self.flags.append(flags)
        self.quotes = [index for index, flags in enumerate(self.flags) if flags & QUOTE]

    @cached_property
    def in_title_case(self) -> bool:
        """True of a headline in which most words have a capital."""
        words = sum(not flags & (MARK | QUOTE) for flags in self.flags)
        return words > 3 and sum(bool(flags & CAPITAL) for flags in self.flags) > words * 0.7

    @property
    def only_marks(self) -> bool:
        """True of a sentence that has nothing but quotations and punctuation."""
        return all(flags & (MARK | QUOTE) for flags in self.flags)

    def __len__(self) -> int:
        return len(self.words)

    def slice(self, first: int, last: int) -> str:
        """Give the text from one word to another, both included."""
        return self.text[self.starts[first] : self.ends[last]]


@cache
def _tokens(language: str) -> tuple[_ReadRun, _ReadRun]:
    """Two functions that take a run without white space apart; the first keeps what it has read."""

    def read(run: str) -> tuple[_Token, ...]:
        if run.isalnum():
            return ((run, 0, len(run), _classify(run, language)),)
        word, mark = run[:-1], run[-1]
        if word.isalnum() and mark != "_":  # "said,"
            end = len(word)
            return (word, 0, end, _classify(word, language)), (mark, end, end + 1, _classify(mark, language))
        return tuple((match[0], *match.span(), _classify(match[0], language)) for match in _TOKEN.finditer(run))

    return lru_cache(maxsize=1 << 15)(read), read


def _classify(word: str, language: str) -> int:
    known = words_of(language).flags
    first = word[0]
    if not (first.isalnum() or first in "#@" or len(word) > 1):
        return QUOTE if word in PLACEHOLDERS else MARK | COMMA if word == "," else MARK
    lower = word.lower()
    flags = known.get(lower, 0)
    if first != lower[0]:
        flags |= CAPITAL
        if len(word) > 5 and lower.endswith("ly") and given_gender(word) is None:
            flags |= ADV
    elif not flags and len(word) > 4 and lower.endswith("ly"):
        flags = ADV
    if word.endswith(("'s", "’s", "s'", "s’")):
        flags |= POSSESSIVE | (known.get(lower[:-2], 0) & ROLE)
    return flags


class Frame:
    """One paragraph: its text with a placeholder for each quotation, and its sentences."""

    __slots__ = ("bounds", "text")

    def __init__(self, masked: str, lexicon: Lexicon) -> None:
        self.text = masked
        if lexicon.language == "fr":
            self.text = _CLITIC.sub(lambda match: match[1].rjust(len(match[0])), self.text)  # "dit-elle", "a-t-il"
        self.bounds = sentence_bounds(self.text, lexicon.abbreviations)


def mask(paragraph: str, spans: Sequence[Span]) -> str:
    """Put one placeholder for each quotation, marks included; a placeholder that the text itself has is a space."""
    if not paragraph.isascii() and PLACEHOLDER.search(paragraph):
        paragraph = PLACEHOLDER.sub(" ", paragraph)
    if not spans:
        return paragraph
    parts: list[str] = []
    position = 0
    for span in spans:
        parts.append(paragraph[position : span.outer_start])
        last = paragraph[span.end - 1]
        if last in "'’”)]" and span.end - span.start > 1:
            last = paragraph[span.end - 2]
        parts.append(FULL_END if last == "." else LOUD_END if last in "?!…" else COMMA_END if last == "," else OPEN_END)
        position = span.outer_end
    parts.append(paragraph[position:])
    return "".join(parts)


def _opens_sentence(text: str, start: int, abbreviation: str) -> bool:
    """As in "in the U.S. While Kim …": a word that opens sentences stands after an abbreviation that ends them."""
    if "." not in abbreviation and abbreviation not in _ENDING:
        return False
    word = _NEXT_WORD.match(text, start)
    return word is not None and word[0].lower() in _OPENERS


def sentence_bounds(text: str, abbreviations: frozenset[str]) -> list[Bound]:
    """Cut a masked paragraph into sentences: start and end of each."""
    bounds: list[Bound] = []
    start = 0
    for match in _BREAK.finditer(text):
        if text[match.start()] == ".":
            word = _WORD_BEFORE.search(text, max(start, match.start() - 12), match.start())
            if word is not None:
                last = word[1].lower()
                if (last in abbreviations and not _opens_sentence(text, match.end(), last)) or (
                    len(last) == 1 and word[1].isupper()
                ):
                    continue
        bounds.append((start, match.end()))
        start = match.end()
    if start < len(text):
        bounds.append((start, len(text)))
    return bounds
