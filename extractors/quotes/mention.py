"""The words for a speaker, read: names, a pronoun, a pair, or a description with its head noun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extractors.article import SpeakerKind
from extractors.outlets import is_outlet
from extractors.quotes.classes import DET, NOUN_PREP, PREP, PRON, REL
from extractors.quotes.lexicon import ELIDING, Lexicon, word_set
from extractors.quotes.names import clean_name

MentionKind = Literal["pronoun", "names", "pair", "description"]

_WORD = re.compile(r"[^\W_][\w'’.&-]*|[,()]")
_LINKS = word_set("links")
INDEFINITE = word_set("indefinite")
_ELIDED = re.compile(r"\b([LlDd]|[Uu]n)['’](?=\w{3})")
_PARTICLES = word_set("particles") | {"of"}
_SUFFIXED = ("sv", "da", "no")
_DEFINITE = ("n", "t", "a")  # ends of Scandinavian nouns with their article ("sångerskan")
_OWNED = word_set("owned")
_POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")


@dataclass(frozen=True, slots=True)
class Mention:
    """What the words say of themselves, before the article is asked."""

    words: str
    kind: MentionKind
    names: tuple[tuple[str, ...], ...] = ()
    head: str = ""
    definite: bool = False
    speaker_kind: SpeakerKind | None = None
    owner: tuple[str, ...] = ()
    """Name of the one spoken for, or whose statement it is."""
    owned: bool = False
    """True where a possessive pronoun stands for the owner ("her lawyer")."""
    gender: str = ""
    """As in "f" or "m" where the head noun says so, of an owned one where the possessive does."""
    principal: str = ""
    """The words for the one spoken for, where they are no name ("the queen")."""
    shown: str = ""
    """The words that the record keeps: a name without the role before it."""


def read_mention(words: str, lexicon: Lexicon) -> Mention:
    """Read the words for a speaker."""
    tokens = _WORD.findall(_ELIDED.sub(r"\1' ", words) if lexicon.language in ELIDING else words)
    flags = lexicon.flags
    if not tokens:
        return Mention(words, "description")
    first = tokens[0].lower()
    if len(tokens) == 1 and flags.get(first, 0) & PRON:
        return Mention(words, "pronoun")
    head_part = _head_part(tokens, lexicon)
    head = _POSSESSIVE.sub("", head_part[-1].lower())
    if head in lexicon.people["pairs"] and first not in INDEFINITE:
        return Mention(words, "pair", head=head, definite=True)
    is_name = len(head_part) > 2 and head in lexicon.people["organisations"] and all(map(_is_capital, head_part[1:]))
    described = bool(flags.get(first, 0) & DET) and head in lexicon.speakers and not is_name
    names = () if described else _names(head_part, lexicon)
    if names:
        kind = _kind_of_name(names[-1], lexicon)
        return Mention(words, "names", names=names, head=head, speaker_kind=kind, shown=_shown(words, names, lexicon))
    return _description(words, tokens, len(head_part), lexicon)


def _is_capital(token: str) -> bool:
    return token[0].isupper() or token in ("of", "for", "and", "&")


def _kind_of_name(name: tuple[str, ...], lexicon: Lexicon) -> SpeakerKind:
    joined = " ".join(name)
    if is_outlet(joined) or is_outlet("The " + joined):
        return "outlet"
    body = _POSSESSIVE.sub("", name[-1].lower()) in lexicon.people["organisations"]
    return "organisation" if body or (joined.isupper() and len(joined) < 6) else "person"


def _shown(words: str, names: tuple[tuple[str, ...], ...], lexicon: Lexicon) -> str:
    """The names with their titles ("Mr. Vale"), without roles ("actress") and what follows."""
    start = words.find(names[0][0])
    end = words.rfind(names[-1][-1]) + len(names[-1][-1])
    before = words[:start].rstrip(" .").rsplit(" ", 1)
    if before[-1].lower() in lexicon.people["titles"] and before[-1][:1].isupper():
        start = words.rfind(before[-1], 0, start)
    if names[0][0].lower() != "the" and words[max(0, start - 4) : start] == "The ":
        start -= 4
    return words[start:end] if 0 <= start < end else words


def _head_part(tokens: list[str], lexicon: Lexicon) -> list[str]:
    """The words up to the first preposition, relative pronoun or comma."""
    for index, token in enumerate(tokens):
        if not index:
            continue
        ends = lexicon.flags.get(token.lower(), 0) & (PREP | REL | NOUN_PREP) and not token[0].isupper()
        if token in ",()" or (ends and not _inside_name(tokens, index)):
            return tokens[:index]
    return tokens


def _inside_name(tokens: list[str], index: int) -> bool:
    """As in "One of them", "Princess Kim of Somewhere"."""
    if tokens[index] != "of":
        return False
    if tokens[0].lower() in ("one", "some", "many", "most", "all"):
        return True
    return index + 1 < len(tokens) and tokens[index - 1][0].isupper() and tokens[index + 1][0].isupper()


def _names(tokens: list[str], lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Names at the end of the words: "former Radio 9 star Kim Kaye", "Kim and Lou"."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.lower() in _LINKS:
            parts.append([])
        else:
            parts[-1].append(token)
    names: list[tuple[str, ...]] = []
    for part in parts:
        if not part or not (
            part[-1][0].isupper() or (part[-1][0].isdigit() and len(part) > 1 and part[0][0].isupper())
        ):
            return ()
        index = len(part)
        while index and (part[index - 1][0].isupper() or part[index - 1].isdigit() or part[index - 1] in _PARTICLES):
            index -= 1
        found = clean_name(" ".join(part[index:]), lexicon)
        if found is None:
            return ()
        names.append(found[1])
    return tuple(names)


def _description(words: str, tokens: list[str], head_length: int, lexicon: Lexicon) -> Mention:
    """Read a description: its head noun, whether it is definite, its owner, its kind and gender."""
    head_part, rest = tokens[:head_length], tokens[head_length + 1 :]
    head, first = _POSSESSIVE.sub("", head_part[-1].lower()), tokens[0].lower()
    possessive = any(_POSSESSIVE.search(token) and token[0].isupper() for token in head_part[:-1])
    owner = _owner(head_part, rest, head, lexicon)
    owned = first in _OWNED
    definite = first not in INDEFINITE and (possessive or bool(lexicon.flags.get(first, 0) & DET))
    definite = definite or (lexicon.language in _SUFFIXED and first == head and head.endswith(_DEFINITE))
    kind = _kind_of_description(head, first, lexicon)
    if head in lexicon.people["representatives"]:
        kind = "representative" if owner or owned or rest else "anonymous" if not definite else None
    elif kind is None and (not definite or owned):
        kind = "anonymous"
    return Mention(
        words,
        "description",
        head=head,
        definite=definite,
        speaker_kind=kind,
        owner=owner,
        owned=owned,
        gender=_gender(first if owned else head, lexicon),
        principal=" ".join(rest) if kind == "representative" and not owner else "",
    )


def _owner(head_part: list[str], rest: list[str], head: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The name in "Kim's rep", "a rep for Kim" and "a Kaye spokesperson"."""
    for index, token in enumerate(head_part[:-1]):
        if _POSSESSIVE.search(token) and token[0].isupper():
            return _capitals(head_part[: index + 1], lexicon)
    if rest and (owner := _capitals(rest, lexicon)):
        return owner
    if head in lexicon.people["representatives"] and len(head_part) > 2 and head_part[-2][0].isupper():
        return tuple(token for token in head_part[:-1] if token[0].isupper())
    return ()


def _capitals(tokens: list[str], lexicon: Lexicon) -> tuple[str, ...]:
    found = clean_name(" ".join(token for token in tokens if token[0].isupper()), lexicon)
    return found[1] if found else ()


def _kind_of_description(head: str, first: str, lexicon: Lexicon) -> SpeakerKind | None:
    people = lexicon.people
    if head in people["documents"]:
        return "document"
    if head in people["organisations"]:
        return "organisation"
    if head in people["anonymous"] or head in ("one", "another", "others"):
        return (
            "group"
            if head.endswith("s") and head in people["groups"] and first not in ("one", "another")
            else "anonymous"
        )
    if head in people["groups"]:
        return "group"
    if first in INDEFINITE:
        return "anonymous"
    known = head.endswith(("-year-old", "jährige")) or any(head in people[key] for key in ("roles", "female", "male"))
    return "person" if known and first not in _OWNED else None


def _gender(word: str, lexicon: Lexicon) -> str:
    people = lexicon.people
    return "f" if word in people["female"] or word in ("ihre", "ihr") else "m" if word in people["male"] else ""
