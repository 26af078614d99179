# Every target sets up what it needs: `python3`, `make` and the package registry are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench soak pictures lock clean

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## crawl the bundled sample tabloid into data/demo.db
	$(BIN)/redtop demo

test: $(READY) ## the whole test suite, loopback only
	$(BIN)/python -m pytest -n 3 --dist worksteal

soak: $(READY) ## the long runs: fifty kills, 30,000 pages, 300,000 articles, a hundred shards, ten minutes of readers, a cluster
	$(BIN)/python -m pytest -m soak

lint: $(READY) ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY) ## let ruff write
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## figures on the real pages of ../shared, where they exist
	$(BIN)/python benchmarks/gate.py

pictures: $(READY) ## write the answers and pictures of docs/research.md anew (needs Chromium)
	$(BIN)/python benchmarks/pictures.py

lock: ## pin what pyproject.toml asks for (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --group dev --all-extras pyproject.toml -o requirements.lock

clean: ## forget the environment and the caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
