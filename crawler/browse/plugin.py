"""Our pages in Datasette: an article to read, a story from outlet to outlet, and the links that lead to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from datasette import Response, hookimpl
from markupsafe import Markup
from sqlite_utils import Database

from crawler.browse import DATABASE
from crawler.browse.reading import reading
from crawler.browse.telling import tellings
from pipelines.render.parts import facts
from pipelines.research import QueryError, diff, show, story

Found = TypeVar("Found")
_STYLE = Path(__file__).with_name("redtop.css")
_PAGES = {"article_id": "article", "first_article_id": "article", "copy_of": "article", "original_id": "article",
          "story_id": "story"}  # fmt: skip


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Add the pages."""
    return [
        (r"^/-/article/(?P<number>\d{1,18})$", article_page),
        (r"^/-/article/(?P<number>\d{1,18})/changes/(?P<state>\d{1,9})$", changes_page),
        (r"^/-/story/(?P<number>\d{1,18})$", story_page),
        (r"^/-/redtop/redtop\.css$", style),
    ]


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """Lead from every row that names an article or a story to its page."""
    if value is None:
        return None
    if (table, column) in (("article", "headline"), ("story", "headline")) and "id" in row.keys():  # noqa: SIM118
        return _link(str(table), row["id"], str(value))
    if table is None and column == "headline" and "article_id" in row.keys():  # noqa: SIM118
        return _link("article", row["article_id"], str(value))
    if column in _PAGES and isinstance(value, int):
        return _link(_PAGES[column], value, str(value))
    return None


async def article_page(request: Any, datasette: Any) -> Response:
    """Show one article as a reader would have it."""
    number = int(request.url_vars["number"])

    def everything(db: Database) -> dict[str, Any]:
        view = show(db, number)
        told = story(db, view.story_id) if view.story_id else None
        return {
            "view": view,
            "facts": facts(view.article),
            "parts": list(reading(view.article)),
            "story": told,
            "tellings": tellings(told) if told else (),
        }

    return await _page(request, datasette, "article.html", everything)


async def changes_page(request: Any, datasette: Any) -> Response:
    """Show what one state of an article changed of the one before it."""
    number, state = int(request.url_vars["number"]), int(request.url_vars["state"])
    return await _page(request, datasette, "changes.html", lambda db: {"diff": diff(db, number, state - 1, state)})


async def story_page(request: Any, datasette: Any) -> Response:
    """Show a story and who told it when."""
    number = int(request.url_vars["number"])

    def everything(db: Database) -> dict[str, Any]:
        told = story(db, number)
        return {"story": told, "tellings": tellings(told)}

    return await _page(request, datasette, "story.html", everything)


async def style() -> Response:
    """Give the style sheet of our pages."""
    return Response(_STYLE.read_text(encoding="utf-8"), content_type="text/css; charset=utf-8")


async def _page(request: Any, datasette: Any, template: str, gather: Callable[[Database], dict[str, Any]]) -> Response:
    def in_thread(connection: Any) -> dict[str, Any]:
        return gather(Database(connection, execute_plugins=False))

    try:
        context = await datasette.get_database(DATABASE).execute_fn(in_thread)
    except QueryError as problem:
        wrong = {"ok": False, "error": str(problem), "status": 404, "title": None}
        return Response.html(await datasette.render_template("error.html", wrong, request=request), status=404)
    return Response.html(await datasette.render_template(template, context | {"database": DATABASE}, request=request))


def _link(page: str, number: int, text: str) -> Markup:
    return Markup('<a href="/-/{}/{}">{}</a>').format(page, number, text)
