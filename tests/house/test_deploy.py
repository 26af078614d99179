"""The files of deploy/ say nothing that the command does not understand."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from importlib import import_module
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def commands() -> list[list[str]]:
    """Every call of redtop in the files, as words after its name."""
    texts = [path.read_text(encoding="utf-8") for path in (*sorted(DEPLOY.glob("*.service")), DEPLOY / "crontab")]
    called = [shlex.split(line) for text in texts for line in re.findall(r"bin/redtop (.+)", text)]
    container = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    return [*called, *(json.loads(line) for line in re.findall(r"^CMD (.+)", container, re.M))]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_call_is_one_that_the_command_understands(words: list[str]) -> None:
    verb, *arguments = words
    command = import_module(f"crawler.cli.{verb}").command
    assert isinstance(command, click.Command)
    with command.make_context(verb, arguments):
        pass


def test_every_timer_has_a_service_and_every_variable_is_one_that_a_command_knows() -> None:
    assert {path.stem for path in DEPLOY.glob("*.timer")} == {path.stem for path in DEPLOY.glob("*.service")}
    text = "".join(path.read_text(encoding="utf-8") for path in DEPLOY.iterdir())
    options = [option for verb in ("crawl", "backup") for option in import_module(f"crawler.cli.{verb}").command.params]
    known = {option.envvar for option in options if isinstance(option, click.Option)}
    assert set(re.findall(r"\bREDTOP_[A-Z_]+", text)) <= known


def test_the_container_copies_what_there_is() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    sources = [source for line in re.findall(r"^COPY (.+)", text, re.M) for source in line.split()[:-1]]
    assert sources
    assert [source for source in sources if not (ROOT / source).exists()] == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_has_nothing_against_the_units() -> None:
    ran = subprocess.run(
        ["systemd-analyze", "verify", *sorted(DEPLOY.glob("*.service")), *sorted(DEPLOY.glob("*.timer"))],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    complaints = [line for line in ran.stderr.splitlines() if "is not executable" not in line]
    assert complaints == []
