# Every target sets up what it needs first: `make demo` or `make test` is all that a fresh machine wants.
.DEFAULT_GOAL := help
.PHONY: help setup demo lint format test test-slow bench train
SHELL := /bin/bash
VENV := .venv
RUN := PYTHONSAFEPATH=1 $(VENV)/bin
PACKAGES := sagstjek models pipeline connectors jobs

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/ready  ## .venv with everything, and by apt the OCR engine with Danish

$(VENV)/ready: pyproject.toml constraints.txt deploy/setup.sh sagstjek/__init__.py
	bash deploy/setup.sh $(VENV)
	touch $@

demo: setup  ## a sample of 60 employees, audited; the report lies in demo/audit
	rm -rf demo
	$(RUN)/sagstjek sample demo/export --employees 60 --seed 7
	$(RUN)/sagstjek audit demo/export --roster demo/export/roster.csv --out demo/audit || test $$? -eq 2
	$(RUN)/sagstjek evaluate demo/audit --truth demo/export/truth

lint: setup  ## ruff, mypy strict, import-linter
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: setup  ## let ruff put the code in order
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

test: setup  ## all tests but the slow ones, and the notebooks
	$(RUN)/pytest -m "not slow"
	$(RUN)/pytest --nbmake --nbmake-timeout=900 notebooks

test-slow: setup  ## heavy and long checks
	$(RUN)/pytest -m slow

bench: setup  ## speed and accuracy, measured; takes a while
	$(VENV)/bin/python -m pip install --quiet -c constraints.txt -e '.[bench]'
	for file in throughput workers scale; do $(RUN)/python benchmarks/$$file.py || exit 1; done

train: setup  ## the shipped model again, from the corpus; about an hour on two cores
	$(RUN)/sagstjek train
