"""Two people named together: "Kim Kaye and Lou Lane"."""

from __future__ import annotations

from extractors.quotes.noun_phrase import LINKS
from extractors.quotes.people import Occurrence, likeness
from extractors.quotes.scene import Scene, Speaker

_BACK = 12  # blocks that a pair may lie back


def pair_before(scene: Scene, block: int, at: int, *, back: int = _BACK) -> Speaker | None:
    """Give the last two people that `back` blocks before a place name together; else those of the headline."""
    for where in (*range(block, max(-1, block - back), -1), -1):
        items = scene.names.headline if where < 0 else scene.names_before(where, at if where == block else 1 << 30)
        for first, second in zip(reversed(items[:-1]), reversed(items[1:]), strict=True):
            one, two = first.person, second.person
            if one is None or two is None or one is two or not (likeness(one) and likeness(two)):
                continue
            if _linked(scene, first, second):
                return Speaker((one.name, two.name), "person", None, (one, two))
    return None


def _linked(scene: Scene, first: Occurrence, second: Occurrence) -> bool:
    if first.block >= 0:
        return scene.masked[first.block][first.end : second.start].strip() in LINKS
    above = (scene.context.headline, scene.context.dek)
    return any(text is not None and text[first.end : second.start].strip() in LINKS for text in above)
