"""Options that several verbs share."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)i?B?", re.IGNORECASE)
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_PROXY = ("http_proxy", "https_proxy", "all_proxy")


class Size(click.ParamType[int]):
    """A number of bytes: `500M`, `20G`."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the option's text."""
        if isinstance(value, int):
            return value
        if not (found := _SIZE.fullmatch(str(value).strip())):
            self.fail(f"{value!r} is no size, such as 500M or 20G", param, ctx)
        return int(float(found[1]) * _UNITS[found[2].upper()])


class Moment(click.ParamType[datetime]):
    """An aware time: ISO 8601 with its zone, `2026-11-20T12:00:00Z`."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the option's text."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no ISO 8601 time, such as 2026-11-20T12:00:00Z", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} has no time zone; add Z for UTC", param, ctx)
        return moment.astimezone(UTC)


def database(call: F) -> F:
    """`--db PATH`, else `$REDTOP_DB`, else `data/redtop.db` under the current folder."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="REDTOP_DB",
        default=Path("data/redtop.db"),
        show_default=True,
        show_envvar=True,
        help="The SQLite file.",
    )(call)


def archive(call: F) -> F:
    """`--archive FOLDER`, else the folder beside the database."""
    return click.option(
        "--archive",
        "archive_folder",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of the raw pages (WARC)  [default: archive/ beside the database]",
    )(call)


def list_of(what: str) -> Callable[[F], F]:
    """`-i LIST`: further names of what a command reads, one a line (see `listed`)."""
    return click.option(
        "-i",
        "--input-file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
        metavar="LIST",
        help=f"Read {what} from a list, one a line; # begins a comment.",
    )


def listed(path: Path | None) -> list[str]:
    """Give the names in a list, `-` for standard input; none where there is no list."""
    if path is None:
        return []
    lines = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8", errors="replace")
    return [line.strip() for line in lines.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def archive_upkeep(call: F) -> F:
    """`--archive-max` and `--archive-format`, for what adds to the archive again and again."""
    call = click.option(
        "--archive-format", type=click.Choice(["gzip", "zstd"]), envvar="REDTOP_ARCHIVE_FORMAT", default="gzip",
        show_default=True, show_envvar=True, help="How raw pages are packed: zstd takes an eighth less of the disk.",
    )(call)  # fmt: skip
    return click.option(
        "--archive-max", "archive_most", type=Size(), envvar="REDTOP_ARCHIVE_MAX", show_envvar=True, metavar="SIZE",
        help="Delete the oldest raw pages at the end of the run where they take more, such as 500M or 20G.",
    )(call)  # fmt: skip


def _use_proxy(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Put a proxy where every part of the program looks for it, the environment, until the command is over."""
    if value is None:
        return
    from crawler.proxy import unusable

    named = {} if value == "none" else {"http_proxy": value, "https_proxy": value}
    if named and (problem := unusable(value)):
        raise click.BadParameter(problem, ctx, param)
    before = {name: os.environ.pop(name) for name in list(os.environ) if name.lower() in _PROXY}

    def restore() -> None:
        for name in named:
            os.environ.pop(name, None)
        os.environ.update(before)

    os.environ.update(named)
    ctx.call_on_close(restore)


def _configured_contact() -> str | None:
    from crawler.configuration import ConfigurationError, configured_contact

    try:
        return configured_contact()
    except ConfigurationError as problem:
        raise click.ClickException(str(problem)) from None


def fetching(call: F) -> F:
    """`--contact`, `--proxy` and `--allow-private`, for what goes out to the network."""
    call = click.option(
        "--contact",
        envvar="REDTOP_CONTACT",
        show_envvar=True,
        default=_configured_contact,
        metavar="ADDRESS",
        help="Your e-mail or web address, named in the User-Agent so that an outlet can reach you  [default: `contact` "
        "in $REDTOP_CONFIG, else in ~/.config/redtop/config.toml]",
    )(call)
    call = click.option(
        "--proxy",
        metavar="URL",
        callback=_use_proxy,
        expose_value=False,
        help="Ask by way of this proxy, as $HTTP_PROXY and $HTTPS_PROXY say else; `none`: of no proxy.",
    )(call)
    return click.option(
        "--allow-private", is_flag=True, help="Also fetch from loopback and private addresses (the sample server)."
    )(call)


def needed_contact(contact: str | None, hosts: list[str]) -> str | None:
    """Give the contact address of a crawl, asked for on a terminal; without any it is wrong usage.

    Only outlets on this machine (names below `.localhost`) are asked without.
    """
    if contact and contact.strip():
        return contact
    if all(host.endswith(".localhost") for host in hosts):
        return None
    if sys.stdin.isatty() and sys.stderr.isatty():
        return str(click.prompt("Your e-mail or web address, for the User-Agent that the outlets see", err=True))
    raise click.UsageError(
        "a crawl needs --contact or $REDTOP_CONTACT, or `contact` in the configuration file: the outlets must be able "
        "to reach you"
    )


def verbosity(call: F) -> F:
    """`-q`, `-v` and `--log-file`."""
    call = click.option(
        "--log-file", type=click.Path(path_type=Path, dir_okay=False), help="Write the log to a file instead of stderr."
    )(call)
    call = click.option("-v", "--verbose", count=True, help="Say more on stderr; twice for the debug log.")(call)
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")(call)


def site_files(call: F) -> F:
    """`--sites DIR`, else `$REDTOP_SITES`: a folder of site files beside the shipped ones."""
    return click.option(
        "--sites",
        "sites_folder",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        envvar="REDTOP_SITES",
        show_envvar=True,
        help="A folder with site files of your own, beside the shipped ones; of two for one outlet yours counts.",
    )(call)


def log_level(quiet: bool, verbose: int) -> str:
    """Give the level's name for the standard logging module."""
    return "ERROR" if quiet else ("WARNING", "INFO", "DEBUG")[min(verbose, 2)]
