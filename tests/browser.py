"""The machine's own Chromium, driven by playwright: a page that tells what it asked for outside and what went wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route, sync_playwright

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium() -> str | None:
    """Where a Chromium is, if there is one."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


@dataclass
class Visit:
    """A page in the browser, and what it did that it should not do."""

    page: Page
    outside: list[str] = field(default_factory=list)
    """Addresses beyond this machine that it asked for; they are not let through."""
    errors: list[str] = field(default_factory=list)
    """What the console and the page's scripts reported."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser, with a profile of its own."""
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def visit(started: Browser, width: int = 1280, height: int = 800) -> Iterator[Visit]:
    """Open a fresh window."""
    context = started.new_context(viewport={"width": width, "height": height}, device_scale_factor=1)
    context.set_default_timeout(15_000)
    made = Visit(context.new_page())

    def gate(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in ("file", "data", "blob") or address.hostname == "127.0.0.1":
            route.continue_()
        else:
            made.outside.append(route.request.url)
            route.abort()

    context.route("**/*", gate)
    made.page.on("pageerror", lambda problem: made.errors.append(str(problem)))
    made.page.on("console", lambda message: made.errors.append(message.text) if message.type == "error" else None)
    try:
        yield made
    finally:
        context.close()


def picture(page: Page, file: Path, height: int | None = None) -> None:
    """Take a small picture of the page: 256 colours, no more than its top where a height is given."""
    from PIL import Image

    width = (page.viewport_size or {"width": 1280})["width"]
    clip = {"x": 0, "y": 0, "width": width, "height": height} if height else None
    page.screenshot(path=file, clip=clip, full_page=True)  # type: ignore[arg-type]
    with Image.open(file) as taken:
        taken.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(file, optimize=True)
