"""The command `redtop`: one file per verb, imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from crawler.cli.console import close_stdout, fail, open_streams

VERBS = {
    "extract": "Read one article, or many, from addresses, files or standard input.",
    "crawl": "Fetch what is new at the outlets and keep it in the database.",
    "status": "What is due, queued, leased and failing, outlet by outlet.",
    "sites": "List, show and check the outlets that redtop knows.",
    "import": "Read the pages of WARC files into the database.",
    "reextract": "Read the archived pages again with today's extractors.",
    "search": "Search headlines, standfirsts and bodies.",
    "show": "Print one article from the database, whole.",
    "diff": "Show what an outlet changed in an article, word by word.",
    "raw": "Write the page that an article was read from, as it was received.",
    "quotes": "Who said what: list quotations with their speakers.",
    "stories": "Who told what first: list stories, or show how one of them ran.",
    "browse": "Open the database in Datasette, in a browser.",
    "report": "What the database holds: in the terminal, or as one HTML file with charts.",
    "export": "Write articles to JSON lines, CSV, Parquet, JSON-LD, Markdown.",
    "publish": "Write a read-only copy of the database to give away.",
    "archive": "List the raw pages on the disk, and delete the oldest.",
    "merge": "Fold several databases into one, or into Parquet files.",
    "backup": "Copy the database, also while a crawl runs.",
    "demo": "Crawl the bundled sample tabloid into data/demo.db.",
}

MODULES = {"import": "import_warc"}
"""Of verbs that are words of Python's own."""


class LazyGroup(click.Group):
    """A group whose verbs are modules of this package; `--help` lists them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the verbs, in the order in which one meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a verb."""
        if cmd_name not in VERBS:
            return None
        command = import_module(f"crawler.cli.{MODULES.get(cmd_name, cmd_name)}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with their lines."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; suggest the nearest for a misspelt one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS, n=1)
            hint = f" Did you mean {near[0]}?" if near else " `redtop --help` lists the commands."
            raise click.UsageError(f"there is no command {args[0]!r}.{hint}", ctx) from None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="redtop", message="%(prog)s %(version)s")
def redtop() -> None:
    """The celebrity and tabloid press as data.

    \b
    redtop demo                                   crawl the bundled sample tabloid, see what comes out
    redtop extract https://example.com/story      one article as JSON
    redtop extract page.html --format markdown    a saved page, to read
    redtop crawl --contact you@example.org        all outlets into data/redtop.db
    redtop quotes --speaker "Imelda Farrow"       who said what
    redtop browse --open                          the database in a browser
    """


def main() -> None:
    """Run the command; what the world does wrong becomes one line on stderr and an exit status."""
    open_streams()
    try:
        redtop.main(prog_name="redtop", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        close_stdout()
        sys.exit(1)
    except click.UsageError as problem:
        where = problem.ctx.command_path if problem.ctx else "redtop"
        fail(f"{problem.format_message()}", f"Try '{where} --help' for help.")
        sys.exit(2)
    except click.ClickException as problem:
        fail(problem.format_message())
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        fail("stopped")
        sys.exit(130)
    except click.exceptions.Exit as problem:
        sys.exit(problem.exit_code)
    except OSError as problem:
        close_stdout()
        fail(f"{problem.filename or 'standard output'}: {problem.strerror or problem}")
        sys.exit(1)
