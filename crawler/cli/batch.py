"""Many sources, one after the other; one bad source never stops the rest."""

from __future__ import annotations

from crawler.cli.console import fail
from crawler.cli.output import Output
from crawler.cli.reading import Reading
from crawler.cli.sources import Source, open_sources
from extractors import ExtractionError, NotAnArticle


def extract_all(
    names: list[str], reading: Reading, output: Output, *, contact: str | None, allow_private: bool, browser: bool
) -> int:
    """Read every source and write its record; give the number that failed, each of which was named on stderr."""
    failed = 0
    with output:
        outlets = reading.outlets(names)
        found = open_sources(names, outlets, contact=contact, allow_private=allow_private, browser=browser)
        for name, source in found:
            if isinstance(source, Source):
                failed += not _extract(name, source, reading, output)
            else:
                is_told = len(names) == 1 or name in ("-", "") or name in str(source)
                fail(str(source) if is_told else f"{name}: {source}")
                failed += 1
    return failed


def _extract(name: str, source: Source, reading: Reading, output: Output) -> bool:
    shown = "standard input" if name == "-" else name
    try:
        output.write(name, reading.read(source))
    except NotAnArticle as problem:
        fail(f"{shown} is no article: {problem} (--force reads it all the same)")
        return False
    except ExtractionError as problem:
        fail(f"{shown}: {problem}")
        return False
    return True
