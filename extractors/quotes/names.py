"""Finds the names in an article: capitalised words, freed of titles and roles, and joined to people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors.outlets import is_outlet
from extractors.quotes.classes import ADV, AUX, CONJ, DET, PREP, PRON, REL, SAY, SUB, TIME, WEAK
from extractors.quotes.given import given_gender
from extractors.quotes.lexicon import ELIDING, Lexicon
from extractors.quotes.lexicon import lexicon as words_of
from extractors.quotes.people import Names, Occurrence, Person, is_body, likeness, name_words

_PARTICLE = r"(?:de|van|von|der|den|la|del|della|di|da|dos|du|bin|al|ter|zu|af)"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’-]*+"
_STOP = r"(?:(?<=\b[A-Z])|(?<=\b[MDJS][rst])|(?<=\bMrs)|(?<=\b(?:Sen|Rep|Gov|Gen))|(?<=\bProf))\.\s?"
_NAME = re.compile(
    rf"{_WORD}(?:(?:\s|{_STOP})(?:{_PARTICLE}\s){{0,2}}{_WORD})*(?:\s(?:of|von|af|av|van)\s{_WORD}(?!\s[A-Z]))?"
)
_HEADLINE_WORD = re.compile(r"[^\W_][\w'’-]*")
_FUNCTION = DET | PREP | CONJ | SUB | REL | PRON | ADV | AUX | TIME
_Cleaned = tuple[str, tuple[str, ...], int, str]
_OF = ("of", "for", "von", "de")
_HEADING = 160  # characters of a heading
_FEW = 3
_CAPITALS = 0.7  # share of words with a capital that a heading in title case has
_ELIDED = re.compile(r"^(?:l|un|dell|all|d)['’](?=\w{3})")
_ARTICLES = frozenset(("the ", " la ", "der ", "die ", "das "))


def gather(
    blocks: Iterable[tuple[int, str]], headlines: Sequence[str], captions: Sequence[str], lexicon: Lexicon
) -> Names:
    """Collect the names of the masked blocks, of headline and standfirst, and of captions and tags."""
    names = Names()
    found: dict[int, list[Occurrence]] = {}
    headings: dict[int, str] = {}
    for block, text in blocks:
        heading = _is_heading(text)
        found[block] = [] if heading else _read(block, text, lexicon)
        if heading:
            headings[block] = text
    around = [item for caption in captions for item in _read(-2, caption, lexicon)]
    _enter_full_names(names, [*(item for items in found.values() for item in items), *around])
    for block, text in headings.items():
        found[block] = _read_headline(names, text, block)
    for block, items in found.items():
        names.blocks[block] = (len(names.occurrences), len(names.occurrences) + len(items))
        names.occurrences += items
    _join_shortened(names)
    for headline in headlines:
        names.headline += _read_headline(names, headline)
    _place_singles(names, lexicon)
    for item in names.occurrences:
        if item.person is not None:
            item.person.places.append(item)
    return names


def _is_heading(text: str) -> bool:
    """Tell whether a block is written in title case, so that its capitals say nothing of names."""
    if len(text) > _HEADING or text.rstrip()[-1:] in (".", ","):
        return False
    words = text.split()
    return len(words) > _FEW and sum(word[0].isupper() for word in words) > len(words) * _CAPITALS


def _read(block: int, text: str, lexicon: Lexicon) -> list[Occurrence]:
    found = []
    language = lexicon.language
    for match in _NAME.finditer(text):
        if (name := _clean(match[0], language)) is None:
            continue
        title, tokens, offset, spelt = name
        start = match.start() + offset
        if not title and len(tokens) > 1:
            before = text[max(0, start - 22) : start].rstrip(" ,").rsplit(" ", 1)[-1].lower()
            title = before if before in lexicon.people["roles"] else ""
        if len(tokens) > 2 and text[start - 4 : start] in (" of ", " for") and _is_title_before(text, start, lexicon):
            start += len(tokens[0]) + 1  # "Secretary of State Kim Kaye"
            tokens = tokens[1:]
            spelt = spell(tokens)
        articled = text[max(0, start - 4) : start].lower() in _ARTICLES
        found.append(Occurrence(block, start, match.end(), tokens, spelt, title, articled))
    return found


def _is_title_before(text: str, start: int, lexicon: Lexicon) -> bool:
    words = text[max(0, start - 24) : start].split()
    return len(words) > 1 and _is_office_title(words[-2].lower(), lexicon)


def _is_office_title(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is the title of an office, not of nobility."""
    return word in lexicon.people["titles"] and word not in name_words()["noble"]


def clean_name(text: str, lexicon: Lexicon) -> _Cleaned | None:
    """Take titles, roles and function words off a run of capitalised words.

    Returns:
        The title, the words of the name, their offset, and the name as usually written.
    """
    return _clean(text, lexicon.language)


@lru_cache(maxsize=1 << 14)
def _clean(text: str, language: str) -> _Cleaned | None:
    lexicon = words_of(language)
    tokens = text.replace(".", " ").split() if "." in text else text.split()
    size = len(tokens)
    title, tokens = _without_head(tokens, lexicon)
    tokens = _before_verb(tokens, lexicon)
    while tokens and lexicon.flags.get(tokens[-1].lower(), 0) & TIME:
        tokens = tokens[:-1]
    if lexicon.language == "de":
        tokens = _from_given_name(tokens)
    if not tokens:
        return None
    last = _bare(tokens[-1])
    tokens = [*tokens[:-1], last]
    if not last:
        return None
    if len(tokens) > 1 and last.lower() in name_words()["suffixes"]:
        tokens = tokens[:-1]
    offset = text.find(tokens[0]) if len(tokens) < size else 0
    return title, tuple(tokens), max(offset, 0), spell(tokens)


def _without_head(tokens: list[str], lexicon: Lexicon) -> tuple[str, list[str]]:
    """Drop what stands before the name: "But", "Actress", "The Mirror" in "The Mirror Kim", "Kim's" in "Kim's Kay"."""
    title, index = _after_title(tokens, lexicon)
    while index < len(tokens):
        token, more = tokens[index], index + 1 < len(tokens)
        lower = _bare(token.lower())
        lower = _ELIDED.sub("", lower) if lexicon.language in ELIDING else lower
        if more and lower in name_words()["noble"]:
            break
        if _is_function(token, lower, lexicon, more=more):
            index += max(0, _outlet_length(tokens[index : index + 5]) - 1) if lower == "the" else 0
        elif more and len(lower) > 5 and lower.endswith(("ed", "ing")) and given_gender(token) is None:
            pass  # "Devastated Kim Kaye"
        elif index and _office(tokens, index, lexicon):
            pass  # "Secretary of State Kim Kaye"
        elif (
            lower in lexicon.people["titles"]
            or lower in lexicon.people["roles"]
            or (more and token[-2:] in ("'s", "’s"))
        ):
            title = lower
        elif outlet := _outlet_length(tokens[index : index + 5]):
            index += outlet - 1
        else:
            break
        index += 1
    return title, tokens[index:]


def _office(tokens: list[str], index: int, lexicon: Lexicon) -> bool:
    """Tell whether a word belongs to an office ("of State") that a name of two words follows."""
    title = tokens[index - 2].lower() if index > 1 and tokens[index - 1] in _OF else ""
    return len(tokens) > index + 2 and _is_office_title(title, lexicon)


def _after_title(tokens: list[str], lexicon: Lexicon) -> tuple[str, int]:
    """Where the name starts in "French President Kim Kaye": after the last title that another word follows."""
    for index in range(min(len(tokens) - 2, 6), 0, -1):
        lower = tokens[index].lower()
        known = lower in lexicon.people["titles"] or lower in lexicon.people["roles"]
        if known and lower not in name_words()["noble"] and lower not in lexicon.people["organisations"]:
            return lower, index + 1
    return "", 0


def _is_function(token: str, lower: str, lexicon: Lexicon, *, more: bool) -> bool:
    if more and lower in name_words()["given_and_word"] and token.istitle():
        return False
    if lexicon.flags.get(lower, 0) & _FUNCTION:
        return True
    return len(lower) > 5 and lower.endswith("ly") and given_gender(token) is None


def _before_verb(tokens: list[str], lexicon: Lexicon) -> list[str]:
    """Cut a headline's "Kim Kaye Says Lou Lane" before its verb."""
    for index in range(1, len(tokens)):
        lower = tokens[index].lower()
        if lexicon.flags.get(lower, 0) & (SAY | AUX | WEAK) and lower not in name_words()["given_and_word"]:
            return tokens[:index]
    return tokens


def _outlet_length(tokens: list[str]) -> int:
    """How many words at the head name an outlet that another name follows ("The Mirror Kim"); 0 for none."""
    for length in (4, 3, 2):
        if length < len(tokens) and is_outlet(" ".join(tokens[:length])):
            return length
    return 0


def _from_given_name(tokens: list[str]) -> list[str]:
    """In German every noun has a capital: a name starts at its given name where it has a known one."""
    for index, token in enumerate(tokens[:-1]):
        if given_gender(token) is not None:
            return tokens[index:]
    return tokens


def _enter_full_names(names: Names, items: Sequence[Occurrence]) -> None:
    for item in items:
        if len(item.tokens) > 1:
            _count(item, names.people.get(item.name) or names.enter(item.name, item.tokens))


def _count(item: Occurrence, person: Person) -> None:
    person.count += 1
    person.alone += len(item.tokens) < len(person.tokens)
    person.titled = person.titled or bool(item.title)
    person.articled += item.articled
    item.person = person


def _join_shortened(names: Names) -> None:
    """A firm's name without its last word is the firm too: "Blue Door" beside "Blue Door Records"."""
    bodies = {
        person.tokens[:-1]: person for person in names.people.values() if len(person.tokens) > 2 and is_body(person)
    }
    people = names.people.values() if bodies else ()
    shortened = [person for person in people if person.tokens in bodies and given_gender(person.tokens[0]) is None]
    for person in shortened:
        names.remove(person)
    for item in names.occurrences if shortened else ():
        if item.tokens in bodies and given_gender(item.tokens[0]) is None:
            item.person = bodies[item.tokens]


def _place_singles(names: Names, lexicon: Lexicon) -> None:
    """Join the parts of names that stand alone to the people; what is left is a name of one word."""
    for item in names.occurrences:
        if item.person is not None:
            continue
        token = item.tokens[0]
        given = given_gender(token) is not None
        person = names.people.get(item.name)
        if not item.articled or given:
            person = names.find(item.tokens, item.block, item.start)
        if person is None and (given or lexicon.language != "de") and len(token) > 2:
            person = names.enter(item.name, item.tokens)
        if person is not None:
            _count(item, person)


def _read_headline(names: Names, headline: str, block: int = -1) -> list[Occurrence]:
    """Names in a headline, whose other words may have capitals too: known ones, else a given name and its next."""
    found: list[Occurrence] = []
    words = [(match.start(), match.end(), match[0]) for match in _HEADLINE_WORD.finditer(headline)]
    index = 0
    while index < len(words):
        start, _, word = words[index]
        length, person = 1, None
        if word[0].isupper():
            length, person = _longest_known(names, [item[2] for item in words[index : index + 4]])
            if (
                person is None
                and given_gender(word) is not None
                and index + 1 < len(words)
                and words[index + 1][2][0].isupper()
            ):
                tokens = (word, _bare(words[index + 1][2]))
                length, person = 2, names.enter(spell(tokens), tokens)
        if person is not None:
            end = words[index + length - 1][1]
            found.append(Occurrence(block, start, end, person.tokens, person.name, person=person))
            person.count += 1
            person.headlined = person.headlined or block < 0
        index += length
    return found


def _longest_known(names: Names, words: Sequence[str]) -> tuple[int, Person | None]:
    tokens = [_bare(word) for word in words]
    for length in range(len(words), 1, -1):
        if person := names.people.get(spell(tokens[:length])):
            return length, person
    token = tokens[0].lower()
    for person in names.by_token.get(token, ()):
        if likeness(person) > 0 and token in (person.lower[0], person.lower[-1]):
            return 1, person
    return 1, None


def _bare(token: str) -> str:
    """A word without the genitive's ending: "Kaye" of "Kaye's" and of "Kaye'"."""
    if token.endswith(("'", "’")):
        return token[:-1]
    return token[:-2] if token.endswith(("'s", "’s")) else token


def spell(tokens: Sequence[str]) -> str:
    """Write a name as usual: "KIM Kaye" is "Kim Kaye"; initials and short capitals stay."""
    return _spell(tuple(tokens))


@lru_cache(maxsize=1 << 14)
def _spell(tokens: tuple[str, ...]) -> str:
    words = [
        token.capitalize() if len(token) > 3 and token.isupper() and len(tokens) > 1 else token for token in tokens
    ]
    return " ".join(word + "." if len(word) == 1 and word.isupper() else word for word in words)
