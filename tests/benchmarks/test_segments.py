from benchmarks.segments import ABSENT, FOUND, MARK, SPACE, f1, how, judged

TEXT = "Odalys Brampton’s last  night\n\nDoors open at 7 – not before.\n\nTickets: gone"


def test_a_segment_stands_in_a_text_letter_for_letter_but_for_marks_or_spaces_or_not_at_all() -> None:
    assert how("last night Doors open", TEXT) == FOUND
    assert how("Odalys Brampton's last night", TEXT) == MARK
    assert how("7 - not", TEXT) == MARK
    assert how("- Tickets : gone", TEXT) == SPACE
    assert how("Tickets: left", TEXT) == ABSENT


def test_must_have_segments_are_judged_and_must_not_ones_told_where_they_are_there() -> None:
    page = {"with": ["Doors open", "No way"], "without": ["Tickets: gone", "Share this"]}
    assert list(judged(page, TEXT)) == [(FOUND, "Doors open"), (ABSENT, "No way"), ("present", "Tickets: gone")]
    assert list(judged({}, TEXT)) == []


def test_the_f1_counts_what_is_asked_for_as_found() -> None:
    counts = {FOUND: 6, MARK: 2, SPACE: 1, ABSENT: 1, "present": 2}
    assert f1(counts) == 12 / 18
    assert f1(counts, MARK) == 16 / 20
    assert f1(counts, MARK, SPACE) == 18 / 21
    assert f1({}) == 0.0
