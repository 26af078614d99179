"""The operator's configuration file: what every run of this machine or user has in common."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

KEYS = frozenset({"contact"})


class ConfigurationError(Exception):
    """The file is wrong; the message is one line that names it."""


def configuration_file() -> tuple[Path, bool]:
    """Give where the file is, and whether the operator named it: `$REDTOP_CONFIG`, else the user's own place.

    That is `redtop/config.toml` below `$XDG_CONFIG_HOME`, else below `~/.config` (XDG Base Directory Specification).
    """
    if named := os.environ.get("REDTOP_CONFIG"):
        return Path(named), True
    folder = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111 - where there is no home
    return Path(folder) / "redtop" / "config.toml", False


def configured_contact() -> str | None:
    """Give the contact address of the configuration file; None where there is no file, or none in it.

    Raises:
        ConfigurationError: the file cannot be read, is no TOML, or says something else than it may.
    """
    path, is_named = configuration_file()
    try:
        values = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as problem:
        if is_named:
            raise ConfigurationError(f"{path}: {problem.strerror or problem}") from problem
        return None
    except ValueError as problem:  # no TOML, or no UTF-8
        raise ConfigurationError(f"{path}: {' '.join(str(problem).split())}") from problem
    for key in values:
        if key not in KEYS:
            raise ConfigurationError(f"{path}: {key}: unknown key")
    contact = values.get("contact")
    if contact is not None and (not isinstance(contact, str) or not contact.strip()):
        raise ConfigurationError(f"{path}: contact: must be a text that is not empty")
    return contact
