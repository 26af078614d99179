"""`redtop extract` as a person meets it."""

import json
from pathlib import Path

import pytest

from tests.crawler.cli.command import Ran, redtop

PAGE = """<!doctype html><html lang="en"><head><title>Harbour wedding called off</title></head><body><article>
<h1>Harbour wedding called off</h1><p class="byline">By Nuala Brack</p>
<p>Singer Oona Marlowe has called off her wedding to the actor Jude Castellan, three weeks before the day itself.</p>
<p>“It was the right thing for both of us,” Marlowe told fans at a small concert in the harbour on Tuesday evening.</p>
<p>The two had been engaged since the spring, and shared a house by the water with their dogs and a parrot.</p>
</article></body></html>"""
TEXT = """Harbour wedding called off

Singer Oona Marlowe has called off her wedding to the actor Jude Castellan, three weeks before the day itself.

“It was the right thing for both of us,” Marlowe told fans at a small concert in the harbour on Tuesday evening.
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_one_source_gives_one_object(page: Path) -> None:
    ran = redtop("extract", page, "--url", "https://news.example/harbour", "--fetched-at", "2026-11-20T12:00:00Z")
    record = json.loads(ran.out)
    assert ran == Ran(0, ran.out, "")
    assert record["headline"] == "Harbour wedding called off"
    assert record["quotes"][0]["speaker"] == "Oona Marlowe"
    assert record["site"] == "news.example"
    assert "provenance" not in record


def test_explain_adds_where_each_field_was_found(page: Path) -> None:
    record = json.loads(redtop("extract", page, "--explain").out)
    assert record["provenance"]["headline"]
    assert 0 <= float(record["provenance"]["body.confidence"]) <= 1


def test_a_file_and_standard_input_give_the_same_record(page: Path) -> None:
    assert redtop("extract", page).out == redtop("extract", "-", stdin=page.read_bytes()).out


def test_plain_text_is_told_from_html(tmp_path: Path) -> None:
    record = json.loads(redtop("extract", "-", stdin=TEXT.encode()).out)
    assert record["headline"] == "Harbour wedding called off"
    assert len(record["body"]) == 2


def test_several_sources_give_json_lines_and_the_bad_ones_a_line_each(page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    ran = redtop("extract", page, empty, tmp_path / "missing.html", page)
    assert [json.loads(line)["headline"] for line in ran.out.splitlines()] == ["Harbour wedding called off"] * 2
    errors = ran.err.splitlines()
    assert ran.status == 1
    assert len(errors) == 2
    assert errors[0].startswith("Error: ")
    assert "empty" in errors[0]
    assert "missing.html: there is no such file" in errors[1]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj << >> endobj"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4),
        ("junk", bytes(range(256)) * 50),
        ("nothing.html", b"   \n"),
    ],
)
def test_what_is_no_page_gets_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    ran = redtop("extract", path)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"Error: {path}")
    assert len(ran.err.splitlines()) == 1


def test_a_page_cut_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "cut.html"
    path.write_text(PAGE[: PAGE.index("The two had")], encoding="utf-8")
    assert json.loads(redtop("extract", path).out)["body"][0]["text"].startswith("Singer Oona Marlowe")


def test_a_front_page_is_refused_and_read_with_force(tmp_path: Path) -> None:
    path = tmp_path / "front.html"
    teasers = "".join(f'<li><a href="/story-{n}">Headline number {n} of the day</a></li>' for n in range(40))
    path.write_text(f"<html><body><h1>News</h1><ul>{teasers}</ul></body></html>", encoding="utf-8")
    ran = redtop("extract", path)
    assert ran.status == 1
    assert "is no article: " in ran.err
    assert redtop("extract", path, "--force").status == 0


def test_markdown_reads_like_an_article(page: Path) -> None:
    lines = redtop("extract", page, "--format", "markdown").out.splitlines()
    assert lines[0] == "# Harbour wedding called off"
    assert any("By Nuala Brack" in line for line in lines)
    assert any(line.startswith("“It was the right thing") for line in lines)


def test_a_folder_gets_a_file_an_article(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = redtop("extract", page, page, "-o", f"{out}/", "--format", "markdown")
    assert (ran.status, ran.out) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == [
        "harbour-wedding-called-off-2.md",
        "harbour-wedding-called-off.md",
    ]


def test_an_output_file_is_written_whole(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "records.jsonl"
    assert redtop("extract", page, page, "-o", out).status == 0
    assert len(out.read_text().splitlines()) == 2
    assert [path.name for path in out.parent.iterdir()] == ["records.jsonl"]


def test_a_list_names_many_sources(page: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"# saved pages\n{page}\n\n{page}\n")
    assert len(redtop("extract", "-i", listed).out.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], "SOURCE"),
        (["x.html", "--format", "pdf"], "pdf"),
        (["x.html", "--fetched-at", "yesterday"], "ISO 8601"),
        (["x.html", "--fetched-at", "2026-11-20T12:00:00"], "time zone"),
        (["x.html", "y.html", "--url", "https://news.example/"], "--url"),
    ],
)
def test_wrong_usage_is_status_2(arguments: list[str], word: str) -> None:
    ran = redtop("extract", *arguments)
    assert ran.status == 2
    assert ran.err.startswith("Error: ")
    assert word in ran.err
