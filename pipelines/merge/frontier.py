"""What is to be asked next: the crawler's tables, where both the shard and the database have them."""

from __future__ import annotations

from sqlite_utils import Database

from pipelines.merge.history import Ask

_HAS = "SELECT 1 FROM sqlite_schema WHERE name = 'frontier_url'"


def fold_frontier(db: Database, ask: Ask, runs: dict[int, int]) -> None:
    """Write the addresses and hosts of a shard's frontier; of one address the row that was asked more often counts.

    Nobody owns a host afterwards; the later of two pauses holds.
    """
    if not ask(_HAS, ()) or not db.conn.execute(_HAS).fetchone():
        return
    theirs = {name for (name,) in ask("SELECT name FROM pragma_table_info('frontier_url')", ())}
    ours = db.conn.execute("SELECT name FROM pragma_table_info('frontier_url')")
    names = [name for (name,) in ours if name in theirs]  # an older shard lacks the newest
    columns, at = ", ".join(names), names.index("crawl_id")
    marks = ",".join("?" * len(names))
    for row in ask(f"SELECT {columns} FROM frontier_url ORDER BY rowid", ()):
        new = (*row[:at], runs.get(row[at]), *row[at + 1 :])
        old = db.conn.execute(f"SELECT {columns} FROM frontier_url WHERE url_key = ?", [row[0]]).fetchone()
        if old is None:
            db.conn.execute(f"INSERT INTO frontier_url ({columns}) VALUES ({marks})", new)
        elif _weight(names, new) > _weight(names, old):
            db.conn.execute(f"UPDATE frontier_url SET ({columns}) = ({marks}) WHERE url_key = ?", [*new, row[0]])
    _fold_hosts(db, ask)


def _fold_hosts(db: Database, ask: Ask) -> None:
    for host, next_at, robots, at in ask("SELECT host, next_request_at, robots, robots_at FROM frontier_host", ()):
        db.conn.execute(
            "INSERT INTO frontier_host (host, next_request_at, robots, robots_at) VALUES (?1, ?2, ?3, ?4) "
            "ON CONFLICT (host) DO UPDATE SET next_request_at = max(next_request_at, ?2), "
            "robots = CASE WHEN (ifnull(?4, -1), ifnull(?3, '')) > (ifnull(robots_at, -1), ifnull(robots, '')) "
            "THEN ?3 ELSE robots END, robots_at = CASE WHEN ifnull(?4, -1) > ifnull(robots_at, -1) THEN ?4 "
            "ELSE robots_at END WHERE next_request_at < ?2 OR (ifnull(?4, -1), ifnull(?3, '')) > "
            "(ifnull(robots_at, -1), ifnull(robots, ''))",
            [host, next_at, robots, at],
        )


def _weight(names: list[str], row: tuple[object, ...]) -> tuple[object, ...]:
    """Order rows of one address: by visits and attempts, then by all else but the run's number."""
    told = dict(zip(names, row, strict=True))
    visits, attempts = told["visits"], told["attempts"]
    return visits, told["state"] != "waiting", attempts, repr([told[name] for name in names if name != "crawl_id"])
