# Every target works alone from a fresh clone: it makes .venv and installs what it needs there.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= auto

venv := .venv
bin := $(venv)/bin
pip := $(bin)/python -m pip --disable-pip-version-check --no-input
site := build/site

.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
.PHONY: help site live test test-fast test-types lint check doctest generate clean debian-packages

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The check comes first since it says what is wrong without Sphinx's own words about it.
site: $(venv)/package.stamp check ## build the site into build/site; a failure leaves the former one there
	@$(bin)/python -m project.build_site source $(site) --confdir . --jobs $(JOBS)
	@echo
	@echo 'The site is in $(site). To look at it:'
	@echo '  python3 -m http.server --bind 127.0.0.1 --directory $(site) $(PORT)'
	@echo 'and open http://127.0.0.1:$(PORT)/'

# Only sources are watched: what a build writes (build/, bytecode) would start the next build.
live: $(venv)/package.stamp ## build, serve on 127.0.0.1 and rebuild on every edit (PORT=8000)
	$(bin)/python -m sphinx_autobuild -n -c . -d build/live-doctrees \
	  --host 127.0.0.1 --port $(PORT) --watch catalogue --watch _ext \
	  --re-ignore '/__pycache__(/|$$)' --re-ignore '\.egg-info(/|$$)' \
	  source build/live

# Stealing keeps tests of a file together, so that fewer fixtures are made by both workers.
test: debian-packages lint check doctest $(venv)/test.stamp ## lint, check, doctest, then pytest
	$(bin)/python -m pytest -n 2 --dist worksteal

test-fast: $(venv)/test.stamp ## pytest without builds of sites and what takes long: under a minute
	$(bin)/python -m pytest -n 2 --dist worksteal -m 'not builds and not slow' tests

# What generates types is too large for every run: it has its own environment.
test-types: $(venv)/test.stamp ## check that usual generators make types of the published schemas
	$(PYTHON) -m venv --clear build/types
	build/types/bin/pip install --quiet --disable-pip-version-check --require-hashes -r tests/types/requirements.txt
	cd tests/types && npm ci --ignore-scripts --no-audit --no-fund
	$(bin)/python -m pytest tests/types/check_types.py

lint: $(venv)/test.stamp ## style and types
	$(bin)/python -m ruff check
	$(bin)/python -m ruff format --check
	$(bin)/python -m mypy

check: $(venv)/package.stamp ## check the catalogue by all rules (AGAINST=origin/main: also against what that published)
	$(bin)/reasonbook check catalogue $(if $(AGAINST),--against $(AGAINST))

doctest: $(venv)/package.stamp ## run every JSON example
	$(bin)/python -m sphinx -b doctest -E -n -W -c . -d build/doctest-doctrees source build/doctest

generate: $(venv)/package.stamp ## write what is made from the format: schemas for editors, key tables
	@$(bin)/python -m project.generate

clean: ## remove what was built (for a new environment, remove .venv too)
	rm -rf build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find _ext tests -name __pycache__ -prune -exec rm -rf {} +

debian-packages:
	@.ci/debian-packages .ci/debian-packages.txt

# A stamp is written last, so that an interrupted install is done again. A changed lock starts from
# an empty environment: pip would leave behind what the lock no longer names.
$(venv)/locked.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Reasonbook needs Python 3.11 or newer: make PYTHON=/path/to/python3")'
	$(PYTHON) -m venv --clear $(venv)
	$(pip) install --quiet --require-hashes -r requirements.txt
	@touch $@

# The lock holds the build backend, so nothing else is downloaded here.
$(venv)/package.stamp: $(venv)/locked.stamp pyproject.toml
	$(pip) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(venv)/test.stamp: $(venv)/package.stamp requirements-test.txt
	$(pip) install --quiet --require-hashes -r requirements-test.txt
	@touch $@
