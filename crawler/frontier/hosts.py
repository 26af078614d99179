"""Hosts and who may ask them: one process at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from crawler.owner import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is known of a host when a process takes it."""

    next_request_at: float
    robots: str | None
    robots_at: float | None
    is_abandoned: bool
    """Whether the process that had it last ended without giving it back: it may have asked a moment ago."""


def take_host(db: Database, host: str, owner: Owner, now: float, lease: float) -> HostState | None:
    """Lease a host to a process; None while another living one has it.

    A dead owner's host is taken at once, a silent owner's when its lease is over. Inside the caller's transaction.
    """
    db.conn.execute("INSERT INTO frontier_host (host) VALUES (?) ON CONFLICT DO NOTHING", [host])
    holder, until, next_at, robots, robots_at = db.conn.execute(
        "SELECT owner, lease_until, next_request_at, robots, robots_at FROM frontier_host WHERE host = ?", [host]
    ).fetchone()
    if holder not in (None, str(owner)) and (until or 0) > now:
        other = Owner.parse(holder)
        if other is not None and not other.is_dead:
            return None
    db.conn.execute(
        "UPDATE frontier_host SET owner = ?, lease_until = ? WHERE host = ?", [str(owner), now + lease, host]
    )
    abandoned = holder not in (None, str(owner))
    return HostState(next_request_at=next_at, robots=robots, robots_at=robots_at, is_abandoned=abandoned)


def renew_hosts(db: Database, hosts: Iterable[str], owner: Owner, now: float, lease: float) -> set[str]:
    """Prolong the leases of these hosts; give those that another process took meanwhile."""
    lost = set()
    for host in hosts:
        changed = db.conn.execute(
            "UPDATE frontier_host SET lease_until = ? WHERE host = ? AND owner = ?", [now + lease, host, str(owner)]
        ).rowcount
        if not changed:
            lost.add(host)
    return lost


def release_hosts(db: Database, owner: Owner) -> None:
    """Give all hosts of a process back."""
    db.conn.execute("UPDATE frontier_host SET owner = NULL, lease_until = NULL WHERE owner = ?", [str(owner)])


def set_next_request(db: Database, host: str, at: float) -> None:
    """Write down before when a host is not to be asked again; an earlier moment never replaces a later one."""
    db.conn.execute("UPDATE frontier_host SET next_request_at = max(next_request_at, ?) WHERE host = ?", [at, host])


def keep_robots(db: Database, host: str, text: str, now: float) -> None:
    """Remember a robots.txt."""
    db.conn.execute("UPDATE frontier_host SET robots = ?, robots_at = ? WHERE host = ?", [text, now, host])
