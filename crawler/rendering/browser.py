"""One browser for a run, started when the first page needs it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import Request

from crawler.proxy import Proxies
from crawler.rendering.gateway import Gateway
from crawler.rendering.machine import launch_options, why_none
from crawler.resolver import GuardedResolver
from crawler.session import Session
from crawler.settings import MAX_PAGE
from pipelines.page import Page

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab

PATIENCE = 60.0
"""Seconds that a page may take to become what it is."""
LOADED = 20.0
"""Seconds that the page and what it names may take to come; what is there then counts."""
QUIET = 10.0
"""Seconds after it is loaded for which its scripts are waited for; half a second without a request ends them sooner."""
RENEWED = 200
"""Pages after which the browser is started anew, so that what leaks stays small."""
_HANDLER = "crawler.rendering.handler.BrowserHandler"


class NotRendered(Exception):  # noqa: N818 (it says what became of the page)
    """A page that no browser could show; the message is one line for a person."""


class Browser:
    """Shows pages that were fetched already, one at a time, and gives what their scripts made of them."""

    def __init__(self, *, contact: str | None, allow_private: bool) -> None:
        self._contact, self._allow_private = contact, allow_private
        self._session: Session | None = None
        self._gateway: Gateway | None = None
        self._shown = 0
        self._turn = asyncio.Lock()

    async def render(self, page: Page) -> Page:
        """Give a page as it stands after its scripts, in UTF-8, at the same address and of the same moment.

        The document itself is not asked for again: the browser is given the bytes that were fetched. What its scripts
        ask for passes the guard. Raises `NotRendered`.
        """
        async with self._turn:
            if self._shown >= RENEWED:
                await self._end()
            try:
                async with asyncio.timeout(PATIENCE):
                    body = await self._show(page)
            except NotRendered:
                raise
            except TimeoutError:
                await self._end()
                raise NotRendered(f"its scripts took longer than {PATIENCE:g} seconds") from None
            except Exception as problem:  # of playwright, Chromium and Scrapy: no type of theirs is common to all
                await self._end()
                raise NotRendered(f"the browser could not show it: {_line(problem)}") from problem
        if len(body) > MAX_PAGE:
            raise NotRendered(f"its scripts made more than {MAX_PAGE // 1024 // 1024} MB of it")
        return replace(page, headers=(*_kept(page), ("Content-Type", "text/html; charset=utf-8")), body=body)

    async def close(self) -> None:
        """End the browser."""
        async with self._turn:
            await self._end()

    async def _show(self, page: Page) -> bytes:
        from crawler.rendering.gate import Gate

        session = await self._opened()
        self._shown += 1
        tabs: list[Tab] = []

        async def prepare(tab: Tab, request: Request) -> None:
            tabs.append(tab)
            await Gate(page).guard(tab)

        meta: dict[str, Any] = {
            "playwright": True,
            "playwright_context": str(self._shown),  # of its own: nothing is remembered from page to page
            "playwright_context_kwargs": {"service_workers": "block", "accept_downloads": False},
            "playwright_page_init_callback": prepare,
            "playwright_page_goto_kwargs": {"wait_until": "commit"},
            "playwright_include_page": True,
            "download_timeout": PATIENCE,
        }
        await session.ask(Request(page.url, meta=meta, dont_filter=True))
        text = await _settled(tabs[-1])
        await tabs[-1].context.close()
        return text.encode("utf-8", "replace")

    async def _opened(self) -> Session:
        if self._session is None:
            if missing := why_none():
                raise NotRendered(missing)
            proxies = Proxies()
            resolver = GuardedResolver(
                asyncio.get_running_loop(), allow_private=self._allow_private, trusted=proxies.hosts
            )
            self._gateway = Gateway(resolver, proxies)
            await self._gateway.open()
            session = Session(
                contact=self._contact, allow_private=self._allow_private, resolver=resolver,
                settings=_settings(self._gateway.port),
            )  # fmt: skip
            await session.__aenter__()
            self._session = session
        return self._session

    async def _end(self) -> None:
        session, self._session, self._shown = self._session, None, 0
        if session is not None:
            with suppress(Exception):  # a browser that is broken already ends with its driver
                async with asyncio.timeout(QUIET):
                    await session.__aexit__()
        if self._gateway is not None:
            await self._gateway.close()
            self._gateway = None


def _settings(gateway_port: int) -> dict[str, Any]:
    return {
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(gateway_port),
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_DOWNLOAD_TIMEOUT": 1000,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": 1000 * PATIENCE,
    }


async def _settled(tab: Tab) -> str:
    """Wait until a page asks for nothing more, or has had time enough; give what it is then."""
    from playwright.async_api import TimeoutError as Late

    with suppress(Late):
        await tab.wait_for_load_state("load", timeout=1000 * LOADED)
        await tab.wait_for_load_state("networkidle", timeout=1000 * QUIET)
    return await tab.content()


def _kept(page: Page) -> list[tuple[str, str]]:
    """Headers that still say something of the page: not those of its bytes, nor by which it would be asked anew.

    What stands in a page made by script may change while its document stays the same.
    """
    gone = ("content-type", "content-length", "content-encoding", "transfer-encoding", "etag", "last-modified")
    return [(name, value) for name, value in page.headers if name.lower() not in gone]


def _line(problem: BaseException) -> str:
    return (str(problem).strip().split("\n") or [""])[0][:160] or type(problem).__name__
