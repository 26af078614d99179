"""The database at a glance, for a person."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.research import Summary


def tell(found: Summary, db: Path, console: Console) -> None:
    """Print articles per outlet, the top speakers, an example of each kind of thing, and what to try next."""
    outlets = Table("outlet", box=None, pad_edge=False)
    for name in ("articles", "quotes", "embeds", "copies"):
        outlets.add_column(name, justify="right")
    for row in found.outlets:
        outlets.add_row(row.site, str(row.articles), str(row.quotes), str(row.embeds), str(row.copies))
    console.print()
    console.print(outlets)
    speakers = Table("most quoted", box=None, pad_edge=False)
    speakers.add_column("quotes", justify="right")
    speakers.add_column("articles", justify="right")
    for speaker in found.speakers:
        speakers.add_row(speaker.name, str(speaker.quotes), str(speaker.articles))
    console.print()
    console.print(speakers)
    for line in _examples(found):
        console.print()
        console.print(Text(line), soft_wrap=True)
    console.print("\nTry next:")
    name = found.speakers[0].name if found.speakers else "Imelda Farrow"
    for command in (
        f'redtop quotes --speaker "{name}" --db {db}',
        f"redtop search wedding --db {db}",
        f"redtop show 1 --db {db}",
    ):
        console.print(Text(f"  {command}"), soft_wrap=True)


def _examples(found: Summary) -> list[str]:
    lines = []
    if found.quote:
        lines.append(f"A quote:    “{found.quote.text}”\n            {found.quote.speaker}, {found.quote.site}")
    if found.embed:
        by = f" by {found.embed.author}" if found.embed.author else ""
        lines.append(f"An embed:   {found.embed.provider} {found.embed.kind}{by}\n            {found.embed.url or ''}")
    if found.copy:
        original = f"{found.copy.original_site}: {found.copy.original_headline}"
        lines.append(f"A copy:     {found.copy.site}: {found.copy.headline}\n            has the text of {original}")
    return lines
