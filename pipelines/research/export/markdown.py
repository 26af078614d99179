"""Articles as Markdown files for a folder."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from pipelines.render.markdown import to_markdown
from pipelines.render.slug import slug
from pipelines.research.export.records import Exported
from pipelines.times import moment_of

# Line breaks that YAML knows and JSON leaves as they are, and characters that YAML does not take (YAML 1.2, 5.1).
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def markdown_name(exported: Exported) -> PurePosixPath:
    """Give the file's name, the same in every export: `gull.example/2026-11-22-gulls-steal-chips-17.md`."""
    day = (moment_of(exported.article.published).value or "undated")[:10]
    return PurePosixPath(exported.site, f"{day}-{slug(exported.article.headline or '')}-{exported.id}.md")


def markdown_file(exported: Exported) -> str:
    """Write an article to read, beneath a front matter in YAML that tells it apart."""
    article = exported.article
    published = moment_of(article.published)
    facts = {
        "title": article.headline,
        "id": exported.id,
        "url": exported.url,
        "site": exported.site,
        "published": published.value,
        "published_precision": published.precision,
        "modified": moment_of(article.modified).value,
        "authors": [author.name for author in article.authors],
        "tags": list(article.tags),
        "language": article.language,
        "copy_of": exported.copy_of,
        "extractor_version": exported.extractor_version,
    }
    lines = [f"{name}: {_yaml(value)}" for name, value in facts.items() if value not in (None, [])]
    return "\n".join(["---", *lines, "---", "", to_markdown(article)])


def _yaml(value: object) -> str:
    """Write a value as JSON, which YAML 1.2 reads."""
    written = json.dumps(value, ensure_ascii=False)
    return _NOT_YAML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)
