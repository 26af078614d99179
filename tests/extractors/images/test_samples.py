"""Every form in which pages show pictures has a sample with the pictures that it must give."""

from typing import Any

import pytest

from tests.extractors.images.sampled import FOLDER, TITLES, expected, given, samples
from tests.extractors.images.table import PAGE, table


@pytest.mark.parametrize(("name", "sample"), [pytest.param(n, s, id=f"{n}: {s['form']}") for n, s in samples()])
def test_a_sample_gives_its_pictures(name: str, sample: dict[str, Any]) -> None:
    assert given(sample) == expected(sample)
    assert bool(sample.get("image")) == (name != "none")


def test_every_file_of_samples_is_read_and_no_form_shown_twice() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(TITLES)
    forms = [(name, sample["form"]) for name, sample in samples()]
    assert len(forms) == len(set(forms))


def test_the_page_of_the_docs_shows_the_samples_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == table(), "run: python -m tests.extractors.images.table"
