"""`redtop browse`: the database in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.cli import options


@click.command("browse")
@options.database
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes a free one.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen at; anybody who reaches it may read."
)
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
def command(db: Path, port: int, host: str, opens: bool) -> None:
    """Open the database in Datasette: tables, search, the questions of data/queries, charts, articles to read.

    It only reads, also while a crawl writes, and listens on this machine alone. Needs redtop[browse].

    \b
    redtop browse --open
    redtop browse --db data/demo.db --port 0
    """
    from crawler.cli.console import note
    from pipelines.database import DatabaseError

    try:
        from crawler.browse.server import listen, open_datasette, serve
    except ModuleNotFoundError as missing:
        name = str(missing.name).partition(".")[0]
        raise click.ClickException(f"browsing needs {name}; install it with: pip install 'redtop[browse]'") from None
    try:
        made = open_datasette(db)
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None
    try:
        taken = listen(host, port)
    except OSError as problem:
        raise click.ClickException(
            f"cannot listen at {host}:{port}: {problem.strerror or problem}; --port 0 takes a free one"
        ) from None
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{taken.getsockname()[1]}/"
    note(f"{db} at {address} (Ctrl-C ends it)")
    if opens:
        import webbrowser

        webbrowser.open(address)
    serve(made, taken)
