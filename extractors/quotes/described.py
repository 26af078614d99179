"""Whom a description means: "the actress", "the 39-year-old", "the insider", "the band", "a rep for Kim"."""

from __future__ import annotations

import re

from extractors.outlets import is_outlet
from extractors.quotes.frame import Clause
from extractors.quotes.lexicon import word_set
from extractors.quotes.mention import INDEFINITE, Mention, read_mention
from extractors.quotes.noun_phrase import noun_phrase_right
from extractors.quotes.pairs import pair_before
from extractors.quotes.people import Person, is_body, likeness
from extractors.quotes.pronouns import antecedent, headline_person, heard_before, recent_subject
from extractors.quotes.scene import BACK, Scene, Speaker

_OTHER = re.compile(r"\b(?:second|third|other|zweite[rn]?|andere[rn]?|autre|otro|otra)\b", re.I)
_AGE = re.compile(r"(\d{1,3})-")
_BANDS = word_set("bands")
_INTRODUCED = 12  # blocks back in which a role beside a name counts


def described(scene: Scene, mention: Mention, block: int, at: int) -> Speaker:
    """Resolve a description; one that means nobody whom the article names stays as it is."""
    representatives = scene.lexicon.people["representatives"]
    if (
        mention.definite
        and not mention.owner
        and not mention.owned
        and (again := _introduced(scene, mention, block, at))
    ):
        return again
    kind = mention.speaker_kind
    if kind == "representative":
        speaker = Speaker((mention.words,), "representative", _principal(scene, mention, block, at))
    elif mention.definite and kind == "document":
        return _issuer(scene, mention, block, at)
    elif mention.definite and kind == "organisation":
        return organisation(scene, block, at, mention.head) or Speaker((mention.words,), "organisation")
    elif (
        mention.definite
        and kind in ("person", None)
        and mention.head not in representatives
        and (person := _person(scene, mention, block, at))
    ):
        return scene.one(person)
    elif mention.owned and (parent := _one_of_pair(scene, mention, block, at)):
        return scene.one(parent)
    else:
        speaker = Speaker((mention.words,), kind or "anonymous")
    scene.described[mention.head] = speaker
    return speaker


def _one_of_pair(scene: Scene, mention: Mention, block: int, at: int) -> Person | None:
    """As in "Her father": he of the couple whom the block names, where only one of the two can be meant."""
    people = scene.lexicon.people
    gender = "f" if mention.head in people["female"] else "m" if mention.head in people["male"] else ""
    if not gender or mention.head not in word_set("parents"):
        return None
    pair = pair_before(scene, block, at, back=1)
    fitting = [person for person in pair.people if scene.gender(person) == gender] if pair else []
    return fitting[0] if len(fitting) == 1 else None


def _introduced(scene: Scene, mention: Mention, block: int, at: int) -> Speaker | None:
    """As in "The insider": the one whom the article brought in before as "an insider close to …"."""
    representative = mention.head in scene.lexicon.people["representatives"]
    if mention.speaker_kind not in ("anonymous", "group", "representative", None) and not representative:
        return None
    if _OTHER.search(mention.words):
        return None
    if mention.head in scene.described:
        return scene.described[mention.head]
    if mention.speaker_kind is None and not representative:
        return None
    for where in range(block, max(-1, block - BACK), -1):
        limit = at if where == block else len(scene.masked[where])
        if mention.head in scene.masked[where][:limit] and (found := indefinite(scene, where, limit, mention.head)):
            return described(scene, read_mention(found, scene.lexicon), where, limit)
    return None


def indefinite(scene: Scene, block: int, limit: int, head: str) -> str | None:
    """Give the last phrase of a block before an offset that brings in a head noun ("an insider close to Kim")."""
    text = scene.masked[block]
    for low, high in reversed(scene.sentences_before(block, limit, BACK)):
        if head not in text[low:high].lower():
            continue
        clause = Clause(text, low, high, scene.lexicon)
        for index, word in enumerate(clause.words):
            if word.lower() != head or clause.starts[index] >= limit:
                continue
            for first in range(index - 1, max(-1, index - 5), -1):
                if clause.words[first].lower() in INDEFINITE:
                    right = noun_phrase_right(clause, index)
                    return clause.slice(first, right[1] if right and right[1] > index else index)
    return None


def _principal(scene: Scene, mention: Mention, block: int, at: int) -> str | None:
    """For whom a representative speaks."""
    if mention.owner:
        owner = scene.names.find(mention.owner, block, at)
        return owner.name if owner else " ".join(mention.owner)
    if mention.owned:
        person = antecedent(scene, mention.gender, block, at)
        return person.name if person else None
    if not mention.principal:
        return None
    whom = read_mention(mention.principal, scene.lexicon)
    if whom.kind == "pair":
        pair = pair_before(scene, block, at)
        return pair.label if pair else None
    return described(scene, whom, block, at).label if whom.kind == "description" else None


def _issuer(scene: Scene, mention: Mention, block: int, at: int) -> Speaker:
    """Whose statement "the statement" is: the name in the nearest sentence that speaks of one."""
    if mention.owner and (owner := scene.names.find(mention.owner, block, at)):
        return Speaker((owner.name,), "person" if likeness(owner) else "organisation", None, (owner,))
    for where in range(block, max(-1, block - 3), -1):
        limit = at if where == block else len(scene.masked[where])
        text = scene.masked[where]
        for low, high in reversed(scene.sentences_before(where, limit, BACK)):
            if mention.head in text[low:high] and (found := _issuer_in(scene, where, low, min(high, limit))):
                return found
    if scene.last is not None and scene.last.kind in ("organisation", "representative"):
        return scene.last
    return Speaker((mention.words,), "document")


def _issuer_in(scene: Scene, block: int, low: int, high: int) -> Speaker | None:
    people = [item.person for item in scene.names_before(block, high) if item.start >= low and item.person]
    for person in people:
        if is_body(person) and not is_outlet(person.name):
            return Speaker((person.name,), "organisation", None, (person,))
    for person in people:
        if likeness(person) == 2:
            return scene.one(person)
    if not scene.lexicon.people["organisations"].isdisjoint(scene.masked[block][low:high].lower().split()):
        return organisation(scene, block, low)
    return None


def organisation(scene: Scene, block: int, at: int, head: str = "") -> Speaker | None:
    """Give the nearest named body before a place; for a band the name with "The" that comes most."""
    if head in _BANDS:
        bands = [
            item.person
            for item in scene.backwards(block, at)
            if item.person and item.person.articled * 2 > item.person.count
        ]
        if bands:
            band = max(bands, key=lambda person: (person.articled, person.count))
            return Speaker(("The " + band.name,), "organisation", None, (band,))
    bodies = [item for item in scene.backwards(block, at) if item.person and is_body(item.person)]
    bodies = [item for item in bodies if item.person and not is_outlet(item.person.name)]
    recent = (item for item in bodies if item.block >= block - 1 and scene.is_subject(item))
    item = next(recent, None) or next(iter(bodies), None)
    if item is None or item.person is None:
        return None
    return Speaker((item.person.name,), "organisation", None, (item.person,))


def _person(scene: Scene, mention: Mention, block: int, at: int) -> Person | None:
    """Whom "the actress" means: who was introduced by that word, else the nearest that fits."""
    person = _by_age(scene, mention) or _by_role(scene, mention, block, at) or _by_place(scene, mention, block, at)
    if person is not None and mention.gender:
        scene.learn_gender(person, mention.gender)
    return person


def _by_age(scene: Scene, mention: Mention) -> Person | None:
    """As in "The 39-year-old": whose name the number follows."""
    if (age := _AGE.match(mention.head)) is None:
        return None
    number = re.compile(rf"[\s,(]{{1,3}}{age[1]}\b")
    for person in scene.names.people.values():
        if any(number.match(scene.masked[item.block], item.end) for item in person.places[:_INTRODUCED]):
            return person
    return None


def _by_role(scene: Scene, mention: Mention, block: int, at: int) -> Person | None:
    """As in "The director": whom "director Kim Kaye" or "Kim Kaye, a director" brought in."""
    for item in scene.backwards(block, at):
        if item.title == mention.head and item.person is not None:
            return item.person
    head = re.escape(mention.head)
    role = re.compile(rf"\b{head}\s+(?=[A-ZÀ-Þ])|,\s(?:a|the|an|ein|eine)\s[^,.]{{0,30}}?\b{head}\b")
    for where in range(block, max(-1, block - _INTRODUCED), -1):
        limit = at if where == block else len(scene.masked[where])
        match = role.search(scene.masked[where], 0, limit) if mention.head in scene.masked[where] else None
        if match is None:
            continue
        near = [item for item in scene.names_before(where, match.end() + 3) if item.start >= match.start() - 30]
        for item in sorted(near, key=lambda item: abs(item.start - match.end())):
            if item.person is not None and scene.may_be(item.person, mention.gender):
                return item.person
    return None


def _by_place(scene: Scene, mention: Mention, block: int, at: int) -> Person | None:
    """The last speaker or subject that fits; then the headline's first; then anybody near."""
    speaker = heard_before(scene, mention.gender, block, at)
    if speaker is not None and speaker.people:
        return speaker.people[0]
    if (recent := recent_subject(scene, mention.gender, block, at)) is not None:
        return recent
    return headline_person(scene, mention.gender) or antecedent(scene, mention.gender, block, at)
