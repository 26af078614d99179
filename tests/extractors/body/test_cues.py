"""The cues of a segment, and the quick way to their weights' sum."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.body.cue_weights import CueWeights
from extractors.body.cues import cues, shape
from extractors.body.segments import Segment
from extractors.body.stretch import cut
from extractors.body.trees import as_tree, forest
from extractors.document import Document


def segment(markup: str) -> Segment:
    (found,) = cut(Document(f"<html><body><div>{markup}</div></body></html>").tree).segments
    return found


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=500)


@given(TEXTS.filter(lambda text: not text.isspace()))
def test_the_sum_is_that_of_the_cues_by_name(text: str) -> None:
    line = " ".join(text.split())
    measured = shape(Segment(0, None, False, line, [], [], len(line) // 3, 0))  # type: ignore[arg-type]
    found = cues(measured)
    weights = {name: 0.001 * (number + 1) for number, name in enumerate(found)} | {"": -0.5}
    assert CueWeights(weights).of(measured) == pytest.approx(sum(weights[name] for name in found) - 0.5)


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("The goat bit the mayor, and nobody laughed.", {"starts upper", "commas 1", "sentences 1", "ends . 7"}),
        ("<a>More goats</a>", {"links 5", "^more", "^more goats", "w:goats", "titled 2"}),
        ("<b>12 goats</b>", {"bold 2", "starts digit"}),
        ("A goat | Photo: Tam Ray", {"marked 1", "has |"}),
        ("A goat without a home…", {"marked 2"}),
        ("<a>Related: goats of the north</a>", {"marked 3"}),
    ],
)
def test_a_segment_has_the_cues_of_its_shape(markup: str, wanted: set[str]) -> None:
    assert wanted <= set(cues(shape(segment(markup))))


def test_trees_are_summed_by_their_comparisons() -> None:
    total = forest([as_tree([1, 0.5, -1, [0, 2, 4, 8]]), as_tree(0.25)])
    assert [total([0.0, 0.5]), total([2.0, 0.6]), total([2.1, 0.6])] == [-0.75, 4.25, 8.25]


def test_the_sum_does_not_depend_on_the_order_in_which_python_hashes_words() -> None:
    code = (
        "from extractors.body.cue_weights import CueWeights; from extractors.body.cues import shape;"
        "from extractors.body.segments import Segment;"
        "words = [f'goat{n}' for n in range(12)];"
        "weights = {'w:' + word: 0.1 * 3 ** n for n, word in enumerate(words)};"
        "print(repr(CueWeights(weights).of(shape(Segment(0, None, False, ' '.join(words), [], [], 0, 0)))))"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(sums) == 1
