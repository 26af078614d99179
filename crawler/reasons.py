"""Why a page was not had, in one line for a person."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectError

from crawler.guard import ForbiddenAddress

CONNECTION_TROUBLE = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ConnectError,
)
"""What says something about the host rather than about the page."""


def status_line(url: str, status: int) -> str:
    """`her.ie answered 403 Forbidden`."""
    try:
        phrase = " " + HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    return f"{name_of(url)} answered {status}{phrase}"


def name_of(url: str) -> str:
    """Host name, with the port where the address has one."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2] or url
    except ValueError:
        return url


def explain(problem: BaseException, url: str, refused: Mapping[str, str], max_size: int, timeout: float) -> str:
    """Put what went wrong while `url` was fetched into one line; `refused` is the resolver's."""
    host = name_of(url)
    if isinstance(problem, ForbiddenAddress):
        return str(problem)
    if isinstance(problem, CannotResolveHostError):
        address = refused.get(urlsplit(url).hostname or "")
        if address:
            return f"{host} is the private address {address}, which only --allow-private opens"
        return f"{host}: unknown host"
    if isinstance(problem, DownloadConnectionRefusedError):
        return f"{host} refused the connection"
    if isinstance(problem, (DownloadTimeoutError, TimeoutError)):
        return f"{host} did not answer within {timeout:g} seconds"
    if isinstance(problem, (DownloadCancelledError, IgnoreRequest)):
        return f"{host} sent more than {max_size // 1024 // 1024} MB"
    if isinstance(problem, ResponseDataLossError):
        return f"{host} broke off in the middle of the page"
    detail = _inner(problem)
    return f"{host}: the connection failed{': ' + detail if detail else ''}"


def _inner(problem: BaseException) -> str:
    """Give the innermost cause, shortened to one line."""
    cause: object = problem.__cause__ or problem
    reasons = getattr(cause, "reasons", None)
    if reasons:
        cause = getattr(reasons[0], "value", reasons[0])
    text = " ".join(str(cause).split())
    if "certificate verify failed" in text:
        return "its certificate is not trusted"
    return text[:160]
