"""Who is meant by the words for a speaker."""

from __future__ import annotations

from extractors.outlets import is_outlet
from extractors.quotes.classes import ROLE
from extractors.quotes.described import described
from extractors.quotes.lexicon import word_set
from extractors.quotes.mention import Mention, read_mention
from extractors.quotes.people import Person, is_body, likeness
from extractors.quotes.plural import neuter, the_pair, they
from extractors.quotes.pronouns import singular
from extractors.quotes.scene import Scene, Speaker

_PLURAL = word_set("plural_pronouns")
_NEUTER = word_set("neuter_pronouns")
_OUR = word_set("our")


def resolve(
    scene: Scene, words: str, block: int, at: int, cue: str | None = None, said: str = ""
) -> tuple[Speaker | None, str]:
    """Give the speaker that these words mean, and the words that the record keeps as mention.

    Args:
        scene: the article.
        words: as they stand beside the quotation.
        block: where they stand.
        at: their offset in the masked block.
        cue: the verb that attributes the quotation to them.
        said: the quotation, where it is known.
    """
    mention = read_mention(words, scene.lexicon)
    speaker = _speaker(scene, mention, block, at, cue, said)
    if speaker is not None:
        scene.hear(speaker, block, at)
    return speaker, mention.shown or words


def _speaker(scene: Scene, mention: Mention, block: int, at: int, cue: str | None, said: str) -> Speaker | None:
    if mention.kind == "pronoun":
        return _pronoun(scene, mention.words.lower(), block, at, cue)
    if mention.kind == "names":
        return _named(scene, mention, block, at, said)
    if mention.kind == "pair":
        return the_pair(scene, block, at) or Speaker((mention.words,), "group")
    alone = mention.words.lower() == mention.head and mention.definite
    if not mention.head or (alone and not scene.lexicon.flags.get(mention.head, 0) & ROLE):
        return None  # an article alone
    return described(scene, mention, block, at)


def _pronoun(scene: Scene, word: str, block: int, at: int, cue: str | None) -> Speaker | None:
    people = scene.lexicon.people
    gender = "f" if word in people["female"] else "m" if word in people["male"] else ""
    if gender:
        return singular(scene, word, gender, block, at, cue)
    if word in _PLURAL:
        return they(scene, block, at)
    return neuter(scene, block, at) if word in _NEUTER else None


def _named(scene: Scene, mention: Mention, block: int, at: int, said: str) -> Speaker:
    found: list[Person] = []
    for tokens in mention.names:
        exact = scene.names.people.get(" ".join(tokens)) if mention.shown.startswith("The ") else None
        person = exact or scene.names.find(tokens, block, at) or Person(" ".join(tokens), tokens)
        if person not in found:
            found.append(person)
    kind = mention.speaker_kind or "person"
    if len(found) == 1 and kind in ("person", "organisation"):
        only = found[0]
        if mention.shown.startswith("The ") and not likeness(only):
            return Speaker(("The " + only.name,), "organisation", None, (only,))
        if _says_we(said) and len(only.tokens) == 1 and not likeness(only) and not scene.gender(only):
            kind = "organisation"
        if kind == "person" and is_body(only) and not only.noble:
            kind = "outlet" if is_outlet(only.name) else "organisation"
    return Speaker(tuple(person.name for person in found), kind, None, tuple(found))


def _says_we(said: str) -> bool:
    """Tell whether a quotation begins as what a firm says of itself does: with "we"."""
    return said.partition(" ")[0].lower().replace("’", "'") in _OUR
