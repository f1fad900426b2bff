# Everything a person does with this project, by name; `make` alone lists it.

PY ?= python3
PORT ?= 8000
TODAY ?= 2023-10-10

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
CATALOGUE := locale/zh_Hans/LC_MESSAGES/django
TEMPLATES = --target-version 5.2 $$(find templates -name '*.html')
LOCKS := requirements.txt requirements-dev.txt
# Settings as a production server has them; the key is made anew each time and used for nothing.
PRODUCTION = SECURE=1 ALLOWED_HOSTS=projects.example DATABASE_URL=postgres://localhost/tracker \
  SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')

.DEFAULT_GOAL := help
.PHONY: help run test bench check format messages setup setup-dev lock clean

# An environment that an upgrade of the system's Python has broken is made anew.
ifneq ($(wildcard $(VENV)/.runtime),)
  ifneq ($(shell $(BIN)/python -c 'import asgiref; print("ok")' 2>/dev/null),ok)
    $(shell rm -f $(BIN)/python $(VENV)/.runtime $(VENV)/.dev)
  endif
endif

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## /  make \1\t/' | expand -t 18

# ── run and test ────────────────────────────────────────────────────────────────────────────────

# TODAY keeps the demonstration in the month that its figures end in; `make run TODAY=` takes the real day.
run: $(VENV)/.runtime $(CATALOGUE).mo  ## serve the demonstration on 127.0.0.1:$(PORT), loading it the first time
	@$(BIN)/python -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null \
	  || { echo "Port $(PORT) is taken on this machine; choose another: make run PORT=$$(($(PORT) + 1))"; exit 1; }
	@echo "Preparing the database …"
	@TODAY=$(TODAY) $(MANAGE) prepare_demonstration
	@echo "Serving on http://127.0.0.1:$(PORT)/ until Ctrl+C …"
	@$(serve)

# The server, and the worker that does the background work beside it. Both end when either is told to:
# the shell waits for the server, passes on what it is told, and takes the worker along.
define serve
export TODAY=$(TODAY); \
$(MANAGE) worker & worker=$$!; \
$(BIN)/gunicorn tracker.wsgi --bind 127.0.0.1:$(PORT) --preload --workers 2 --threads 4 \
  --no-control-socket --log-level warning & server=$$!; \
trap 'kill $$server 2>/dev/null' INT TERM HUP; \
while kill -0 $$server 2>/dev/null; do wait $$server; ended=$$?; done; \
kill $$worker 2>/dev/null; wait $$worker; exit $$ended
endef

test: $(VENV)/.dev $(CATALOGUE).mo  ## run every test; the browser tests where a Chromium is found (make test ARGS="-k stages")
	@$(BIN)/pytest $(ARGS)

# The others are started by name: python -m benchmarks.reporting, .importing, .exporting (benchmarks/README.md).
bench: $(VENV)/.runtime $(CATALOGUE).mo  ## measure the list with up to 100,000 projects, a few minutes (make bench ARGS=--quick)
	@$(BIN)/python -m benchmarks.list_page $(ARGS)

check: $(VENV)/.dev $(CATALOGUE).mo  ## everything that has to hold before a change is taken, then the tests
	@echo "── format and lint";      $(BIN)/ruff format --check . && $(BIN)/ruff check .
	@echo "── types";                $(BIN)/mypy
	@echo "── order of imports";     $(BIN)/lint-imports
	@echo "── templates";            $(BIN)/djade --check $(TEMPLATES) && $(BIN)/djlint --lint --quiet templates
	@echo "── production settings";  $(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	@echo "── translations";         $(MANAGE) collect_translations --check
	@echo "── lock files";           ! grep -nE 'https?://|--index|find-links|file:' $(LOCKS)
	@echo "── tests";                $(BIN)/pytest $(ARGS)

format: $(VENV)/.dev  ## bring Python code and templates into form
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
	@$(BIN)/djade $(TEMPLATES)

messages: $(VENV)/.dev  ## collect the sentences of the source into the Chinese catalogue
	@$(MANAGE) collect_translations

$(CATALOGUE).mo: $(CATALOGUE).po | $(VENV)/.runtime
	@$(MANAGE) compile_translations

# ── the environment ─────────────────────────────────────────────────────────────────────────────

setup: $(VENV)/.runtime  ## create or update .venv with what the program needs

setup-dev: $(VENV)/.dev  ## the same, with what tests and checks need

# Made without a pip of its own: a fresh Debian has pip but not python3-venv, which `venv` needs only for that.
$(BIN)/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; say which one to use: make $(MAKECMDGOALS) PY=python3.12"; exit 1; }
	@echo "Creating the environment in $(VENV) …"
	@if $(PY) -m pip --version >/dev/null 2>&1; then $(PY) -m venv --clear --without-pip $(VENV); \
	  else $(PY) -m venv --clear $(VENV); fi

# Where the development set is, it stays: `make test` and `make run` share the environment.
$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@$(call install,$(if $(wildcard $(VENV)/.dev),requirements-dev.txt,requirements.txt))
	@touch $@

$(VENV)/.dev: $(LOCKS) | $(BIN)/python
	@$(call install,requirements-dev.txt)
	@touch $(VENV)/.runtime $@

# uv takes seconds where pip takes a minute. It is itself installed by its locked hashes; where it cannot be
# had or cannot reach its index, pip does the work. uv does not read pip's settings, so a mirror that is
# named there is passed on.
define install
set -e; \
pip="$(PY) -m pip"; \
if $$pip --version >/dev/null 2>&1; then pip="$$pip --python $(BIN)/python"; else pip="$(BIN)/python -m pip"; fi; \
if [ ! -x $(BIN)/uv ]; then \
  echo "Fetching the installer …"; \
  awk '/^[^ ]/ { wanted = /^uv==/ } wanted' requirements-dev.txt > $(VENV)/installer.txt; \
  $$pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/installer.txt || true; \
fi; \
mirror="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$($$pip config get global.index-url 2>/dev/null || true)}}"; \
if [ -n "$$mirror" ]; then export UV_DEFAULT_INDEX="$$mirror"; fi; \
echo "Installing $(1) into $(VENV) …"; \
$(BIN)/uv pip sync --python $(BIN)/python --require-hashes $(1) \
  || { echo "Trying again with pip, which takes a minute …"; \
       $$pip install --disable-pip-version-check --no-deps --require-hashes -r $(1); }
endef

# The lock files name versions and hashes, and no address that packages come from.
lock: $(VENV)/.dev  ## resolve the versions in pyproject.toml anew, into the lock files
	@$(call resolve,requirements.txt)
	@$(call resolve,requirements-dev.txt,--group dev --constraint requirements.txt)

define resolve
echo "Resolving $(1) …"; \
$(BIN)/uv pip compile pyproject.toml $(2) --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url --no-emit-find-links --annotation-style=line --quiet -o $(1)
endef

clean:  ## remove the environment and everything made by tools; the data in var/ stays
	rm -rf $(VENV) staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis locale/*/LC_MESSAGES/*.mo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
