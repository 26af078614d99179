"""Requests for real hosts answered on loopback: the crawl's own downloader, but for where it connects to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

from crawler.settings import scrapy_settings

PORT = "DOUBLES_PORT"


class LoopbackHandler(HTTP11DownloadHandler):
    """Asks the server at a port of this machine, under the name of the host that is meant; TLS is left out."""

    lazy = True

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._port = crawler.settings.getint(PORT)

    async def download_request(self, request: Request) -> Response:
        """Ask, and answer as if the host itself had."""
        parts = urlsplit(request.url)
        inner = request.replace(url=urlunsplit(("http", f"127.0.0.1:{self._port}", parts.path, parts.query, "")))
        inner.headers["Host"] = parts.netloc
        response = await super().download_request(inner)
        return response.replace(url=request.url)


def loopback_settings(port: int) -> Any:
    """Give what stands in for `scrapy_settings`."""

    def settings(contact: str | None, **changed: Any) -> dict[str, Any]:
        given = scrapy_settings(contact, **changed)
        handler = f"{LoopbackHandler.__module__}.{LoopbackHandler.__qualname__}"
        return given | {
            "DOWNLOAD_HANDLERS": given["DOWNLOAD_HANDLERS"] | {"http": handler, "https": handler},
            PORT: port,
        }

    return settings
