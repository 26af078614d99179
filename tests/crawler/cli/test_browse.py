"""`redtop browse` from outside: it serves on loopback, ends when asked, and says in one line what is wrong."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.crawler.cli.command import redtop

ROOT = Path(__file__).parents[3]


def test_it_serves_until_it_is_stopped(demo_db: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-c", "from crawler.cli import main; main()", "browse", "--db", str(demo_db), "--port", "0"],
        stderr=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert started.stderr
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+/", started.stderr.readline())
        assert address
        with urllib.request.urlopen(address[0] + "redtop/most_quoted.json?_shape=array", timeout=20) as answer:
            assert b"Ines Caldera" in answer.read()
    finally:
        started.send_signal(signal.SIGINT)
    assert started.wait(timeout=20) in (0, 130)
    assert "Traceback" not in started.stderr.read()
    started.stderr.close()


def test_a_port_that_is_taken_is_one_line(demo_db: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ran = redtop("browse", "--db", demo_db, "--port", str(other.getsockname()[1]))
    assert ran.status == 1
    assert re.fullmatch(r"Error: cannot listen at 127\.0\.0\.1:\d+: .*; --port 0 takes a free one\n", ran.err)


def test_a_database_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    ran = redtop("browse", "--db", tmp_path / "none.db")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith("none.db: no such database\n")


@pytest.mark.parametrize(
    ("arguments", "missing", "extra"),
    [(["browse"], "datasette", "browse"), (["report", "--html", "report.html"], "matplotlib", "report")],
)
def test_a_missing_extra_is_named(
    demo_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], missing: str, extra: str
) -> None:
    monkeypatch.chdir(tmp_path)
    rooms = (f"{missing}.", "crawler.browse", "pipelines.report")
    for name in [name for name in sys.modules if name.startswith(rooms)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    ran = redtop(*arguments, "--db", demo_db)
    assert ran.status == 1
    assert re.search(rf"needs? {missing};", ran.err)
    assert f"pip install 'redtop[{extra}]'" in ran.err
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
