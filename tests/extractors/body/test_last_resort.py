"""What the last resort trips over costs no page."""

from __future__ import annotations

import warnings

import pytest

from extractors.body.last_resort import MOST_ELEMENTS, last_resort
from extractors.body.reading import read
from extractors.document import Document

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its download part misses a library that is never needed here
    import trafilatura  # noqa: F401

PAGE = "<html><body><h1>Gulls steal chips</h1><p>The gulls of the harbour stole another bag of chips.</p></body></html>"


def test_a_fault_of_the_library_leaves_our_own_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object, **__: object) -> str:
        raise RecursionError("a strange tree")

    document = Document(PAGE)
    monkeypatch.setattr("trafilatura.extract", trip)
    assert last_resort(document, read(document, "Gulls steal chips")) == []


def test_a_page_of_very_many_elements_is_not_copied_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("trafilatura.extract", lambda *given, **_: asked.append(given))
    for many in (10, MOST_ELEMENTS):
        document = Document(PAGE.replace("</h1>", "</h1>" + "<i></i>" * many))
        last_resort(document, read(document, "Gulls steal chips"))
    assert len(asked) == 1
