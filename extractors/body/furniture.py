"""Lines that stand among an article's paragraphs and are none of its text: labels, links, counters, prompts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.body.cues import Shape

_COUNTER = re.compile(
    r"(?:\w{1,9}\s)?\d{1,3}\s?(?:of|/|von|de|di|av|z)\s?\d{1,3}|(?:pages?|seiten?)?:?(?:\s?\d{1,3}\b){2,30}",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?", re.IGNORECASE)
_AGO = re.compile(
    r"\d{1,2} ?(?:s|sec|min|m|h|hr|hour|day|d)[a-z]{0,4} ago(?:\b|\d)"
    r"|(?:vor|il y a|hace|há|for|för) \d{1,2} (?:sek|sec|seg|min|std|stunde|heure|hora|ore|tim|tag|jour|d[ií]a)",
    re.IGNORECASE,
)
"""How long ago an entry of a live blog was written."""
_AGO_WORDS = 8
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}")
_MAIL_WORDS = 40
_RAW = re.compile(
    r"\d{4}-\d\d-\d\dT[\d:.+Z-]{5,24}|https?://\S{1,500}\.(?:jpe?g|png|gif|webp)(?:\?\S{0,500})?"
    r"|\[\w{2,20} \w{1,20}=.{1,300}\].{0,200}\[/\w{2,20}\]|\[[A-Z]{2,20}_[A-Z_]{2,40}\]|\{\{[^{}]{2,100}\}\}",
    re.IGNORECASE,
)
"""What was meant for a machine: a time stamp, a picture's address, a template's mark."""
_RAW_STARTS = frozenset("0123456789hH[{")
_KICKER = re.compile(r"\[[A-Z]{4,12}\]")
_LABEL_WORDS = 40
_BEFORE = 3
"""Marks that may stand before a line's first word."""
_CALL = 160
_ELSEWHERE = re.compile(
    r"(?:follow|more|see) .{1,80}\bhttps?://|the post .{1,120} (?:appeared first on|first appeared on) "
    r"|.{0,40}\b(?:comments|kommentare|comentários|comentarios|commentaires)\b.{1,120}\b(?:moderat|moderad|moderier|modér|freigeschaltet)",
    re.IGNORECASE,
)
_QUOTES = frozenset("\"'“‘«„")
_ENDS = frozenset('.!?…。"”’»')


class _Beginnings:
    """A pattern for the beginning of a line, and the first two letters of all that it may find there.

    The look at two letters spares most lines the comparison with each entry of a long list.
    """

    def __init__(self, entries: Sequence[str], after: str) -> None:
        self._firsts = frozenset(entry[:2] for entry in entries)
        words = "|".join(map(re.escape, sorted(entries, reverse=True)))
        self._pattern = re.compile(rf"[\W_]{{0,{_BEFORE}}}(?:{words}){after}", re.IGNORECASE)

    def match(self, text: str) -> bool:
        """Tell whether a line begins like this, up to three marks aside."""
        start = 0
        while text[start : start + 2].lower() not in self._firsts:
            if start == _BEFORE or text[start : start + 1].isalnum() or start >= len(text):
                return False
            start += 1
        return self._pattern.match(text) is not None


@dataclass(frozen=True)
class _Lists:
    labels: _Beginnings
    starts: _Beginnings
    follows: re.Pattern[str]
    asks: re.Pattern[str]
    letters: tuple[str, ...]
    listens: re.Pattern[str]
    whole: frozenset[str]
    counted: re.Pattern[str]
    most_words: int


@cache
def _lists() -> _Lists:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    names = ("follows", "networks", "asks", "letters", "listens")
    follows, networks, asks, letters, listens = (
        "|".join(map(re.escape, sorted(data[name], reverse=True))) for name in names
    )
    return _Lists(
        labels=_Beginnings(data["labels"], r"\s?(?:[:>|»→–—-]\s?|\W{0,3}$)"),
        starts=_Beginnings(data["starts"], ""),
        follows=re.compile(rf"[\W_]{{0,5}}(?:{follows})\b.{{1,100}}\b(?:{networks})\b", re.IGNORECASE),
        asks=re.compile(
            rf"(?:^|[.!?] )\W{{0,3}}(?:{asks})\b.{{1,100}}\b(?:{letters})\b"
            rf"|\b(?:{letters})\b.{{0,100}}[.!?] (?:{asks})\b",
            re.IGNORECASE,
        ),
        letters=tuple(data["letters"]),
        listens=re.compile(rf"[\W_]{{0,5}}(?:{listens})\b", re.IGNORECASE),
        whole=frozenset(data["whole"]),
        counted=re.compile(rf"\d{{1,3}}(?:[.,]?\d)*\s?[km]?\s(?:{'|'.join(data['counted'])})", re.IGNORECASE),
        most_words=data["most_words"],
    )


def is_furniture(text: str, measured: Shape, tag: str) -> bool:
    """Tell whether a line of the text is a label, a link to another story, a counter, a prompt or an address.

    `tag` is that of the element whose line it is. A heading is never taken for a link to another story.
    """
    lists, words = _lists(), measured.words
    if words <= lists.most_words and (lists.starts.match(text) or text.lower().strip(" .:!*") in lists.whole):
        return True
    if words <= lists.most_words and _is_invitation(text):
        return True
    if (text[0] in _RAW_STARTS and _RAW.fullmatch(text)) or (
        measured.link_share > 0.3 and len(_KICKER.findall(text)) > 1
    ):
        return True
    if measured.capitals > 0.7 and words > 4 and "SCROLL DOWN" in text:
        return True
    if words <= _LABEL_WORDS and lists.labels.match(text) and (measured.link_share > 0.2 or words <= 20):
        return text[-1] == "!" or text[-1] not in _ENDS or measured.link_share > 0.2
    if words <= 6 and (_COUNTER.fullmatch(text) or _CLOCK.fullmatch(text) or lists.counted.fullmatch(text)):
        return True
    if words <= _AGO_WORDS and text[-1] not in _ENDS and _AGO.match(text):
        return True
    if words <= _MAIL_WORDS and "@" in text and _MAIL.search(text):
        return True
    return _is_story_link(text, measured, tag)


def _is_story_link(text: str, measured: Shape, tag: str) -> bool:
    """A paragraph that is one link in capitals, or a link and no sentence."""
    if tag[0] == "h" or measured.link_share < 0.8 or measured.words < 3:
        return False
    return measured.capitals > 0.7 or (tag == "p" and measured.link_share > 0.95 and text[-1] not in _ENDS)


def _is_invitation(text: str) -> bool:
    """An invitation to follow the outlet elsewhere, or to have its letters sent."""
    lists = _lists()
    if text[0] in _QUOTES:
        return False
    if lists.follows.match(text):
        return True
    lower = text.lower()
    return any(word in lower for word in lists.letters) and bool(lists.asks.search(text))


def is_call(text: str) -> bool:
    """Tell whether a line, as the last of a text, sends the reader elsewhere or sets rules for comments."""
    return len(text) < _CALL and bool(_lists().listens.match(text) or _ELSEWHERE.match(text))
