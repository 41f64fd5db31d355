# What there is to do here: make help

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PINNED := constraints/pinned.txt
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LABELS := articles $(foreach each,$(wildcard smo_kit/*/migrations/ smo_kit/contrib/*/migrations/),smo_$(notdir $(patsubst %/migrations/,%,$(each))))
MESSAGES := --locale ru --no-location --no-wrap --no-obsolete --verbosity 0

export PORT
.DEFAULT_GOAL := help
.PHONY: help demo test matrix sites bench bench-large lint docs pictures messages constraints
.DELETE_ON_ERROR:

help: ## say what there is to do
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 — /p' $(MAKEFILE_LIST)

demo: $(VENV)/.has-demo ## set up and serve the demo at http://127.0.0.1:8000/ (another port: PORT=8001 make demo)
	@$(BIN)/python manage.py demo

test: $(VENV)/.has-test ## run all tests (some: make test ARGS="tests/networks -k vk")
	@$(BIN)/python -m pytest $(ARGS)

matrix: ## run the wheel's unit tests on each Python, Django and database (one cell: make matrix ARGS="--python 3.12 --database mariadb")
	@$(PYTHON) tests/matrix.py $(ARGS)

sites: $(VENV)/.has-test ## follow docs/sites.md and docs/quickstart.md on fresh sites (one: make sites ARGS=tests/sites/test_blog.py)
	@SMO_REQUIRE="sites $$SMO_REQUIRE" $(BIN)/python -m pytest $(or $(ARGS),tests/sites)

bench: $(VENV)/.has-test $(VENV)/.has-bench ## measure what the README claims, and write benchmarks/results.json
	@$(BIN)/python -m benchmarks $(ARGS)

bench-large: $(VENV)/.has-test $(VENV)/.has-bench ## measure a site of 1, 10 and 100 times the size, on PostgreSQL (a tenth of it: BENCH_LARGE=0.1 make bench-large)
	@$(BIN)/python -m benchmarks.large

lint: $(VENV)/.has-test $(VENV)/.has-lint ## look at style, types, layers, templates, migrations
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djade --check --target-version 5.2 $$(find smo_kit demo_site templates -name '*.html')
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run $(LABELS)
	$(BIN)/python manage.py check --fail-level WARNING

docs: $(VENV)/.has-test $(VENV)/.has-docs ## make docs/_build/html
	$(BIN)/python -m sphinx --fail-on-warning --quiet docs docs/_build/html

pictures: $(VENV)/.has-test ## take the pictures of README and docs anew (some: make pictures ARGS="mail spam")
	$(BIN)/python docs/pictures/make.py $(ARGS)

messages: $(VENV)/.has-test ## collect texts into the catalogues of translations, and compile them
	$(BIN)/python manage.py makemessages $(MESSAGES) $(foreach each,smo_kit tests docs benchmarks constraints .venv .work,--ignore $(each))
	cd smo_kit && ../$(BIN)/python -c "from django.conf import settings; from django.core.management import execute_from_command_line; settings.configure(LOCALE_PATHS=['core/locale']); execute_from_command_line('django-admin makemessages $(MESSAGES)'.split())"
	for each in demo_site smo_kit/core; do msgfmt --check-format --output $$each/locale/ru/LC_MESSAGES/django.mo $$each/locale/ru/LC_MESSAGES/django.po; done

constraints: ## try the newest versions of everything: make constraints PYTHON="python3.11 python3.12 python3.13"
	$(firstword $(PYTHON)) constraints/renew.py $(PYTHON)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "smo-kit needs Python 3.11 or newer; $(PYTHON) is not. If you have one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "$(PYTHON) can make no virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PIP) install --upgrade --constraint $(PINNED) pip
	@touch $@

$(VENV)/.has-%: $(VENV)/.made pyproject.toml $(PINNED)
	@echo "Installing what '$*' needs …"
	@$(PIP) install --constraint $(PINNED) --editable . --group $*
	@touch $@
