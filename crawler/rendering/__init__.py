"""Pages made by script: what they become in a browser (the extra `redtop[browser]` and the machine's own Chromium)."""

from crawler.rendering.browser import Browser, NotRendered
from crawler.rendering.machine import why_none

__all__ = ["Browser", "NotRendered", "why_none"]
