"""The arrows of the house: crawler -> pipelines -> extractors, and nothing the other way."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORBIDDEN = {
    "extractors": {"pipelines", "crawler", "scrapy", "twisted", "sqlite3", "sqlite_utils", "socket", "urllib.request"},
    "pipelines": {"crawler", "scrapy", "twisted", "socket", "urllib.request"},
}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("room", FORBIDDEN)
def test_imports_point_one_way(room: str) -> None:
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / room).rglob("*.py")
        for name in imported(path)
        for forbidden in FORBIDDEN[room]
        if name == forbidden or name.startswith(forbidden + ".")
    }
    assert not wrong


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("extractors", ["scrapy", "twisted", "sqlite3", "trafilatura", "dateparser", "requests", "socket"]),
        ("pipelines.store", ["scrapy", "twisted", "crawler"]),
        ("crawler.worker", ["scrapy", "twisted", "sqlite3", "sqlite_utils"]),
        ("crawler.cli", ["scrapy", "twisted", "lxml", "rich", "sqlite_utils"]),
        ("crawler.cli.clustering", ["dask", "distributed", "fsspec", "s3fs", "aiohttp", "psutil", "crawler.cluster"]),
        ("crawler.importing", ["dask", "distributed", "fsspec", "s3fs", "aiohttp", "psutil", "crawler.cluster"]),
        ("crawler.rereading", ["dask", "distributed", "fsspec", "crawler.cluster"]),
        ("crawler.run", ["dask", "distributed", "fsspec", "crawler.cluster"]),
    ],
)
def test_importing_a_room_loads_nothing_heavy(module: str, absent: list[str]) -> None:
    code = f"import sys, {module}; print(*[name for name in {absent!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert loaded.split() == []


def test_the_face_of_the_library_is_pinned() -> None:
    import extractors

    assert set(extractors.__all__) == {
        "Article", "Author", "Block", "Citation", "DateMention", "Embed", "ExtractionError", "Image", "NotAnArticle",
        "Provenance", "Quote", "SiteRules", "Stamp", "extract", "extract_text", "find_quotes",
    }  # fmt: skip
