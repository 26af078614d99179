"""The wheel, installed where nothing of the checkout can be seen, does the main job."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REDTOP", "VIRTUAL"))
    }
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=180
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("redtop-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and, from this environment, its dependencies alone."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    done = run(python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    packages = next((folder / "lib").glob("python3*/site-packages"))
    theirs = next(Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    for entry in theirs.iterdir():
        editable = "redtop" in entry.name.lower() or entry.suffix == ".pth" or entry.name == "__pycache__"
        if not editable and not (packages / entry.name).exists():
            (packages / entry.name).symlink_to(entry)
    return folder / "bin"


def test_the_wheel_holds_the_three_rooms_and_their_data_only(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"crawler", "extractors", "pipelines"}
    assert any(name.startswith("crawler/sites/") and name.endswith(".toml") for name in names)
    assert any("sample" in name and name.endswith("page.html") for name in names)
    assert any("queries" in name and name.endswith(".sql") for name in names)
    assert not any("__pycache__" in name for name in names)


def test_the_command_helps_and_reads_a_page_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    helped = run(installed / "redtop", "--help", cwd=tmp_path)
    assert helped.returncode == 0, helped.stderr
    assert "extract" in helped.stdout
    page = next((ROOT / "data" / "sample").glob("*/articles/*/page.html"))
    read = run(installed / "redtop", "extract", page, "--format", "markdown", cwd=tmp_path)
    assert read.returncode == 0, read.stderr
    assert read.stdout.startswith("# ")
    assert list(tmp_path.iterdir()) == []


def test_the_demo_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    shown = run(installed / "redtop", "demo", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert (tmp_path / "data" / "demo.db").is_file()
