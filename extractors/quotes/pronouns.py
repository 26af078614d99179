"""Whom "she" and "he" mean, and the person nearest to a description."""

from __future__ import annotations

from extractors.quotes.lexicon import word_set
from extractors.quotes.people import Person, likeness
from extractors.quotes.scene import BACK, Scene, Speaker

_FAR = 1 << 30
_SENTENCES = 12  # of one block that are looked at, backwards; a bound for hostile text


def singular(scene: Scene, word: str, gender: str, block: int, at: int, cue: str | None) -> Speaker | None:
    """Resolve a pronoun of one gender: the last speaker, else the nearest person that fits.

    A verb of going on ("she added") means the last speaker, whoever has been named since.
    """
    goes_on = cue is not None and cue.split(" ", 1)[0].lower() in word_set("continuing")
    if goes_on and scene.last is not None and scene.last.people:
        main = headline_person(scene, gender)
        goes_on = scene.gender(scene.last.people[0]) == gender or main in (None, scene.last.people[0])
    speaker = heard_before(scene, gender, block, at, goes_on=goes_on)
    if speaker is not None:
        return speaker
    person = antecedent(scene, gender, block, at, word)
    if person is None:
        return None
    scene.learn_gender(person, gender)
    return scene.one(person)


def heard_before(scene: Scene, gender: str, block: int, at: int, *, goes_on: bool = False) -> Speaker | None:
    """Give the last speaker, where nobody else who fits has been a subject since (or the verb says who goes on)."""
    speaker = scene.last
    if speaker is None or len(speaker.names) > 1 or speaker.kind not in ("person", "anonymous", "representative"):
        return None
    if speaker.people and gender and scene.gender(speaker.people[0]) not in ("", gender):
        return None
    if block - scene.last_place[0] > 3 or (block, at) < scene.last_place:
        return None
    for item in () if goes_on else scene.between(scene.last_place, (block, at)):
        person = item.person
        if person is None or person in speaker.people or not scene.may_be(person, gender):
            continue
        if scene.is_subject(item) or (not speaker.people and likeness(person) == 2):
            return None
    return speaker


def recent_subject(scene: Scene, gender: str, block: int, at: int) -> Person | None:
    """Give the person who was the subject last, in this block or the one before."""
    for where in range(block, max(-1, block - 2), -1):
        for item in reversed(scene.names_before(where, at if where == block else _FAR)):
            if item.person is not None and scene.may_be(item.person, gender) and scene.is_subject(item):
                return item.person
    return None


def antecedent(scene: Scene, gender: str, block: int, at: int, word: str = "") -> Person | None:
    """Give the nearest person that fits, subjects first, sentence by sentence backwards; then the headline's.

    A sentence that opens with the same pronoun (`word`) is passed over: its names are of others.
    """
    maybe: Person | None = None
    main = headline_person(scene, gender)
    for where in range(block, max(-1, block - BACK), -1):
        limit = at if where == block else _FAR
        found, sure, subject = _in_block(scene, gender, where, limit, word)
        if found is not None and sure:
            in_shadow = not subject and main is not None and main is not found and main.count >= found.count
            return main if in_shadow else found
        maybe = maybe or found
    return main or maybe


def headline_person(scene: Scene, gender: str) -> Person | None:
    """Give the first person of the headline who fits."""
    for item in scene.names.headline:
        if item.person is not None and likeness(item.person) == 2 and scene.may_be(item.person, gender):
            return item.person
    return None


def _in_block(scene: Scene, gender: str, block: int, limit: int, word: str) -> tuple[Person | None, bool, bool]:
    """The best person of the last sentence of a block that has one; whether surely a person; whether its subject."""
    items = [item for item in scene.names_before(block, limit) if item.person and scene.may_be(item.person, gender)]
    maybe: Person | None = None
    if not items:
        return None, False, False
    for low, high in reversed(scene.sentences_before(block, limit, _SENTENCES)):
        opening = f" {scene.masked[block][low : low + 24].lower()} "
        if word and f" {word} " in opening and high < limit:
            continue
        here = [item for item in items if low <= item.start < high]
        best, score = None, (0, 0, False, False)
        for item in here:
            assert item.person is not None
            rank = (
                likeness(item.person),
                scene.subject_rank(item),
                bool(gender) and scene.gender(item.person) == gender,
                not scene.is_possessive(item),
            )
            if best is None or rank > score:
                best, score = item.person, rank
        if best is not None and score[0] == 2:
            return best, True, score[1] > 0
        maybe = maybe or best
    return maybe, False, False
