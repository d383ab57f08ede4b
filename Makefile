# `make demo` shows the whole thing, `make test` checks it, `make quick` what changed. All create the environment first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
export DO_NOT_TRACK := 1
unexport PYTHONDONTWRITEBYTECODE # the tests start hundreds of processes, each of which would compile the program anew
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.PHONY: demo quick quick-lint quick-tests test all-tests accuracy mutants lint lock clean

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("jixiao needs Python 3.11 or newer; name one: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@echo "Creating the environment in $(VENV) (once, takes a minute or two) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --no-deps --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(VENV)/ready
	@$(BIN)/jixiao demo

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 sql

# What a change needs at once: lint, types by the daemon (its first start takes longer), and the tests that are over soon.
QUICK := not whole and not needs_libreoffice and not needs_browser and not needs_prefect \
	and not needs_compiler and not needs_ocr
SQL_CHANGED = $(shell { git diff --name-only --diff-filter=d main -- 'sql/*.sql'; git ls-files -o --exclude-standard 'sql/*.sql'; } 2>/dev/null)
quick: $(VENV)/ready # lint and tests side by side: each alone leaves a core idle
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target quick-lint quick-tests

quick-lint: $(VENV)/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/lint-imports --no-logo >/dev/null || $(BIN)/lint-imports --no-logo
	@$(BIN)/dmypy --status-file .mypy_cache/dmypy.json run --timeout 28800 --
	@$(if $(SQL_CHANGED),$(BIN)/sqlfluff lint --processes 2 $(SQL_CHANGED))

quick-tests: $(VENV)/ready
	@$(BIN)/pytest -n 2 --dist worksteal -m "$(QUICK)"

# -n 3: a worker for each of two cores and one for the nights, which wait for the clock; each file's tests in one of them, in
# the order of tests/conftest.py; -rs: the end names every test left out, and why; then the slowest and, in CI, how much of
# each file the tests ran.
COVERAGE := --cov --cov-report=term:skip-covered
test: $(VENV)/ready
	@$(MAKE) --no-print-directory --jobs 2 lint all-tests

all-tests: $(VENV)/ready
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -rs --durations=25 --durations-min=2 $(if $(CI),$(COVERAGE))

# Field accuracy on invented filings in every layout, and on labelled ones that lie beside the project.
accuracy: $(VENV)/ready
	@$(BIN)/python -m tests.accuracy.measure

# Changes of one token that no test notices, in the functions named (a sample; all of transforms/ takes hours). The tool is
# not in the lock file: nothing that ships or is tested needs it.
MUTANTS ?= transforms.forms.bounds* transforms.targets.two_sided* transforms.numbers.money*
mutants: $(VENV)/ready
	@$(PIP) install 'mutmut>=3.8,<4'
	@$(BIN)/mutmut run $(foreach name,$(MUTANTS),'$(name)')
	@$(BIN)/mutmut results | grep -v 'not checked'

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 \
		pyproject.toml --extra ocr --group pyproject.toml:dev --output-file requirements.lock

clean:
	rm -rf $(VENV)
