from __future__ import annotations

import pytest

from tests.extractors.quotes.helpers import only


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("“It bites,” Linda Vorst said.", "Linda Vorst", "person"),
        ("“It bites,” a source said.", "a source", "anonymous"),
        ("“It bites,” one victim said.", "one victim", "anonymous"),
        ("“It bites,” an insider told TMZ.", "an insider", "anonymous"),
        ("“It bites,” fans wrote.", "fans", "group"),
        ("“It bites,” the family said.", "the family", "group"),
        ("“It bites,” the police said.", "the police", "organisation"),
        ("“It bites,” Harbour Records said.", "Harbour Records", "organisation"),
        ("“It bites,” the Northern Goat Agency said.", "Northern Goat Agency", "organisation"),
        ("Linda Vorst has a goat. “It bites,” the Goat Rescue Council said.", "Goat Rescue Council", "organisation"),
        ("“It bites,” TMZ reported.", "TMZ", "outlet"),
        ("“We love goats,” Brightwater said in a statement.", "Brightwater", "organisation"),
        ("“Our goat bites,” Brightwater said in a statement.", "Brightwater", "organisation"),
        ("“We love goats,” Linda said in a statement.", "Linda", "person"),
        ("Zorvane and her goat are back. “We love it,” Zorvane said.", "Zorvane", "person"),
        ("Linda Vorst has a goat. “We love goats,” Vorst said in a statement.", "Linda Vorst", "person"),
        ("“It bites,” the lawsuit said.", "the lawsuit", "document"),
    ],
)
def test_kind_of_the_speaker(text: str, speaker: str, kind: str) -> None:
    quote = only(text)
    assert (quote.speaker, quote.speaker_kind) == (speaker, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Linda Vorst has a goat. “It bites,” a rep for Vorst said.",
        "Linda Vorst has a goat. “It bites,” Vorst’s lawyer said.",
        "Linda Vorst has a goat. “It bites,” a spokesperson for Linda told People.",
        "Linda Vorst has a goat. “It bites,” her publicist said.",
    ],
)
def test_representative_has_a_principal(text: str) -> None:
    quote = only(text)
    assert (quote.speaker_kind, quote.principal) == ("representative", "Linda Vorst")
