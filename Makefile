# Two commands matter: `make run` and `make test`. `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8000
PYTHON ?= python3
DATA_DIR ?= $(CURDIR)/var
export DATA_DIR

# Each stamp is named after the lock file that it stands for, so that a changed lock is installed once.
lock_id = $(shell cksum $(1) | cut -d ' ' -f 1)
RUNTIME := .venv/.runtime-$(call lock_id,requirements.lock)
TESTING := .venv/.testing-$(call lock_id,tests/requirements.lock)
STATIC := $(DATA_DIR)/static/staticfiles.json

LOCK := .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --custom-compile-command "make lock"

run: export HTTPS_ONLY := off
# How much glibc keeps of the memory that was freed, see docs/decisions/0009-scale.md.
run: export MALLOC_ARENA_MAX := 1
run: export MALLOC_MMAP_THRESHOLD_ := 393216
run: export MALLOC_TRIM_THRESHOLD_ := 524288
run: port-is-free $(RUNTIME) secret-key $(STATIC)  ## Serve the portal at http://127.0.0.1:8000 (another port: make run PORT=8001)
	@.venv/bin/python manage.py load_programmes --migrate
	@echo "Serving at http://127.0.0.1:$(PORT), Ctrl-C stops it."
	@exec .venv/bin/gunicorn programme_portal.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --preload \
		--graceful-timeout 3 --no-control-socket --log-level warning

test: $(TESTING)  ## Lint, check formats and types, run every test on SQLite and PostgreSQL
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python -m tests.run

setup: $(TESTING) secret-key  ## Make .venv with everything that the portal and its tests need

bench: $(TESTING)  ## Run the benchmarks, some twenty minutes, and write docs/performance.md
	.venv/bin/python -m tests.benchmarks.run

format: $(TESTING)  ## Sort the imports and format the code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock: $(TESTING)  ## Write the lock files after a change of pyproject.toml (newest versions: make lock UPGRADE=--upgrade)
	$(LOCK) $(UPGRADE) pyproject.toml --output-file requirements.lock
	$(LOCK) $(UPGRADE) pyproject.toml --extra test --constraints requirements.lock --output-file tests/requirements.lock

help:  ## List these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(RUNTIME): | .venv/bin/python
	@echo "Installing the locked dependencies into .venv, the first time takes a minute …"
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(TESTING): | .venv/bin/python
	@echo "Installing the locked dependencies of the portal and its tests into .venv …"
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

.venv/bin/python:
	@echo "Making .venv …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Wortlaut needs Python 3.11 or newer. Name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(INSTALL_VENV)
	@$(PYTHON) -m venv .venv

# Debian keeps this part of Python in a package of its own.
define INSTALL_VENV
{ echo "Installing Debian's python3-venv …"; [ $$(id -u) = 0 ] && apt-get -qq update && \
	DEBIAN_FRONTEND=noninteractive apt-get -qq --yes install python3-venv > /dev/null; } || \
	{ echo "Python's venv is missing. On Debian: sudo apt-get install python3-venv"; exit 1; }
endef

$(STATIC): $(shell find static -type f) requirements.lock | $(RUNTIME) secret-key
	@echo "Collecting the static files …"
	@.venv/bin/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

secret-key: | $(RUNTIME)
	@.venv/bin/python -m programme_portal.secret_key > /dev/null

port-is-free:
	@! (exec 3<> /dev/tcp/127.0.0.1/$(PORT)) 2> /dev/null || \
		{ echo "Port $(PORT) is taken by another program. Choose another one: make run PORT=$$(($(PORT) + 1))"; exit 1; }

.PHONY: run test setup bench format lock help secret-key port-is-free
