"""Proxies, as the environment names them for every program: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, but NO_PROXY.

What goes through a proxy is resolved by the proxy, so the guard cannot connect to what it has checked. It looks the
name up all the same and refuses what stands for a private address here; a name that this machine cannot look up is left
to the proxy.
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError

from crawler.guard import is_local_name


class Proxies:
    """Which proxy an address is asked by way of."""

    def __init__(self) -> None:
        """Read the environment; a proxy that is none over http is left out, see `unusable`."""
        self._named = getproxies_environment()
        self._by_scheme = {
            scheme: proxy
            for scheme in ("http", "https")
            if (proxy := _whole(self._named.get(scheme) or self._named.get("all"))) and unusable(proxy) is None
        }

    @property
    def hosts(self) -> frozenset[str]:
        """Host names of the proxies, which may be private ones: the operator named them."""
        return frozenset(urlsplit(proxy).hostname or "" for proxy in self._by_scheme.values())

    def of(self, url: str) -> str | None:
        """Give the proxy for an address; None: it is asked directly, as this machine's own names always are."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if is_local_name(host) or _is_loopback(host) or proxy_bypass(host, self._named):
            return None
        return self._by_scheme.get(parts.scheme)


def unusable(proxy: str) -> str | None:
    """Say why a proxy cannot be used; None where it can."""
    try:
        parts = urlsplit(_whole(proxy))
        _ = parts.port
    except ValueError as problem:
        return f"{proxy} is no address of a proxy: {problem}"
    if parts.scheme != "http" or not parts.hostname:
        return f"{proxy}: only proxies that are asked over http are known, such as http://proxy.example:3128"
    return None


class ProxyMiddleware:
    """Sends each request its way; Scrapy's own middleware, after this one, takes the password out of the address."""

    def __init__(self, proxies: Proxies) -> None:
        self._proxies = proxies

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one for the environment as it stands."""
        return cls(Proxies())

    async def process_request(self, request: Request) -> None:
        """Choose the way. Raises `CannotResolveHostError` where the address is one that the guard refuses."""
        from twisted.internet import reactor

        host = urlsplit(request.url).hostname or ""
        proxy = self._proxies.of(request.url)
        if (proxy or host in self._proxies.hosts) and await reactor.nameResolver.refuses(host):
            raise CannotResolveHostError(f"{host} stands for a private address")
        request.meta["proxy"] = proxy


def _whole(proxy: str | None) -> str:
    """Give the address of a proxy that may be named without its scheme."""
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy or ""


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
