# `make demo` and `make test` need Python 3.11 or later and make, nothing else. `make help` lists the rest.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install -qq --disable-pip-version-check
CORE   := $(VENV)/.installed-core
DEV    := $(VENV)/.installed-dev
OCR    := $(VENV)/.installed-ocr
# Workers of pytest: `make test JOBS=0` runs in one process, for a debugger.
JOBS   ?= auto
# Random reports of `make stress`, and the seed of the first.
REPORTS ?= 20000
SEED    ?= 100000
export PYTHONUTF8 := 1
export PYTHONPATH := $(CURDIR)/src

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo fmt lint type test prop golden accuracy bench stress cov docs ci system clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

# An environment named on the command line (`make lint VENV=/some/venv`) is used as it is, never installed into.
ifeq ($(VENV),.venv)
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or later with venv is needed (PYTHON=...)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(CORE): $(BIN)/python pyproject.toml
	$(PIP) -e .
	@touch $@

$(DEV): $(BIN)/python pyproject.toml
	$(PIP) -e '.[dev]'
	@touch $@ $(CORE)

$(OCR): $(DEV)
	$(PIP) -e '.[ocr]'
	@touch $@
else
$(CORE) $(DEV) $(OCR):
	@test -x $(BIN)/python || { echo "make: no environment at $(VENV)" >&2; exit 1; }
endif

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
	$(BIN)/python tests/bench/speed.py

stress: $(DEV) ## random reports in random layouts: no cell may be wrong (REPORTS=20000 SEED=100000)
	$(BIN)/python tests/bench/stress_text.py --reports $(REPORTS) --seed $(SEED)

cov: $(DEV) ## branch coverage: 95 % over all, 100 % of text, forms and checker
	$(BIN)/python -m pytest -n $(JOBS) --doctest-modules src tests --cov --cov-report=html --cov-report=
	$(BIN)/python -m coverage report --fail-under=95
	$(BIN)/python -m coverage report --fail-under=100 --include='*/gouji/text/*,*/gouji/forms/*,*/gouji/checker/*'

docs: $(DEV) ## build the documentation; a warning is an error
	@rm -rf docs/reference/api
	$(BIN)/python -m sphinx -W -n --keep-going -q -b html docs docs/_build/html

ci: $(OCR) ## what .ci/run runs: all of lint, type, test and docs, even after one has failed
	@$(MAKE) --keep-going --no-print-directory lint type test docs

system: ## Debian packages for the tests that need them (skipped where they cannot be installed)
	@sh tools/system-packages.sh

clean: ## remove what was built, and .venv
	rm -rf .venv build dist docs/_build htmlcov .coverage .coverage.* .benchmarks
	rm -rf docs/reference/api docs/reference/cli.md
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
