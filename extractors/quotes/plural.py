"""Whom "they", "it" and "the pair" mean."""

from __future__ import annotations

from extractors.outlets import is_outlet
from extractors.quotes.described import described, indefinite, organisation
from extractors.quotes.mention import read_mention
from extractors.quotes.pairs import pair_before
from extractors.quotes.people import Person, is_body, likeness
from extractors.quotes.scene import Scene, Speaker

_FAR = 1 << 30
_REACH = 400  # characters of a sentence that are looked through for a source
_SEVERAL = ("group", "organisation", "anonymous", "document", "representative")


def neuter(scene: Scene, block: int, at: int) -> Speaker | None:
    """Resolve "it": the body or document that spoke last, else the nearest body."""
    for low, high in scene.sentences_before(block, at, 1):
        for item in scene.names_before(block, min(at, high)):
            person = item.person
            if item.start >= low and person and likeness(person) < 2 and scene.is_subject(item):
                return Speaker((person.name,), "organisation", None, (person,))
    if scene.last is not None and scene.last.kind in ("organisation", "document", "outlet"):
        return scene.last
    return organisation(scene, block, at) or scene.last


def the_pair(scene: Scene, block: int, at: int) -> Speaker | None:
    """Resolve "the pair": the last ones heard if several, else two people named together before."""
    return _heard_several(scene, block) or pair_before(scene, block, at)


def they(scene: Scene, block: int, at: int) -> Speaker | None:
    """Resolve "they": several who were heard; a body or source brought in since; else a pair."""
    if several := _heard_several(scene, block):
        return several
    if found := _brought_in(scene, block, at):
        return found
    last = scene.last
    if last is not None and block - scene.last_place[0] <= 3 and last.kind in _SEVERAL:
        return last
    return pair_before(scene, block, at) or organisation(scene, block, at)


def _heard_several(scene: Scene, block: int) -> Speaker | None:
    last = scene.last
    return last if last is not None and len(last.names) > 1 and block - scene.last_place[0] <= 3 else None


def _brought_in(scene: Scene, block: int, at: int) -> Speaker | None:
    """A source or body that the sentences just before bring in, later than any pair."""
    for where, limit in ((block, at), (block - 1, _FAR)):
        if where < 0:
            break
        for low, high in reversed(scene.sentences_before(where, limit, 3)):
            if found := _source_in(scene, where, low, min(high, limit)):
                return found
            people = [item for item in scene.names_before(where, min(high, limit)) if item.start >= low]
            for item in people:
                if item.person is not None and _may_be_body(item.person) and scene.is_subject(item):
                    return Speaker((item.person.name,), "organisation", None, (item.person,))
            if len(people) > 1:
                return None
    return None


def _source_in(scene: Scene, block: int, low: int, high: int) -> Speaker | None:
    """A source that a sentence describes ("a friend of the couple")."""
    words = scene.masked[block][max(low, high - _REACH) : high].lower().replace(",", " ").split()
    for head in words:
        if head in scene.lexicon.people["anonymous"] and (phrase := indefinite(scene, block, high, head)):
            return described(scene, read_mention(phrase, scene.lexicon), block, low)
    return None


def _may_be_body(person: Person) -> bool:
    return is_body(person) or (likeness(person) < 2 and len(person.tokens) > 1 and not is_outlet(person.name))
