"""Every provider, every rule of the table and every form of markup has a sample with the embeds that it must give."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from extractors.embeds import addresses as of_addresses
from extractors.embeds import marks, naming, providers, words
from extractors.embeds.providers import read_table, recognise
from tests.extractors.embeds.crossed import crossed, posts
from tests.extractors.embeds.matrix import PAGE, matrix
from tests.extractors.embeds.sampled import FOLDER, FORMS, NONE, TABLE, addresses, expected, given, read, samples

ENTRIES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["provider"]
SAMPLES = [
    pytest.param(provider, sample, id=f"{provider}: {sample['form']} {number}")
    for number, (provider, sample) in enumerate(samples())
]


@pytest.mark.parametrize(("provider", "sample"), SAMPLES)
def test_a_sample_gives_its_embeds(provider: str, sample: dict[str, Any]) -> None:
    assert given(sample) == expected(provider, sample)


@pytest.mark.parametrize("provider", posts())
def test_a_post_is_read_in_every_form_that_is_no_providers_own(provider: str) -> None:
    wanted = (posts()[provider]["kind"], posts()[provider]["url"], posts()[provider]["id"])
    wrong = []
    for name, form, sample, _ in crossed():
        if name == provider:
            found = [(embed["provider"], embed["kind"], embed["url"], embed["id"]) for embed in given(sample)]
            wrong += [(form, sample, found)] if found != [(provider, *wanted)] else []
    assert wrong == []


@pytest.mark.parametrize(("provider", "address", "post"), list(addresses()))
def test_an_address_names_its_post(provider: str, address: str, post: dict[str, Any]) -> None:
    found = recognise(address, marked=True)
    assert found is not None
    assert found.provider == provider
    assert {name: getattr(found, name) for name in ("kind", "url", "id", "author")} == {
        "id": None,
        "author": None,
    } | post


def test_every_provider_has_a_sample_and_every_sample_a_provider() -> None:
    table = {entry["name"] for entry in ENTRIES}
    assert table | {"self", NONE} == set(read())
    assert set(posts()) == table
    assert [name for name, file in read().items() if not file.get("sample")] == []


def test_every_form_has_a_sample() -> None:
    shown = {sample["form"] for provider, sample in samples() if provider != NONE}
    assert shown == set(FORMS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["name"]))
def test_every_host_and_class_of_the_table_stands_in_a_sample(entry: dict[str, Any]) -> None:
    shown = (FOLDER / f"{entry['name']}.toml").read_text(encoding="utf-8")
    assert [name for name in (*entry["hosts"], *entry.get("classes", ())) if name != "*" and name not in shown] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["name"]))
def test_no_rule_of_the_table_can_go_without_a_sample_failing(
    entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = []
    for rule, pruned in _without_one_rule(entry):
        known = read_table([other if other is not entry else pruned for other in ENTRIES])
        for module in (providers, marks, naming, words, of_addresses):
            monkeypatch.setattr(module, "table", lambda known=known: known)
        if _all_well(entry["name"]):
            idle.append(rule)
    assert idle == []


def _without_one_rule(entry: dict[str, Any]) -> Iterator[tuple[object, dict[str, Any]]]:
    for name in ("pattern", "built", "scripts"):
        rules = entry.get(name, [])
        for index, rule in enumerate(rules):
            yield rule, entry | {name: rules[:index] + rules[index + 1 :]}


def _all_well(provider: str) -> bool:
    for name, address, post in addresses(provider):
        found = recognise(address, marked=True)
        if found is None or (found.provider, found.kind, found.url) != (name, post["kind"], post["url"]):
            return False
    return all(given(sample) == expected(provider, sample) for _, sample in samples(provider))


def test_the_page_of_the_docs_shows_the_samples_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == matrix(), "run: python -m tests.extractors.embeds.matrix"
