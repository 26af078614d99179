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
    sentences = scene.sentences_before(block, at, 3)
    if (not sentences or sentences[-1][0] == 0) and block:
        current = sentences
        block, at = block - 1, _FAR
        sentences = scene.sentences(block)[-3:] if not _names_anybody(scene, block + 1, current) else []
    text = scene.masked[block]
    for low, high in reversed(sentences):
        limit = min(high, at)
        words = text[max(low, limit - _REACH) : limit].lower().replace(",", " ").split()
        for head in words:
            if head in scene.lexicon.people["anonymous"] and (phrase := indefinite(scene, block, limit, head)):
                return described(scene, read_mention(phrase, scene.lexicon), block, low)
        items = [item for item in scene.names_before(block, limit) if item.start >= low]
        if items and items[0].person is not None and scene.is_subject(items[0]) and _may_be_body(items[0].person):
            return Speaker((items[0].person.name,), "organisation", None, (items[0].person,))
        if len(items) > 1:
            return None
    return None


def _names_anybody(scene: Scene, block: int, sentences: list[tuple[int, int]]) -> bool:
    return bool(sentences) and bool(scene.names_before(block, sentences[-1][1]))


def _may_be_body(person: Person) -> bool:
    return is_body(person) or (likeness(person) < 2 and len(person.tokens) > 1 and not is_outlet(person.name))
