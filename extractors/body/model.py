"""What was learned from real pages (`benchmarks/train_body.py`), as plain data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.body.cue_weights import CueWeights
from extractors.body.trees import Forest, as_tree, forest

PATH = Path(__file__).with_name("model.json")


@dataclass(frozen=True)
class Model:
    """Weights of cues and names (`evidence.alone`), and trees over the measures of `surroundings`."""

    cues: CueWeights
    trees: Forest


@cache
def model() -> Model:
    """Load the model, once."""
    data = json.loads(PATH.read_text(encoding="utf-8"))
    return Model(CueWeights(data["cues"]), forest([as_tree(tree) for tree in data["trees"]]))
