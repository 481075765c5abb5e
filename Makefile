# Everything a user or a developer runs. Only Python 3.11+ and make are needed.
#
#   make run    the chat app; PAPERS=dir LIBRARY=dir PORT=n
#   make test   every test; GOVASSIST_PAPERS=dir for those on the five papers,
#               GOVASSIST_DOCUMENTS=dir for those on documents nobody here wrote
#   make check  linters, type checker, import contracts
#   make words  bring assistant/views/locale/*.po up to date with the views; then translate
#   make pictures  screenshots of every view, light and dark, wide and phone
#   make baseline  measure anew what tests/retrieval gates on; with GOVASSIST_PAPERS, on those too

PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3 python,$(shell \
	command -v $(p) >/dev/null 2>&1 && $(p) -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $(p))))
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

OWN_PAPERS := $(filter-out papers/README.md,$(wildcard papers/*))
ifdef PAPERS
LIBRARY ?= library
else ifneq ($(OWN_PAPERS),)
PAPERS := papers
LIBRARY ?= library
else
PAPERS := samples
LIBRARY ?= library-samples
endif
PORT ?= 8501

.PHONY: run library test check format bench words pictures baseline clean
.DEFAULT_GOAL := run

run: library
	@$(BIN)/govassist app --library "$(LIBRARY)" --port "$(PORT)"

library: .venv/run
	@$(BIN)/govassist add "$(PAPERS)" --library "$(LIBRARY)"

test: .venv/dev
	$(BIN)/python -m pytest

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pydoclint --quiet assistant ingest vectorstore benchmarks training

format: .venv/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev
	$(BIN)/python benchmarks/documents.py
	$(BIN)/python benchmarks/pdf_speed.py
	$(BIN)/python benchmarks/adding.py
	$(BIN)/python benchmarks/fuzz.py
	$(BIN)/python benchmarks/quality.py
	$(BIN)/python benchmarks/scifact.py
	$(BIN)/python benchmarks/chunking.py
	$(BIN)/python benchmarks/mtrag.py
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/verifier.py
	$(BIN)/python benchmarks/injection.py

words: .venv/dev
	@pot=$$(mktemp) && trap 'rm "$$pot"' EXIT && \
	$(BIN)/pybabel --quiet extract --no-default-keywords --keywords="_ plural:1" --no-location \
	--output-file "$$pot" assistant/views app.py && \
	$(BIN)/pybabel --quiet update --locale zh --input-file "$$pot" --no-fuzzy-matching \
	--ignore-obsolete --omit-header --width 100 --output-file assistant/views/locale/zh.po

pictures: .venv/dev
	$(BIN)/python benchmarks/pictures.py

# The library of one set of papers, and what its golden questions come to.
measured = $(BIN)/govassist add "$(2)" --library "$$folder/$(1)" && \
	$(BIN)/govassist evaluate tests/retrieval/golden/$(1).jsonl --library "$$folder/$(1)" \
	--out tests/retrieval/baselines/$(1).json --compact

baseline: .venv/dev
	@folder=$$(mktemp -d) && trap 'rm -r "$$folder"' EXIT && $(call measured,samples,samples)
ifdef GOVASSIST_PAPERS
	@folder=$$(mktemp -d) && trap 'rm -r "$$folder"' EXIT && $(call measured,papers,$(GOVASSIST_PAPERS))
endif

clean:
	rm -rf .venv library-samples .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed; see https://www.python.org/downloads/ (on Debian: apt install python3-venv)"; exit 2; }
	@echo "Making .venv with $(PYTHON) …"
	@$(PYTHON) -m venv .venv

# The default, auto, looks for an Ollama; both extras are small.
# torch first: its pin chooses the build, and every other package takes what is there.
.venv/run: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing dependencies (2.5 GB on disk, once; a few minutes) …"
	@$(PIP) torch
	@$(PIP) --editable ".[ollama,openai]"
	@touch $@

.venv/dev: .venv/run
	@echo "Installing what the tests need …"
	@$(PIP) --editable ".[dev,bench,multilingual]"
	@touch $@
