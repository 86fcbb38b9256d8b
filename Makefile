# `make demo` and `make test` need Python 3.11 or later and make, nothing else. `make help` lists the rest.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
CORE   := $(VENV)/.installed-core
DEV    := $(VENV)/.installed-dev
# Workers of pytest: `make test JOBS=0` runs in one process, for a debugger.
JOBS   ?= auto
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo fmt lint type test prop golden accuracy bench cov docs ci system clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or later with venv is needed (PYTHON=...)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(CORE): $(BIN)/python pyproject.toml
	$(PIP) -e .
	@touch $@

$(DEV): $(BIN)/python pyproject.toml
	$(PIP) -e '.[dev]'
	@touch $@ $(CORE)

setup: $(DEV) ## make .venv with everything that development needs

demo: $(CORE) ## read and check the reports in fixtures/
	@BIN=$(BIN) sh tools/demo.sh

fmt: $(DEV) ## format, and repair what can be repaired
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

lint: $(DEV) ## ruff, formatting, import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

type: $(DEV) ## mypy --strict
	$(BIN)/mypy --strict src tests

test: $(DEV) ## every test and every docstring example
	$(BIN)/python -m pytest --quiet --doctest-modules src
	$(BIN)/python -m pytest -n $(JOBS)

prop: $(DEV) ## the property tests, with many more examples
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -n $(JOBS) tests/property

golden: $(DEV) ## rewrite the expected results of the corpus, then fail so that a person reads the diff
	-$(BIN)/python -m pytest tests/corpus --golden-update
	git diff --stat --exit-code -- fixtures

accuracy: $(DEV) ## cell accuracy against tests/bench/floors.json
	$(BIN)/python -m pytest -s tests/bench -k accuracy

bench: $(DEV) ## speed
	$(BIN)/python -m pytest tests/bench --benchmark-enable --benchmark-only

cov: $(DEV) ## the tests with branch coverage
	$(BIN)/python -m pytest -n $(JOBS) --cov --cov-report=term --cov-report=html

docs: $(DEV) ## build the documentation; a warning is an error
	$(BIN)/sphinx-build -W -n --keep-going -q -b html docs docs/_build/html

ci: lint type test docs ## what .ci/run runs

system: ## Debian packages for the tests that need them (skipped where they cannot be installed)
	@sh tools/system-packages.sh

clean: ## remove what was built, and .venv
	rm -rf $(VENV) build dist docs/_build htmlcov .coverage .coverage.* .benchmarks
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
