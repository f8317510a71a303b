# lawkpi: `make demo` runs the main job, `make test` the fast tests, `make full` all of them.
# Every target sets itself up; nothing else needs doing on a machine with Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ASSESSMENT ?= params/gaoxin-2022
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test full bench lint pages ledgers clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

setup: $(READY)  ## create .venv with the pinned packages

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: $(READY)  ## check, score and write every paper of the example
	$(BIN)/lawkpi run $(ASSESSMENT) --fresh

test: $(READY)  ## the fast tests
	$(BIN)/python -m pytest -n auto --dist loadfile -m 'not full and not bench'

full: $(READY)  ## all tests, also those that need LibreOffice and a browser
	$(BIN)/python -m pytest -n auto --dist loadfile -m 'not bench'

bench: $(READY)  ## timings, as ratios against named baselines
	$(BIN)/python -m pytest -m bench -s -q

lint: $(READY)  ## style, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

pages: $(READY)  ## rebuild the documents that are made from params/
	$(BIN)/python docs/make_pages.py

ledgers: $(READY)  ## rebuild the example's ledgers
	$(BIN)/python params/gaoxin-2022/maker/build.py

clean:  ## remove what runs and tests leave
	rm -rf outputs/* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
