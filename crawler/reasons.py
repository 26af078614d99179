"""Why a page was not had, in one line for a person."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
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


class Trouble(Enum):
    """What a request that got no answer says, and so when to ask again."""

    PAGE = "page"
    """This page, this time: asked again soon."""
    HOST = "host"
    """Its host cannot be reached; after some in a row it is left alone for the run."""
    FORBIDDEN = "forbidden"
    """Its host may not be asked: left alone for the run at once."""
    LASTING = "lasting"
    """The page will be as it is: given up."""


def trouble_of(problem: BaseException, url: str, refused: Mapping[str, str]) -> Trouble:
    """Tell what an exception of Scrapy's means for what is asked next; `refused` is the resolver's."""
    if isinstance(problem, (DownloadCancelledError, IgnoreRequest, ForbiddenAddress)):
        return Trouble.LASTING
    if isinstance(problem, CannotResolveHostError) and urlsplit(url).hostname in refused:
        return Trouble.FORBIDDEN
    hosts = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError, DownloadTimeoutError)
    return Trouble.HOST if isinstance(problem, (*hosts, ConnectError)) else Trouble.PAGE


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


def explain(
    problem: BaseException,
    url: str,
    refused: Mapping[str, str],
    max_size: int,
    timeout: float,
    *,
    proxy: str | None = None,
) -> str:
    """Put what went wrong while `url` was fetched, by way of `proxy` or not, in a line; `refused` is the resolver's."""
    host = f"{name_of(url)}, by way of the proxy {name_of(proxy)}," if proxy else name_of(url)
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
