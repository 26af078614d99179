"""What the answers of a host say of it, though pages are read later than they come."""

from __future__ import annotations

from crawler.lane import Lane, Mood

BAD, GOOD, TROUBLE = Mood.REFUSAL, Mood.GOOD, Mood.TROUBLE


def after(*answers: tuple[str, Mood | None]) -> Lane:
    lane = Lane(host="gull.example", sites=[], next_at=0.0)
    for key, mood in answers:
        lane.feel(key, mood)
    return lane


def test_a_good_answer_makes_up_for_those_before_it() -> None:
    assert after(("a", BAD), ("b", TROUBLE), ("c", GOOD), ("d", TROUBLE)).complaints == [TROUBLE]
    assert after(("a", TROUBLE), ("b", TROUBLE)).troubles == 2


def test_a_page_that_is_not_read_yet_leaves_it_open_whether_answers_are_in_a_row() -> None:
    unread = after(("a", BAD), ("b", BAD), ("c", None), ("d", BAD))
    assert unread.complaints == [BAD, BAD]
    unread.feel("c", BAD)
    assert unread.complaints == [BAD] * 4
    good = after(("a", BAD), ("b", BAD), ("c", None), ("d", BAD), ("c", GOOD))
    assert good.complaints == [BAD]


def test_it_is_told_what_a_host_answered() -> None:
    assert after(("a", TROUBLE)).complaint == "gull.example answered 1 times in a row that it is in trouble"
    told = after(("a", BAD), ("b", TROUBLE)).complaint
    assert told == "gull.example answered 2 times in a row with 403 or a challenge page, or that it is in trouble"
