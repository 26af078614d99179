"""The contact address: of the command, of the environment, of the configuration file, in this order."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.configuration import configured_contact
from crawler.sample.server import SampleServer
from tests.crawler.cli.command import redtop


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("REDTOP_CONTACT", "REDTOP_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "redtop").mkdir()
    return tmp_path / "redtop"


def test_the_outlet_sees_the_contact_of_the_file_unless_another_is_given(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config.toml").write_text('contact = "file@gull.example"\n')
    with SampleServer() as server:
        url = f"http://127.0.0.1:{server.port}/robots.txt"

        def seen(*options: str) -> str:
            server.log.clear()
            redtop("extract", url, "--allow-private", *options)
            return server.log[0].user_agent.partition("+")[2]

        assert seen() == "file@gull.example)"
        monkeypatch.setenv("REDTOP_CONTACT", "variable@gull.example")
        assert seen() == "variable@gull.example)"
        assert seen("--contact", "option@gull.example") == "option@gull.example)"


def test_a_file_that_is_named_is_read_in_place_of_the_users(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "config.toml").write_text('contact = "mine@gull.example"\n')
    (tmp_path / "other.toml").write_text('contact = "theirs@gull.example"\n')
    assert configured_contact() == "mine@gull.example"
    monkeypatch.setenv("REDTOP_CONFIG", str(tmp_path / "other.toml"))
    assert configured_contact() == "theirs@gull.example"


def test_without_a_file_there_is_no_contact_and_a_crawl_says_what_it_needs(folder: Path) -> None:
    assert configured_contact() is None
    ran = redtop("crawl", "her.ie")
    assert ran.status == 2
    assert "`contact` in the configuration file" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"contact = 3", "contact: must be a text that is not empty"), (b"contact = ' '", "contact: must be a text"),
        (b"contacts = 'x'", "contacts: unknown key"), (b"contact", "Expected '='"), (b"contact = '\xff'", "utf-8"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named_in_one_line(folder: Path, content: bytes, said: str) -> None:
    (folder / "config.toml").write_bytes(content)
    ran = redtop("crawl", "her.ie")
    assert ran.status == 1
    assert ran.err.startswith(f"Error: {folder / 'config.toml'}: ")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_named_file_that_is_not_there_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDTOP_CONFIG", str(tmp_path / "missing.toml"))
    ran = redtop("crawl", "her.ie")
    assert (ran.status, ran.err) == (1, f"Error: {tmp_path / 'missing.toml'}: No such file or directory\n")
