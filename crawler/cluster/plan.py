"""WARC files as units: a file, or stretches of one that is large."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from crawler.cluster.unit import Unit, unit_name
from crawler.remote import Found, RemoteError, look, read_head
from crawler.site import Site
from crawler.warc_part import MAGIC, Part, is_remote
from pipelines.version import program_version

SIZE = 32 * 1024 * 1024
"""Bytes of a unit: about a thousand pages, some ten seconds' work. A fixed number, so that the units of a file are the
same ones in every run."""
_HEAD = 64 * 1024
_AT_ONCE = 16
"""Files elsewhere that are looked at together."""


@dataclass(slots=True)
class Plan:
    """What there is to do."""

    units: list[Unit] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    """Files that are not there or cannot be opened, with the reason."""


def warc_units(addresses: Iterable[str], identity: object, *, allow_private: bool = False, size: int = SIZE) -> Plan:
    """Give the units of WARC files.

    Args:
        addresses: paths, or addresses of fsspec's; a file that is named twice counts once.
        identity: what else makes a unit's work another one.
        allow_private: whether addresses on the web may lead to private networks.
        size: bytes of a unit, for packed files of which every record is a gzip member of its own.
    """
    plan, seen = Plan(), set[str]()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for address, found in threads.map(lambda one: _seen(one, allow_private, size), addresses):
            if isinstance(found, str):
                plan.missing[address] = found
                continue
            file, is_split = found
            if (same := _same(file.address)) in seen:
                continue
            seen.add(same)
            for part in _parts(file, size if is_split else None, allow_private):
                title = Path(address.partition("://")[2] or address).name
                name = unit_name(title, "warc", address, file.stamp, part.start, part.end, identity)
                weight = (part.end or file.size or part.start + size) - part.start
                plan.units.append(Unit(name, str(part), weight, part))
    return plan


def _seen(address: str, allow_private: bool, size: int) -> tuple[str, tuple[Found, bool] | str]:
    """Look at a file; give it with whether it can be read from several places, or what is wrong with it."""
    try:
        found = look(address, allow_private=allow_private) if is_remote(address) else _on_disk(address)
        is_split = found.size is not None and found.size > size and _is_of_members(address, allow_private)
        return found.address, (found, is_split)
    except RemoteError as problem:
        return address, str(problem)
    except OSError as problem:
        return address, f"{address}: {problem.strerror or problem}"


def _on_disk(address: str) -> Found:
    path = Path(address).absolute()
    stat = path.stat()
    with path.open("rb"):
        return Found(str(path), stat.st_size, f"{stat.st_size}|{stat.st_mtime_ns}")


def _same(address: str) -> str:
    """Give what is the same of all names of a file."""
    return address if is_remote(address) else str(Path(address).resolve())


def _is_of_members(address: str, allow_private: bool) -> bool:
    """Whether the first record of a file is a gzip member of its own."""
    if is_remote(address):
        head = read_head(address, _HEAD, allow_private=allow_private)
    else:
        with Path(address).open("rb") as file:
            head = file.read(_HEAD)
    if not head.startswith(MAGIC):
        return False
    member = zlib.decompressobj(wbits=31)
    try:
        member.decompress(head)
    except zlib.error:
        return False
    return member.eof


def _parts(file: Found, size: int | None, allow_private: bool) -> Iterator[Part]:
    if size is None or file.size is None:
        yield Part(file.address, allow_private=allow_private)
        return
    count = max(1, round(file.size / size))
    places = [index * file.size // count for index in range(count)]
    for start, end in zip(places, [*places[1:], None], strict=True):
        yield Part(file.address, start, end, allow_private)


def reading_identity(sites: Mapping[str, Site]) -> tuple[str, str]:
    """Give what makes the same pages another work: the program that reads them, and what it knows of the outlets."""
    known = repr([(domain, site.hosts, repr(site.rules)) for domain, site in sorted(sites.items())])
    return program_version(), blake2b(known.encode(), digest_size=8).hexdigest()
