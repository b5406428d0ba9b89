# From a fresh clone, with Python 3.11 or newer, git and make: `make run` starts the workbook, `make test` checks
# everything. Both set up what they need the first time; after that they start at once.

BIN := .venv/bin
ARGS ?=
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run setup check test test-all test-pythons hub-trial chart-check formats nightly bench bench-quick gallery docs screenshots format locks wheel release-check clean

help:
	@echo "make run        start the workbook (ARGS=\"--no-browser --port 8866\" reaches the command)"
	@echo "make test       format, lint, types, layers, notebooks, then every test in its short form"
	@echo "make test-all   the same with the full figures; takes much longer"
	@echo "make nightly    20,000 made-up journals for each form of a file; takes hours"
	@echo "make test-pythons  the tests that need no browser, with each supported Python that is here"
	@echo "make check      only format, lint, types, layers and notebooks"
	@echo "make bench-quick  how long a page takes, beside stock Voilà and a plain page; make bench: every benchmark"
	@echo "make gallery    pictures of every page, wide and narrow, light and dark, in .work/gallery"
	@echo "make docs       the documentation with its pictures, in .work/docs/site; make screenshots takes the pictures anew"
	@echo "make format     put the code into shape"
	@echo "make locks      work out requirements/*.txt again (needs uv)"
	@echo "make release-check  build, list what travels with it, install it alone, start, type, stop, take it away"
	@echo "make chart-check CHART=folder  the hub's values against a copy of the chart: helm pull jupyterhub --untar"
	@echo "make hub-trial  a small JupyterHub on this computer, with two accounts (needs root and npm)"
	@echo "make wheel      build dist/*.whl and the source archive"

.venv/.ready-run: requirements/run.txt pyproject.toml tools/setup.sh
	@sh tools/setup.sh run

.venv/.ready-test: requirements/test.txt pyproject.toml tools/setup.sh
	@sh tools/setup.sh test

run: .venv/.ready-run
	@exec $(BIN)/rekindle $(ARGS)

setup: .venv/.ready-test

check: .venv/.ready-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb

test: check
	@chromium=$$($(BIN)/python tools/chromium.py --bare) && \
	REKINDLE_CHROMIUM="$$chromium" sh tools/tests.sh $(PYTEST_ARGS)

test-all: check
	@chromium=$$($(BIN)/python tools/chromium.py) && \
	REKINDLE_CHROMIUM="$$chromium" sh tools/tests.sh -m "full or not full" $(PYTEST_ARGS)

# Whatever is written to a file and read from one, with journals that are drawn by chance, whole and damaged.
FORMATS := $(foreach form,diaries every_form export import markdown spreadsheet,tests/plain/test_$(form).py)
EXAMPLES ?= 2000

formats: .venv/.ready-test
	@echo "$(EXAMPLES) made-up journals for each form of a file"
	REKINDLE_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest $(FORMATS) -m hypothesis --durations=15 $(PYTEST_ARGS)

nightly:
	@$(MAKE) --no-print-directory formats EXAMPLES=20000

test-pythons:
	@sh tools/pythons.sh tests/plain tests/kernel

# Compiled files are used, as they are wherever Rekindle is installed.
bench-quick: .venv/.ready-test
	@unset PYTHONDONTWRITEBYTECODE; chromium=$$($(BIN)/python tools/chromium.py) && \
	REKINDLE_CHROMIUM="$$chromium" $(BIN)/python -m benchmarks.ready_benchmark

bench: .venv/.ready-test
	@unset PYTHONDONTWRITEBYTECODE; chromium=$$($(BIN)/python tools/chromium.py) && export REKINDLE_CHROMIUM="$$chromium" && \
	$(BIN)/python -m benchmarks.ready_benchmark --all --docs && sh tools/figures.sh | tee docs/benchmarks/figures.txt

gallery: .venv/.ready-test
	$(BIN)/python -m tools.gallery .work/gallery

docs: .venv/.ready-run
	@sh tools/docs.sh

screenshots: .venv/.ready-test
	$(BIN)/python -m tools.house
	$(BIN)/python -m tools.screenshots docs/screenshots

format: .venv/.ready-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/nbstripout --keep-id notebooks/*.ipynb

locks:
	sh tools/locks.sh

wheel: .venv/.ready-run
	$(BIN)/python -m hatchling build

release-check: .venv/.ready-test
	@chromium=$$($(BIN)/python tools/chromium.py) && REKINDLE_CHROMIUM="$$chromium" sh tools/release.sh

chart-check: .venv/.ready-test
	@test -d "$(CHART)" || { echo "Name a copy of the chart: make chart-check CHART=jupyterhub"; exit 1; }
	@REKINDLE_CHART="$(abspath $(CHART))" $(BIN)/python -m pytest -q tests/plain/test_hub_values.py

hub-trial: .venv/.ready-test
	@$(BIN)/python -m tools.hub

clean:
	rm -rf dist .venv
