"""Datasette's pages in a real browser: click, search, facet; no error in the console, no request to the outside."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.browse.server import listen, open_datasette
from tests.browser import Visit, browser, chromium, visit

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium here (apt-get install chromium)")


@pytest.fixture(scope="module")
def address(demo_db: Path) -> Iterator[str]:
    """Where the demo's database is served."""
    import uvicorn

    taken = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(open_datasette(demo_db).app(), log_level="error", lifespan="on"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture(scope="module")
def window(address: str) -> Iterator[Visit]:
    with browser() as started, visit(started) as made:
        yield made


@pytest.fixture
def clean(window: Visit) -> Iterator[Visit]:
    """The window; at the end it must have asked for nothing outside and reported no error."""
    window.outside.clear()
    window.errors.clear()
    yield window
    assert window.outside == []
    assert window.errors == []


def test_from_the_first_page_to_an_article_by_search_and_click(clean: Visit, address: str) -> None:
    page = clean.page
    page.goto(address)
    page.get_by_role("link", name="redtop", exact=True).first.click()
    page.get_by_role("link", name="article", exact=True).click()
    page.locator("input[name=_search]").fill("farrow stage")
    page.keyboard.press("Enter")
    page.wait_for_url("**_search=farrow**")
    page.get_by_role("link", name="steps away from the stage").click()
    assert page.url.startswith(f"{address}/-/article/")
    assert page.locator("mark").count() >= 3
    assert "Imelda Farrow" in page.locator(".speaker").first.inner_text()


def test_a_facet_narrows_the_rows(clean: Visit, address: str) -> None:
    page = clean.page
    page.goto(f"{address}/redtop/quote")
    rows = page.locator("h3", has_text="rows").inner_text()
    page.locator("#facet-speaker_kind").get_by_role("link", name="anonymous").first.click()
    page.wait_for_url("**speaker_kind=anonymous**")
    assert page.locator("h3", has_text="rows").inner_text() != rows
    kinds = page.locator("td.col-speaker_kind").all_inner_texts()
    assert set(kinds) == {"anonymous"}


def test_a_question_takes_its_parameter_and_is_drawn(clean: Visit, address: str) -> None:
    page = clean.page
    page.goto(f"{address}/redtop/anonymous_share_by_month")
    page.locator("input[name=site]").fill("dailyglint.localhost")
    page.locator("input[type=submit][value='Run SQL']").click()
    page.wait_for_url("**site=dailyglint.localhost**")
    assert set(page.locator("td.col-site").all_inner_texts()) == {"dailyglint.localhost"}
    page.get_by_role("link", name="As a chart").click()
    page.wait_for_selector("canvas, svg.marks")


def test_every_chart_is_drawn(clean: Visit, address: str) -> None:
    page = clean.page
    page.goto(f"{address}/-/dashboards/charts")
    cards = page.locator(".dashboard-card").count()
    assert cards >= 10
    page.wait_for_function(f"document.querySelectorAll('.vega-embed canvas, .vega-embed svg.marks').length >= {cards}")


def test_a_rewritten_headline_leads_to_its_words(clean: Visit, address: str) -> None:
    page = clean.page
    page.goto(f"{address}/redtop/rewritten_headlines")
    page.locator("td.col-article_id a").first.click()
    page.get_by_role("link", name="what changed").first.click()
    assert page.locator("del").first.inner_text() == "second"
    assert page.locator("ins").first.inner_text() == "third"
