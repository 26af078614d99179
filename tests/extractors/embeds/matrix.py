"""Write docs/embeds.md, the matrix of providers and forms: `python -m tests.extractors.embeds.matrix`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.extractors.embeds.crossed import crossed
from tests.extractors.embeds.sampled import FORMS, NONE, addresses, samples

PAGE = Path(__file__).parents[3] / "docs" / "embeds.md"
_HEAD = """# Embeds: which providers, in which forms

Written by `python -m tests.extractors.embeds.matrix` from the samples under `tests/extractors/embeds/samples/`, and
held in step by a test. A filled mark is a sample written by hand, with the embeds that it must give; a number counts
several. An open mark is the provider's canonical address put into that form (`crossed.py`), which must give the same
post. Without a mark are the forms that a provider does not have, and those in which nothing says that an address of no
known host is a post. To add a provider: one entry in `extractors/embeds/providers.toml`, one file of samples.

"""


def matrix() -> str:
    """The whole page."""
    counts = Counter((provider, sample["form"]) for provider, sample in samples())
    also = {(provider, form) for provider, form, _, _ in crossed()}
    forms = {provider: sum(1 for _ in addresses(provider)) for provider, _ in samples()}
    legend = [f"{number}. {meaning}" for number, meaning in enumerate(FORMS.values(), 1)]
    head = ["provider", *map(str, range(1, len(FORMS) + 1)), "addresses"]
    rows = [head, ["---"] + [":-:"] * (len(head) - 1)]
    for provider in forms:
        if provider != NONE:
            marks = [_mark(counts[provider, form], (provider, form) in also) for form in FORMS]
            rows.append([provider, *marks, str(forms[provider] or "")])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    none = "\n".join(f"- {sample['form']}" for _, sample in samples(NONE))
    return (
        f"{_HEAD}## The forms\n\n" + "\n".join(legend) + f"\n\n## The samples\n\n{table}\n\n"
        "`addresses` counts further addresses that are read to their canonical form.\n\n"
        f"## What is none\n\n{none}\n"
    )


def _mark(count: int, crossed_too: bool) -> str:
    if count > 1:
        return str(count)
    return "●" if count else "○" if crossed_too else ""


if __name__ == "__main__":
    PAGE.write_text(matrix(), encoding="utf-8")
