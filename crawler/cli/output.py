"""Where records go: stdout, one file, or a folder with a file for each."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.cli.console import emit
from crawler.whole_file import WholeFile
from extractors import Article
from pipelines.render import to_html, to_markdown, to_text
from pipelines.render.slug import slug

ENDINGS = {"json": ".json", "jsonl": ".jsonl", "markdown": ".md", "text": ".txt", "html": ".html"}
SEPARATORS = {"markdown": "\n---\n\n", "text": "\n" + "=" * 72 + "\n\n"}


class Output:
    """Writes records one after the other; a context manager, for a file appears only when it is whole."""

    def __init__(self, *, form: str, target: str | None, several: bool, explain: bool) -> None:
        self.form = "jsonl" if form == "json" and several else form
        self.explain = explain
        path = Path(target) if target else None
        self.folder = path if path and target and (path.is_dir() or target.endswith(os.sep)) else None
        self.file = None if self.folder else path
        self._partial: WholeFile | None = None
        self._written = 0
        self._names: set[str] = set()

    def write(self, name: str, article: Article) -> None:
        """Write one record; `name` is its source, for the name of its file."""
        text = self._text(article).rstrip("\n") + "\n"
        if self.folder:
            path = self.folder / (self._file_name(name, article) + ENDINGS[self.form])
            with WholeFile(path) as file:
                file.write(text)
            return
        if self._written:
            text = SEPARATORS.get(self.form, "") + text
        self._written += 1
        if self.file is None:
            emit(text.rstrip("\n"))
            return
        if self._partial is None:
            self._partial = WholeFile(self.file)
        self._partial.write(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._partial is not None:
            self._partial.__exit__(kind, problem, trace)

    def _text(self, article: Article) -> str:
        if self.form == "markdown":
            return to_markdown(article)
        if self.form == "text":
            return to_text(article)
        if self.form == "html":
            return to_html(article)
        record = article.to_dict()
        if not self.explain:
            del record["provenance"]
        return json.dumps(record, ensure_ascii=False, indent=2 if self.form == "json" else None)

    def _file_name(self, source: str, article: Article) -> str:
        flat = slug(article.headline or Path(source).stem)
        name, number = flat, 1
        while name in self._names:
            number += 1
            name = f"{flat}-{number}"
        self._names.add(name)
        return name
