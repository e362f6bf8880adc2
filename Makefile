# `make demo` and `make test` need Python 3.11+, git and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO_DB ?= $(VENV)/demo.sqlite3

.PHONY: demo test test-long coverage bench lint types unit wheel models clean

# The pinned versions of .ci/constraints.txt make every installation the same.
$(VENV)/.installed: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable ".[dev]"
	touch $@

demo: $(VENV)/.installed
	rm -f $(DEMO_DB) $(DEMO_DB)-wal $(DEMO_DB)-shm
	$(BIN)/tracker ingest --db $(DEMO_DB) data/issues
	$(BIN)/tracker list --db $(DEMO_DB)
	$(BIN)/tracker export --db $(DEMO_DB) rounds.csv

test: lint types unit

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.installed
	$(BIN)/mypy

unit: $(VENV)/.installed
	$(BIN)/pytest -n auto --dist loadgroup

# Tracing makes the suite half as slow again, so the floor is held where nobody waits.
coverage: $(VENV)/.installed
	$(BIN)/pytest -n auto --dist loadgroup --cov --cov-report=term:skip-covered --cov-fail-under=88

test-long: $(VENV)/.installed
	$(BIN)/pytest -n auto -m long

bench: $(VENV)/.installed
	$(BIN)/python tests/benchmarks/store.py
	$(BIN)/python tests/benchmarks/export.py
	$(BIN)/python tests/benchmarks/identity.py
	$(BIN)/python tests/benchmarks/extraction.py

wheel: $(VENV)/.installed
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage rounds.csv

models: $(VENV)/.installed
	$(BIN)/python -m weasel run all models
