# Everything a person does with this project, by name; `make` alone lists it.

PY ?= python3
PORT ?= 8000
TODAY ?= 2023-10-10

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev lock
MAKEFLAGS += --no-print-directory

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## /\1\t/' | expand -t 12

# ── the environment ─────────────────────────────────────────────────────────────────────────────

setup: $(VENV)/.runtime  ## create or update the environment in .venv with what the program needs

setup-dev: $(VENV)/.dev  ## the same, with what tests and checks need

# Made without pip of its own, because a fresh Debian has python3-pip but not python3-venv, and
# `venv` needs the latter only to put pip inside.
$(BIN)/python:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; say which one to use: make $(MAKECMDGOALS) PY=python3.12"; exit 1; }
	@echo "Creating the environment in $(VENV) …"
	@if $(PY) -m pip --version >/dev/null 2>&1; then $(PY) -m venv --clear --without-pip $(VENV); \
	  else $(PY) -m venv --clear $(VENV); fi

# A runtime environment that also holds the development set keeps it: `make test` and `make run` share it.
$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@$(call install,$(if $(wildcard $(VENV)/.dev),requirements-dev.txt,requirements.txt))
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	@$(call install,requirements-dev.txt)
	@touch $(VENV)/.runtime $@

# uv takes seconds where pip takes a minute; it is itself installed by its locked hashes, and pip does
# the work where it cannot be had. uv does not read pip's settings, so a mirror named there is passed on.
define install
set -e; \
pip="$(PY) -m pip"; $$pip --version >/dev/null 2>&1 && pip="$$pip --python $(BIN)/python" || pip="$(BIN)/python -m pip"; \
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
lock: $(VENV)/.dev  ## resolve the versions in pyproject.toml again, into requirements*.txt
	@$(foreach set,requirements.txt requirements-dev.txt, \
	  $(BIN)/uv pip compile pyproject.toml $(if $(findstring dev,$(set)),--group dev --constraint requirements.txt) \
	  --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links --annotation-style=line --quiet -o $(set) && echo "Wrote $(set)." &&) true
