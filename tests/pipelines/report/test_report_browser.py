"""The report in a real browser, from the disk: it opens, unfolds, and asks nobody for anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.database import open_reader
from pipelines.report.page import to_page
from pipelines.report.sections import sections
from pipelines.research.questions import read_questions
from tests.browser import browser, chromium, picture, visit

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium here (apt-get install chromium)")
QUESTIONS = read_questions(Path(__file__).parents[3] / "data" / "queries")


def test_the_report_opens_offline_and_shows_its_sql(demo_db: Path, tmp_path: Path) -> None:
    db = open_reader(demo_db)
    file = tmp_path / "report.html"
    file.write_text(to_page(sections(db, QUESTIONS), title="A report", about=""), encoding="utf-8")
    db.close()
    with browser() as started, visit(started) as made:
        page = made.page
        page.goto(file.as_uri())
        page.get_by_role("link", name="Who is quoted most?").click()
        section = page.locator("section", has=page.get_by_role("heading", name="Who is quoted most?"))
        assert section.locator("svg text", has_text="Ines Caldera").is_visible()
        section.get_by_text("The SQL").click()
        assert "FROM person" in section.locator("pre").inner_text()
        section.get_by_text("The numbers").click()
        assert section.locator("td", has_text="Ines Caldera").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        picture(page, tmp_path / "report.png")
        assert (tmp_path / "report.png").stat().st_size > 10_000
        assert (made.outside, made.errors) == ([], [])
