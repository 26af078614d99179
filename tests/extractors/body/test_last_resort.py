"""What the last resort trips over costs no page."""

from __future__ import annotations

import pytest

from extractors.body.last_resort import last_resort
from extractors.body.reading import read
from extractors.document import Document

PAGE = "<html><body><h1>Gulls steal chips</h1><p>The gulls of the harbour stole another bag of chips.</p></body></html>"


def test_a_fault_of_the_library_leaves_our_own_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object, **__: object) -> str:
        raise RecursionError("a strange tree")

    document = Document(PAGE)
    monkeypatch.setattr("trafilatura.extract", trip)
    assert last_resort(document, read(document, "Gulls steal chips")) == []
