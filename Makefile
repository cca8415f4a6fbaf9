# Every target works alone from a fresh clone: it makes .venv and installs what it needs there.

PYTHON ?= python3
PORT ?= 8000
JOBS ?= auto

venv := .venv
bin := $(venv)/bin
pip := $(bin)/python -m pip --disable-pip-version-check --no-input
site := build/site
bundle := _ext/reasonbook/sphinx/static/reasonbook-json-schema.js

.DEFAULT_GOAL := site
.DELETE_ON_ERROR:
.PHONY: help site live test test-fast test-lowest test-types test-schemathesis lighthouse reached screenshots bench lint check doctest generate clean debian-packages

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The check comes first since it says what is wrong without Sphinx's own words about it.
site: $(venv)/package.stamp check $(bundle) ## build the site into build/site; a failure leaves the former one there
	@$(bin)/python -m project.build_site source $(site) --confdir . --jobs $(JOBS)
	@echo
	@echo 'The site is in $(site). To look at it:'
	@echo '  python3 -m http.server --bind 127.0.0.1 --directory $(site) $(PORT)'
	@echo 'and open http://127.0.0.1:$(PORT)/'

# Only sources are watched: what a build writes (build/, bytecode) would start the next build.
# A preview shows in the browser what is wrong with the catalogue, and what can be read of it.
live: $(venv)/package.stamp ## build, serve on 127.0.0.1 and rebuild on every edit (PORT=8000)
	$(bin)/python -m sphinx_autobuild -n -D reasonbook_preview=1 -c . -d build/live-doctrees \
	  --host 127.0.0.1 --port $(PORT) --watch catalogue --watch _ext \
	  --re-ignore '/__pycache__(/|$$)' --re-ignore '\.egg-info(/|$$)' \
	  source build/live

# Stealing keeps tests of a file together, so that fewer fixtures are made by both workers.
test: debian-packages lint check doctest $(venv)/test.stamp $(bundle) ## lint, check, doctest, then pytest
	$(bin)/python -m pytest -n 2 --dist worksteal

test-fast: $(venv)/test.stamp $(bundle) ## pytest without builds of sites and what takes long: under a minute
	$(bin)/python -m pytest -n 2 --dist worksteal -m 'not builds and not slow' tests

# About 90 CPU seconds, so CI runs it beside the rest.
test-lowest: $(venv)/lowest/package.stamp ## the tests of the Sphinx part on the lowest versions that are allowed
	$(<D)/bin/python -m pytest -n 2 --dist worksteal -m 'not slow' tests/sphinx tests/site_extension

# What generates types is too large for every run: it has its own environment.
test-types: $(venv)/test.stamp ## check that usual generators make types of the published schemas
	$(PYTHON) -m venv --clear build/types
	build/types/bin/pip install --quiet --disable-pip-version-check --require-hashes -r tests/types/requirements.txt
	cd tests/types && npm ci --ignore-scripts --no-audit --no-fund
	$(bin)/python -m pytest tests/types/check_types.py

# Schemathesis needs much, and takes long: it has its own environment, and CI runs it beside the rest.
test-schemathesis: $(venv)/test.stamp $(venv)/schemathesis/package.stamp ## let Schemathesis ask the mock server; audit its reports
	$(bin)/python -m pytest tests/auditing/check_schemathesis.py

# Hugo and Zensical have an environment of their own.
bench: debian-packages $(venv)/test.stamp $(venv)/bench/package.stamp ## measure, also beside Hugo and Zensical (short: SIZES='500 1000' RUNS=1)
	@$(bin)/python -m project.bench --tools $(venv)/bench/bin $(if $(SIZES),--sizes '$(SIZES)') $(if $(RUNS),--runs $(RUNS))

lighthouse: debian-packages $(venv)/test.stamp ## Lighthouse's medians on a slow phone; fails below what tests/site/access asks
	$(bin)/python -m pytest -q tests/site/access/check_lighthouse.py

reached: debian-packages $(venv)/test.stamp $(bundle) ## every number of pages and searches in one table: Lighthouse, axe, bytes, searches
	$(bin)/python -m pytest -q tests/site/access tests/site/access/check_lighthouse.py tests/site/test_find.py tests/sphinx/find

screenshots: debian-packages $(venv)/test.stamp ## every kind of page, both widths, light and dark, into build/screenshots
	$(bin)/python -m pytest -q tests/site/access/make_screenshots.py

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

# What the page that explains an error takes from npm, in one file. The page works without it, but
# then checks no schema.
$(bundle): web/package-lock.json web/json-schema.js
	@if command -v npm > /dev/null; then \
	  cd web && npm ci --silent --ignore-scripts && npm run --silent bundle > $(CURDIR)/$@.new \
	  && mv $(CURDIR)/$@.new $(CURDIR)/$@; \
	else echo 'npm is not there: the page Explain will not check bodies by their schemas.'; fi

debian-packages:
	@.ci/debian-packages .ci/debian-packages.txt

$(venv)/package.stamp: requirements.txt pyproject.toml
$(venv)/test.stamp: $(venv)/package.stamp requirements-test.txt

ifndef SETTING_UP
# Two makes at once would spoil the environment for each other: one waits for the lock, and then
# finds it done.
one_at_a_time := import fcntl, os, sys; lock = os.open("Makefile", os.O_RDONLY); \
  fcntl.flock(lock, fcntl.LOCK_EX); os.set_inheritable(lock, True); os.execvp(sys.argv[1], sys.argv[1:])

$(venv)/package.stamp $(venv)/test.stamp:
	@$(PYTHON) -c '$(one_at_a_time)' $(MAKE) --no-print-directory SETTING_UP=1 $@
else
# A stamp is written last, and after what was installed could be imported, so that an interrupted
# install is done again. A changed lock starts from an empty environment: pip would leave behind what
# the lock no longer names.
$(venv)/locked.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Reasonbook needs Python 3.11 or newer: make PYTHON=/path/to/python3")'
	$(PYTHON) -m venv --clear $(venv)
	$(pip) install --quiet --require-hashes -r requirements.txt
	@touch $@

# The lock holds the build backend, so nothing else is downloaded here.
$(venv)/package.stamp: $(venv)/locked.stamp
	$(pip) install --quiet --no-deps --no-build-isolation --editable .
	@$(bin)/python -c 'import reasonbook.checking, reasonbook.site, sphinx.application'
	@touch $@

$(venv)/test.stamp:
	$(pip) install --quiet --require-hashes -r requirements-test.txt
# The tests of the package install from here, without a network.
	$(pip) download --quiet --no-deps --require-hashes -r requirements.txt -d $(venv)/wheels
	@$(bin)/python -c 'import mypy, pytest, ruff'
	@touch $@
endif

$(venv)/bench/package.stamp $(venv)/schemathesis/package.stamp: $(venv)/%/package.stamp: requirements-%.txt
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(venv)/lowest/package.stamp: requirements-lowest.txt pyproject.toml
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --require-hashes -r requirements-lowest.txt
	$(@D)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
