from __future__ import annotations

import pytest

from pipelines.agency import agencies, credited_agency

PLAIN = "The singer has left the band, her manager said on Monday."


@pytest.mark.parametrize(
    ("authors", "paragraphs", "agency"),
    [
        (["PA Media"], [PLAIN], "PA"),
        (["Ines Okafor", "Press Association"], [PLAIN], "PA"),
        (["Ines Okafor/PA"], [PLAIN], "PA"),
        (["BANG Showbiz"], [PLAIN], "Bang Showbiz"),
        ([], ["LONDON (AP) — The singer has left the band.", PLAIN], "AP"),
        ([], ["Paris (AFP) - The singer has left the band.", PLAIN], "AFP"),
        ([], [PLAIN, "Reporting by Reuters"], "Reuters"),
        ([], [PLAIN, "© 2026 Cover Media. All rights reserved."], "Cover Media"),
        ([], [PLAIN, "Die Sängerin hat die Band verlassen, sagte ihr Manager am Montag. (dpa)"], "dpa"),
        ([], [PLAIN, "Quelle: dpa"], "dpa"),
        ([], [PLAIN, "— PA"], "PA"),
        (["Ines Okafor"], [PLAIN], None),
        ([], [PLAIN, "The band told the Associated Press that it will go on."], None),
        ([], [PLAIN, "“Ask my PA,” she said."], None),
        (["Pat Reuter"], [PLAIN], None),
        ([], [], None),
    ],
)
def test_an_agency_is_named_by_byline_dateline_or_last_line(
    authors: list[str], paragraphs: list[str], agency: str | None
) -> None:
    assert credited_agency(authors, paragraphs) == agency


def test_no_form_is_two_agencies_and_every_usual_name_is_a_form() -> None:
    assert set(agencies().values()) <= set(agencies())
