"""Which addresses may be asked at all: public ones, over http or https."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

_NAT64 = ip_network("64:ff9b::/96")
"""IPv6 addresses that a translator maps to IPv4 ones (RFC 6052)."""


class ForbiddenAddress(Exception):  # noqa: N818 (it says what the address is)
    """An address that is not asked; the message is one line for a person."""


def check_address(url: str) -> SplitResult:
    """Take an address apart that may be asked, as far as its text tells; raises `ForbiddenAddress`."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as problem:
        raise ForbiddenAddress(f"{url} is no address: {problem}") from problem
    if parts.scheme not in ("http", "https"):
        raise ForbiddenAddress(f"{url}: only http and https are asked")
    if not host:
        raise ForbiddenAddress(f"{url} names no host")
    return parts


def without_credentials(url: str) -> str:
    """Leave user name and password out of an address."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def host_of(url: str) -> str:
    """Give host name and port as they tell servers apart: in lower case, the scheme's own port left out.

    Raises `ForbiddenAddress` where there is no such host.
    """
    parts = check_address(url)
    name = (parts.hostname or "").rstrip(".")
    own = {"http": 80, "https": 443}[parts.scheme]
    return name if parts.port in (None, own) else f"{name}:{parts.port}"


def is_local_name(name: str) -> bool:
    """Whether a host name means this machine by its form alone (RFC 6761, 6.3)."""
    plain = name.rstrip(".").lower()
    return plain == "localhost" or plain.endswith(".localhost")


def is_private(address: str) -> bool:
    """Whether an IP address is loopback, private, link-local, metadata or otherwise not of the public Internet."""
    found = ip_address(address)
    if isinstance(found, IPv6Address):
        inner = _embedded(found)
        if inner is not None:
            return is_private(str(inner))
    return not found.is_global or found.is_multicast or found.is_reserved


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address that an IPv6 address stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
