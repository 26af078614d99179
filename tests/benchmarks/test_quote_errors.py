from benchmarks.quote_errors import drawn, line


def test_a_sample_is_the_same_for_a_seed_and_in_order() -> None:
    errors = [{"doc": str(number)} for number in range(100)]
    sample = drawn(errors, 10, seed=4)
    assert sample == drawn(errors, 10, seed=4) != drawn(errors, 10, seed=5)
    assert [int(error["doc"]) for error in sample] == sorted({int(error["doc"]) for error in sample})
    assert len(sample) == 10
    assert drawn(errors[:3], 10, seed=4) == errors[:3]


def test_an_error_is_told_with_what_was_given_and_what_was_meant() -> None:
    error = {
        "type": "speaker", "text": "No buses", "pred": "Ferris", "mention": None, "sources": ["Odalys Brampton"],
        "around": "“No buses,” she said.",
    }  # fmt: skip
    assert line(error).startswith("speaker  Ferris (–) for Odalys Brampton\n")
    assert "– (–) for –" in line({"type": "missed", "text": "x", "around": "x", "sources": []})
