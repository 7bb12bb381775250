# The doors of the house. Recipes stay one line each: the work is in tools/bootstrap.py and bienban.stack.
# No path is absolute, so a checkout may lie in a folder with blanks.
PYTHON ?= python3
HOUSE := $(PYTHON) tools/bootstrap.py
DUMP ?=
ROLE ?= bi

.DEFAULT_GOAL := help
.PHONY: help install run rebuild test chaos fuzz check lint up down status psql dsn bench clean lock

help:  ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' Makefile | expand -t 12

install:  ## the locked environment in .venv
	@$(HOUSE) install

run:  ## read a dump (DUMP=path-or-url; default: the sample), check, publish, report
	@$(HOUSE) run "$(DUMP)"

rebuild:  ## full refresh of all models from raw, gate, publish
	@$(HOUSE) rebuild

test:  ## the tests
	@$(HOUSE) python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

chaos:  ## 200 kills of every part at random points; same tables in the end (about an hour)
	@BIENBAN_KILLS=200 $(HOUSE) python -m pytest tests/chaos -s

fuzz:  ## any text gives a result: BIENBAN_FUZZ examples (default 20,000; some twenty minutes)
	@BIENBAN_FUZZ="$${BIENBAN_FUZZ:-20000}" $(HOUSE) python -m pytest tests/unit/test_extract_fuzzed.py

check: test lint  ## what CI runs: tests, lint, types, dbt parse, SQL lint, import contracts

lint:
	@$(HOUSE) tools
	@$(HOUSE) python tools/lint.py

up:  ## Airflow with its web UI on localhost
	@BIENBAN_APPROVE="$${BIENBAN_APPROVE:-ask}" $(HOUSE) up

down:  ## stop everything of this home
	@$(HOUSE) down

status:  ## what runs, and where
	@$(HOUSE) status

psql:  ## a shell on the warehouse (ROLE=owner|loader|transformer|validator|publisher|auditor|bi)
	@$(HOUSE) psql "$(ROLE)"

dsn:  ## the connection string of a role, alone on the last line
	@$(HOUSE) dsn "$(ROLE)"

bench:  ## the benchmarks, a table of ratios
	@$(HOUSE) python -m bench

clean:  ## remove everything that make made
	@[ ! -x .venv/bin/python ] || $(HOUSE) clean
	@rm -rf .venv .tools-venv .venv.lock .tools-venv.lock .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

lock:  ## resolve the lock anew (maintainers)
	@$(HOUSE) python tools/lock.py
