"""What the world does wrong, as a person at the command meets it: one line, the right status, the rest done."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from crawler.cli import options
from crawler.settings import MAX_PAGE
from pipelines.database import close_writer, open_reader, open_writer
from tests.crawler.cli.command import Ran, redtop
from tests.crawler.outlet import HOST, story
from tests.crawler.vices import ViceServer

GOOD = story("Gulls steal chips")
REDTOP = [sys.executable, "-c", "from crawler.cli import main; main()"]


@pytest.fixture(scope="module")
def server() -> Iterator[ViceServer]:
    with ViceServer() as running:
        yield running


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.html"
    path.write_text(GOOD, encoding="utf-8")
    return path


def one_line(ran: Ran) -> str:
    assert ran.out == ""
    assert ran.err.startswith("Error: ")
    assert ran.err.count("\n") == 1
    return ran.err.removeprefix("Error: ").rstrip("\n")


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("/403", "{host} answered 403 Forbidden"),
        ("/404", "{host} answered 404 Not Found"),
        ("/500", "{host} answered 500 Internal Server Error"),
        ("/circle", "{host} redirects in a circle"),
        ("/deeper", "{host} redirects more than 10 times"),
        ("/nowhere", "{host} answered 301 Moved Permanently"),
        ("/pdf", "{origin}/pdf is a PDF, no page"),
        ("/image", "{origin}/image is an image, no page"),
        ("/empty", "{origin}/empty: the page is empty"),
        ("/huge", "{host} sent more than 16 MB"),
        ("/bomb", "{host} sent more than 16 MB"),
        ("/cut", "{host} broke off in the middle of the page"),
        ("/junk", "{origin}/junk: no HTML page: binary data"),
        ("/octets", "{origin}/octets is application/octet-stream, no page"),
    ],
)
def test_an_address_that_gives_no_page(server: ViceServer, path: str, cause: str) -> None:
    origin = server.origin("vice.localhost")
    ran = redtop("extract", "--allow-private", origin + path)
    assert ran.status == 1
    assert one_line(ran) == cause.format(host=origin.removeprefix("http://"), origin=origin)


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("http://nobody.invalid/a", "nobody.invalid: unknown host"),
        ("http://127.0.0.1:1/a", "127.0.0.1:1 refused the connection"),
        ("http://[half/a", "http://[half/a is no address: Invalid IPv6 URL"),
        ("ftp://gull.example/a", "ftp://gull.example/a: only http and https are asked"),
    ],
)
def test_an_address_that_cannot_be_asked(url: str, cause: str) -> None:
    ran = redtop("extract", "--allow-private", url)
    assert (ran.status, one_line(ran)) == (1, cause)


def test_a_file_that_gives_no_page(tmp_path: Path) -> None:
    for name, data, cause in (
        ("a.pdf", b"%PDF-1.7\n1 0 obj", " is a PDF, no page"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(99), " is an image, no page"),
        ("empty", b"", ": the page is empty"),
        ("junk", bytes(range(256)) * 40, ": no HTML page: binary data"),
        ("huge", b"<p>" + b" " * MAX_PAGE, " is larger than 16 MB"),
        ("cut", GOOD[: GOOD.index("<p>")].encode(), " is no article: "),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        ran = redtop("extract", path)
        assert ran.status == 1
        assert one_line(ran).startswith(f"{path}{cause}")


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("missing.html", "missing.html: there is no such file; an address begins with https://"),
        ("missing", "missing: there is no such file"),
        ("nul\0", "nul: there is no such file"),
        ("", "an empty SOURCE names nothing"),
        (".", ". is a folder, no page"),
        ("a/b", "a/b: there is no such file"),
    ],
)
def test_a_name_that_is_no_file(name: str, cause: str) -> None:
    ran = redtop("extract", name)
    assert (ran.status, one_line(ran)) == (1, cause)


def test_a_batch_keeps_its_order_and_names_each_that_failed(server: ViceServer, good: Path) -> None:
    origin = server.origin("vice.localhost")
    ran = redtop("extract", "--allow-private", f"{origin}/news/good", f"{origin}/404", "missing", good, f"{origin}/cut")
    assert ran.status == 1
    assert [json.loads(line)["url"] for line in ran.out.splitlines()] == [f"{origin}/news/good", None]
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == [f"{origin}/404", "missing", f"{origin}/cut"]


def test_what_is_written_to_is_a_file_when_it_is_whole_and_a_device_as_it_stands(good: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert redtop("extract", good, "-o", pipe).status == 0
        said, _ = reader.communicate(timeout=5)
    assert json.loads(said)["headline"] == "Gulls steal chips"
    assert pipe.is_fifo()
    ran = redtop("extract", good, "-o", tmp_path / "good.html" / "below")
    assert (ran.status, one_line(ran)) == (1, f"{good}: File exists")


def test_an_output_that_is_broken_off_leaves_nothing(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(path: Path | None) -> list[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(options, "listed", stopped)
    assert redtop("extract", good, "-o", tmp_path / "out").status == 130
    assert [path.name for path in tmp_path.iterdir()] == ["good.html"]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
def test_a_full_disk_is_named(good: Path) -> None:
    ran = redtop("extract", good, "-o", "/dev/full")
    assert (ran.status, one_line(ran)) == (1, "/dev/full: No space left on device")
    assert Path("/dev/full").is_char_device()


def shell(line: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in which `redtop` is the command; `$1`, `$2`, … are the arguments."""
    script = f'redtop() {{ "{REDTOP[0]}" -c "{REDTOP[2]}" "$@"; }}\n{line}'
    root = Path(__file__).parents[3]
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script, "bash", *map(str, arguments)], capture_output=True, text=True,
        timeout=20, env=os.environ | {"PYTHONPATH": str(root)} | environment, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ('redtop extract "$1" >&-', 1, "Error: standard output: Bad file descriptor\n"),
        ("redtop extract - <&-", 1, "Error: standard input: the page is empty\n"),
        ('redtop extract "$1" missing 2>&-', 1, ""),
        ('redtop extract "$1" "$1" "$1" | true', 1, ""),
        ('redtop extract "$1" > /dev/full', 1, "Error: standard output: No space left on device\n"),
    ],
)
def test_streams_that_are_closed_or_full(good: Path, line: str, status: int, said: str) -> None:
    ran = shell(line, good)
    assert (ran.returncode, ran.stderr) == (status, said)


def test_data_is_utf_8_in_any_locale(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(GOOD.replace("Gulls steal chips", "“Gulls”, she said 😀"), encoding="utf-8")
    plain = shell('redtop extract "$1" --format text', path).stdout
    assert "“Gulls”, she said 😀" in plain
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for environment in (ascii_only, {"PYTHONIOENCODING": "latin-1"}):
        assert shell('redtop extract "$1" --format text', path, **environment).stdout == plain


def test_ctrl_c_ends_a_fetch_at_once(server: ViceServer) -> None:
    command = [*REDTOP, "extract", "--allow-private", server.origin("vice.localhost") + "/drip"]
    heeds = partial(signal.signal, signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heeds) as process:
        deadline = time.monotonic() + 10
        while "/drip" not in server.asked and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=5)
    assert (process.returncode, said.strip()) == (130, "Error: stopped")


READERS = (["search", "gulls"], ["show", "1"], ["quotes"])
WRITER = ["crawl", HOST, "--allow-private"]


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / f"{HOST}.toml").write_text(
        f'name = "The Gull"\nhosts = ["{HOST}"]\nlanguage = "en"\n[[feeds]]\nurl = "http://{HOST}:1/feed"\n'
    )
    return folder


@pytest.mark.parametrize("verb", [*READERS, WRITER])
@pytest.mark.parametrize("kind", ["junk", "other", "newer", "device"])
def test_a_database_that_is_none_of_ours(tmp_path: Path, sites: Path, verb: list[str], kind: str) -> None:
    db, cause = tmp_path / "x.db", "is no SQLite database"
    if kind == "junk":
        db.write_bytes(b"junk" * 1000)
    elif kind == "other":
        with closing(sqlite3.connect(db)) as other:
            other.execute("CREATE TABLE bookmark (id)")
        cause = "is a database of another program"
    elif kind == "newer":
        newer = open_writer(db)
        newer.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('redtop', 'm9', '')")
        close_writer(newer)
        cause = "was written by a newer redtop; update the program"
    else:
        db, cause = Path(os.devnull), "is no regular file"
    before = db.read_bytes()
    ran = redtop(*verb, "--db", db, *(["--sites", sites] if verb is WRITER else []))
    assert (ran.status, one_line(ran)) == (1, f"{db} {cause}")
    assert db.read_bytes() == before


@pytest.mark.parametrize("verb", READERS)
def test_a_database_that_is_not_there(tmp_path: Path, verb: list[str]) -> None:
    db = tmp_path / "folder" / "x.db"
    ran = redtop(*verb, "--db", db)
    assert (ran.status, one_line(ran)) == (1, f"{db}: no such database")
    assert not db.parent.exists()


@pytest.mark.parametrize("verb", [*READERS, WRITER])
def test_a_folder_for_a_database_is_wrong_usage(tmp_path: Path, verb: list[str]) -> None:
    ran = redtop(*verb, "--db", tmp_path)
    assert ran.status == 2
    assert "is a directory" in ran.err


def test_a_locked_database(tmp_path: Path, sites: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for opening in (open_writer, open_reader):
        monkeypatch.setitem(opening.__kwdefaults__, "patience", 0.1)
    db = tmp_path / "x.db"
    close_writer(open_writer(db))
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        for verb in (*READERS, [*WRITER, "--sites", str(sites)]):
            ran = redtop(*verb, "--db", db)
            assert (ran.status, one_line(ran)) == (1, f"{db} is locked by another program")


@pytest.mark.skipif(os.getuid() == 0, reason="to root nothing is read-only")
def test_a_read_only_database_is_read_and_not_written(tmp_path: Path, sites: Path) -> None:
    db = tmp_path / "x.db"
    close_writer(open_writer(db))
    db.chmod(0o444)
    assert redtop("quotes", "--db", db).status == 0
    ran = redtop(*WRITER, "--sites", sites, "--db", db)
    assert (ran.status, one_line(ran)) == (1, f"{db} is read-only")


def test_what_a_crawl_needs_to_be_told(tmp_path: Path, sites: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDTOP_CONTACT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert "--contact or $REDTOP_CONTACT" in redtop("crawl", "her.ie").err
    assert redtop("crawl", "her.ie").status == 2
    unknown = redtop("crawl", "her.iee", "--contact", "desk@gull.example")
    assert unknown.status == 2
    assert "Did you mean her.ie?" in unknown.err
    monkeypatch.setenv("REDTOP_SITES", str(sites))
    (sites / "wrong.example.toml").write_text('name = "x')
    ran = redtop("crawl", HOST)
    assert ran.status == 1
    assert one_line(ran).startswith(f"{sites}/wrong.example.toml: no TOML")
    monkeypatch.setenv("REDTOP_SITES", str(tmp_path / "missing"))
    assert redtop("crawl", HOST).status == 2
    assert not (tmp_path / "data").exists()


def test_the_database_is_under_the_current_folder_unless_the_environment_says_otherwise(
    tmp_path: Path, server: ViceServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REDTOP_DB", raising=False)
    verb = ["crawl", "page.localhost", "--allow-private", "--sites", str(server.sites(Path("sites"), "page.localhost"))]
    assert redtop(*verb, "-q") == Ran(0, "", "")
    assert sorted(str(path) for path in Path("data").iterdir()) == ["data/archive", "data/redtop.db"]
    monkeypatch.setenv("REDTOP_DB", "else/where/x.db")
    assert redtop(*verb).err.endswith(", in else/where/x.db\n")
    assert sorted(path.name for path in Path("else/where").iterdir()) == ["archive", "x.db"]
    assert redtop("quotes").err == "no quotation answers to that\n"


def test_an_archive_that_cannot_be_written(tmp_path: Path, server: ViceServer) -> None:
    sites = server.sites(tmp_path / "sites", "vice.localhost")
    ran = redtop(
        "crawl", "vice.localhost", "--sites", sites, "--allow-private", "-q", "--db", tmp_path / "x.db",
        "--archive", f"{os.devnull}/archive",
    )  # fmt: skip
    assert ran.status == 1
    assert f"Error: {os.devnull}/archive: Not a directory" in ran.err.splitlines()
    with closing(sqlite3.connect(tmp_path / "x.db")) as db:
        assert db.execute("SELECT count(*) FROM article").fetchone() == (0,)
        assert db.execute("SELECT status FROM crawl").fetchall() == [("failed",)]
