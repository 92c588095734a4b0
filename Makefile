# Learnapp: `make run` to use it, `make test` to try it. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
SEED ?= 7
BIN := .venv/bin
FLASK := $(BIN)/flask --app learnapp.cli
# To develop with: an instance folder of its own, so that nothing is touched that `make run` keeps.
DEV := LEARNAPP_ENVIRONMENT=development FLASK_DEBUG=1 LEARNAPP_INSTANCE=instance/dev DATABASE_URL=
AUTHOR := instance/dev/author.txt
# To show: gone and made anew each time.
DEMO_FOLDER := instance/demo
DEMO := LEARNAPP_ENVIRONMENT=development LEARNAPP_INSTANCE=$(DEMO_FOLDER) DATABASE_URL=
AUDIT := .cache/audit

# What Python compiled is kept, whatever the shell says: a start is then half as long, and so is a test run's.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run install dev demo test test-long test-quick test-faults-long check bench bench-capacity format sbom audit lock clean

help: ## list what make can do
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Learnapp needs Python 3.11 or newer; name one with PYTHON=python3.12'; exit 1; }
	$(PYTHON) -m venv .venv

# requirements-dev.txt holds every line of requirements.txt, so whichever came last is enough to run.
.venv/.run: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/.run

# The server takes the shell's place, so that a SIGTERM to make ends the server. A SIGINT to make alone, other than from
# a terminal, does not: make passes none on. Who supervises the server starts `.venv/bin/python -m learnapp`.
run: .venv/.run ## serve the course at http://127.0.0.1:8000 (PORT=, HOST= and WORKERS= change it)
	@HOST=$(HOST) PORT=$(PORT) exec $(BIN)/python -m learnapp

install: .venv/.run ## install what the server needs, and nothing else

dev: .venv/.run ## serve in debug, reload what is changed, show problems of the content; makes an account "author"
	@$(DEV) $(FLASK) db upgrade
	@test -s $(AUTHOR) || (umask 077 && $(DEV) $(FLASK) accounts create author --role author --generate \
		| sed 's/, shown only now//' > $(AUTHOR))
	@cat $(AUTHOR) && echo 'Sign in at http://$(HOST):$(PORT)/account/sign-in (stop with Ctrl+C)'
	@$(DEV) $(BIN)/flask --app wsgi run --host $(HOST) --port $(PORT)

demo: .venv/.run ## serve a made-up school from a throw-away database, and print who can sign in (SEED=7)
	@rm -rf $(DEMO_FOLDER)
	@$(DEMO) $(FLASK) db upgrade
	@echo 'Three classes, ninety students, six weeks: this takes about ten seconds.'
	@$(DEMO) $(FLASK) demo seed --seed $(SEED) >/dev/null
	@$(DEMO) $(FLASK) demo accounts
	@echo 'Sign in at http://$(HOST):$(PORT)/account/sign-in (stop with Ctrl+C)'
	@$(DEMO) HOST=$(HOST) PORT=$(PORT) exec $(BIN)/python -m learnapp

test: .venv/.dev ## run all but what is marked long, in three minutes; what was skipped stands at the end
	@$(BIN)/python -m pytest -q -n auto

test-long: .venv/.dev ## run every test, long ones too, with 30,000 odd requests (ARGS="tests/learning -k postgresql")
	@LEARNAPP_TEST_LONG=1 $(BIN)/python -m pytest -q -n auto $(ARGS)

test-quick: .venv/.dev ## run what is quick, on SQLite, in forty seconds: no browser, no faults, two cases of each table
	@LEARNAPP_TEST_POSTGRES= LEARNAPP_TEST_REDIS= $(BIN)/python -m pytest -q -n auto \
		-m 'not browser and not faults and not slow'

test-faults-long: .venv/.dev ## kill, fill, freeze and lock, by figures, then an hour of load (ARGS="--minutes 5 --saves 1000")
	@$(BIN)/python -m tests.faults.long $(ARGS)

check: .venv/.dev ## style, types, templates, import rules, content, lock
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/djlint learnapp/templates --lint --quiet
	@$(BIN)/lint-imports --no-logo
	@LEARNAPP_ENVIRONMENT=development FLASK_DEBUG=1 $(FLASK) content check --strict
	@coverage=$$(LEARNAPP_ENVIRONMENT=development FLASK_DEBUG=1 $(FLASK) content coverage --require-complete) || \
		{ echo "$$coverage"; exit 1; }
	@$(BIN)/python tests/lock.py

bench: .venv/.dev ## print the ratios that docs/benchmarks.md records
	@$(BIN)/python -m tests.bench.bench

bench-capacity: .venv/.dev ## find out how many learners the server takes (ARGS=--postgresql, --from, --step, --to)
	@$(BIN)/python -m tests.bench.capacity $(ARGS)

format: .venv/.dev ## let ruff lay out the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# In a place of its own: forty packages that nothing else needs.
$(AUDIT)/.ready: requirements-audit.txt | $(BIN)/python
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	@touch $@

sbom: $(AUDIT)/.ready ## write sbom.json, a CycloneDX list of every package that runs here; needs no network
	@$(AUDIT)/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --mc-type application \
		--output-reproducible --output-file sbom.json
	@echo "sbom.json lists the packages of requirements.txt"

audit: $(AUDIT)/.ready ## ask the advisory database about every package that is pinned; fails where it cannot be reached
	@AUDIT=$(AUDIT)/bin/pip-audit $(PYTHON) deploy/audit.py requirements.txt requirements-dev.txt

lock: .venv/.dev ## pin again what pyproject.toml asks for
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		-c requirements.txt -o requirements-dev.txt
	$(BIN)/uv pip compile --group audit --universal --python-version 3.11 --generate-hashes -o requirements-audit.txt

clean: ## remove what was installed and built (the database in instance/ stays)
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
