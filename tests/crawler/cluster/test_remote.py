"""Files at s3:// and https://, in and out, against servers on loopback."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.cluster import by_address
from tests.crawler.cluster.running import ROOT, environment, free_port, ran, wait_for

MONTH = "crawl-data/CC-NEWS/2026/09"


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    """The environment of a command that has an S3 server (moto's) with an empty bucket `press`."""
    port = free_port()
    env = environment(
        AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}", AWS_ACCESS_KEY_ID="nobody", AWS_SECRET_ACCESS_KEY="nothing",
        AWS_DEFAULT_REGION="us-east-1",
    )  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-c", "from moto.server import main; main()", "-H", "127.0.0.1", "-p", str(port)], env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(lambda: python(env, "import fsspec; fsspec.filesystem('s3').mkdir('press')")[0] == 0)
        yield env
    finally:
        server.kill()
        server.wait()


def python(env: dict[str, str], code: str) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True)
    return done.returncode, done.stdout


def put(env: dict[str, str], files: list[Path]) -> None:
    pairs = [(str(file), f"press/in/{file.name}") for file in files]
    assert python(env, f"import fsspec\nfor pair in {pairs}: fsspec.filesystem('s3').put_file(*pair)")[0] == 0


def test_s3_in_and_out(files: list[Path], plain: Path, s3: dict[str, str], tmp_path: Path) -> None:
    put(s3, files)
    db, shards = tmp_path / "x.db", "s3://press/shards"
    command = ("import", "s3://press/in/*.warc.gz", "--cluster", "local:1", "--shards", shards)
    status, said = ran(*command, "--db", db, env=s3)
    assert status == 0, said
    assert by_address(db) == by_address(plain)
    code = "import fsspec, json; print(json.dumps(sorted(fsspec.filesystem('s3').ls('press/shards', detail=False))))"
    names = [name.rpartition("/")[2] for name in json.loads(python(s3, code)[1])]
    assert [name.partition(".")[0] for name in names] == ["first", "first", "second", "second", "third", "third"]
    status, said = ran(*command, "--db", tmp_path / "y.db", env=s3)
    assert status == 0, said
    assert "0 units done, 3 before; 3 shards merged" in said
    assert by_address(tmp_path / "y.db") == by_address(plain)
    status, said = ran("merge", shards, "s3://press/shards/none.db", "--db", tmp_path / "z.db", env=s3)
    assert status == 1
    assert "Error: s3://press/shards/none.db: no such file" in said
    assert by_address(tmp_path / "z.db") == by_address(plain)


def test_s3_without_a_cluster_and_what_is_not_there(files: list[Path], s3: dict[str, str], tmp_path: Path) -> None:
    put(s3, files)
    status, said = ran(
        "import", "s3://press/in/third.warc.gz", "s3://press/none.warc.gz", "s3://nowhere/*.gz", "--workers", "1",
        "--db", tmp_path / "x.db", env=s3,
    )  # fmt: skip
    assert status == 1
    assert "Error: s3://press/none.warc.gz: no such file\n" in said
    assert "Error: s3://nowhere/*.gz: no such file\n" in said
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (40,)


class Web(BaseHTTPRequestHandler):
    """Files below a folder, with ranges as servers of large files have them; below /plain/ without."""

    folder: Path

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(has_body=False)

    def do_GET(self) -> None:
        self._answer(has_body=True)

    def _answer(self, *, has_body: bool) -> None:
        is_plain = self.path.startswith("/plain/")
        file = self.folder / self.path.removeprefix("/plain").lstrip("/")
        if not file.is_file():
            self.send_error(404)
            return
        data, status = file.read_bytes(), 200
        size, asked = len(data), self.headers.get("Range")
        headers = {} if is_plain else {"Accept-Ranges": "bytes"}
        if asked and not is_plain:
            first, _, last = asked.removeprefix("bytes=").partition("-")
            end = min(int(last or size - 1), size - 1)
            data, status = data[int(first) : end + 1], 206
            headers["Content-Range"] = f"bytes {first}-{end}/{size}"
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if has_body:
            self.wfile.write(data)


@pytest.fixture(scope="module")
def web(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Common Crawl's layout: a listing of four files, of which one is missing."""
    folder = tmp_path_factory.mktemp("web")
    (folder / MONTH).mkdir(parents=True)
    names = [f"{MONTH}/CC-NEWS-2026090{day}120000-0000{day}.warc.gz" for day in range(1, 5)]
    for name, file in zip(names, files, strict=False):
        (folder / name).write_bytes(file.read_bytes())
    (folder / MONTH / "warc.paths.gz").write_bytes(gzip.compress("\n".join(names).encode() + b"\n"))
    (folder / "crawl-data/CC-NEWS/2026/08").mkdir()
    (folder / "crawl-data/CC-NEWS/2026/08/warc.paths.gz").write_bytes(gzip.compress(b"../../etc/passwd\n"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Web,), {"folder": folder}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_month_of_cc_news(files: list[Path], plain: Path, web: str, tmp_path: Path) -> None:
    month = ("import", "cc-news:2026-09", "--cc-news", web, "--allow-private")
    status, said = ran(*month, "--db", tmp_path / "x.db", "--cluster", "local:1")
    assert status == 1
    missing = f"{web}/{MONTH}/CC-NEWS-20260904120000-00004.warc.gz: no such file"
    assert f"Error: set aside: {missing}\n" in said
    assert by_address(tmp_path / "x.db") == by_address(plain)
    status, said = ran(*month, "--db", tmp_path / "y.db", "--workers", "1", "--until", "2026-09-03")
    assert (status, said.splitlines()[0].split(":")[0]) == (0, "150 pages")


def test_a_server_without_ranges_is_read_from_beginning_to_end(plain: Path, web: str, tmp_path: Path) -> None:
    addresses = [f"{web}/plain/{MONTH}/CC-NEWS-2026090{day}120000-0000{day}.warc.gz" for day in (1, 2, 3)]
    status, said = ran("import", *addresses, "--allow-private", "--workers", "1", "--db", tmp_path / "x.db")
    assert status == 0, said
    assert by_address(tmp_path / "x.db") == by_address(plain)


@pytest.mark.parametrize(
    "options", [("--workers", "1"), pytest.param(("--cluster", "local:1"), marks=pytest.mark.soak)]
)
def test_private_addresses_and_broken_listings_are_refused(web: str, tmp_path: Path, options: tuple[str, ...]) -> None:
    db = ("--db", tmp_path / "x.db", *options)
    for host in ("localhost", "127.0.0.1"):
        status, said = ran("import", f"{web.replace('localhost', host)}/{MONTH}/x.warc.gz", *db)
        assert status == 1
        assert "127.0.0.1 is a private address; --allow-private opens it" in said or "::1 is a private" in said
    gone = f"http://localhost:{free_port()}/x.warc.gz"
    status, said = ran("import", gone, "--allow-private", *db)
    assert status == 1
    assert gone in said
    assert "no such file" not in said
    status, said = ran("import", "cc-news:2026-08", "--cc-news", web, "--allow-private", *db)
    assert status == 1
    assert "'../../etc/passwd' is no file of CC-NEWS" in said
    status, said = ran("import", "cc-news:2026-07", "--cc-news", web, "--allow-private", *db)
    assert status == 1
    assert "/2026/07/warc.paths.gz: no such file" in said
    status, said = ran("import", f"{web}/x", "--cluster", "local:1", "--shards", web, "--db", tmp_path / "x.db")
    assert status == 1
    assert "shards are written to a folder or to s3://, not to the web" in said
