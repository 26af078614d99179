"""Datasette with everything set, on a port of this machine."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database as DatasetteDatabase
from datasette.plugins import pm

from crawler.browse import DATABASE, plugin
from crawler.browse.metadata import metadata
from crawler.bundled import data_dictionary, data_folder
from pipelines.database import is_fixed, open_reader
from pipelines.research.dictionary import read_dictionary
from pipelines.research.questions import read_questions

SETTINGS: dict[str, Any] = {
    "default_page_size": 50,
    "max_returned_rows": 5000,
    "sql_time_limit_ms": 10_000,
    "facet_time_limit_ms": 2_000,
    "suggest_facets": False,
    "default_cache_ttl": 0,
    "num_sql_threads": 4,
    "truncate_cells_html": 200,
}
"""The time limits are for a laptop with 300,000 articles; suggesting facets would count every column of every page."""


def open_datasette(file: Path) -> Datasette:
    """Give a Datasette on a database; it only reads, also while a crawl writes.

    Raises:
        DatabaseError: the file is no database of this version of redtop.
    """
    db = open_reader(file)
    try:
        tables = [*db.table_names(), *db.view_names()]
    finally:
        db.close()
    told = metadata(tables, read_dictionary(data_dictionary()), read_questions(data_folder("queries")))
    pm.get_plugin("datasette.handle_exception").rich = None  # it prints a traceback for every wrong address
    if not pm.is_registered(plugin):
        pm.register(plugin, "redtop")
    made = Datasette(
        metadata=told, settings=SETTINGS, template_dir=str(Path(__file__).with_name("templates")), cache_headers=False
    )
    made.add_database(DatasetteDatabase(made, path=str(file.absolute()), is_mutable=not is_fixed(file)), name=DATABASE)
    return made


def listen(host: str, port: int) -> socket.socket:
    """Take a port; 0 takes a free one.

    Raises:
        OSError: the port is taken, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
        taken.listen(64)
    except BaseException:
        taken.close()
        raise
    return taken


def serve(made: Datasette, taken: socket.socket) -> None:
    """Serve until somebody stops it."""
    uvicorn.Server(uvicorn.Config(made.app(), log_level="warning", lifespan="on")).run(sockets=[taken])
