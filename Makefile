# Two commands matter: `make serve` and `make test`. `make` alone lists all of them.

BIN := .venv/bin
# Worker processes of pytest, one more than there are cores, since many tests wait for a server or a browser;
# `make test WORKERS=0` runs everything in one.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)
# How often `make torture` kills the desk on each database.
N ?= 500
# More words for pytest, as in `make test ARGS="-k promise"`.
ARGS ?=
# Not run a second time on PostgreSQL: what never touches a database or only ones of its own, browsers, stories, pages,
# and the attacks, of which there are thousands. `make test ONLY_ON_SQLITE=` runs them there, too.
ONLY_ON_SQLITE ?= $(addprefix --ignore=tests/,rules language house ui notify stories intake/mail browser attacks audit readers agreement staff customer second_reader benchmarks) -m "not browser"

# Debian keeps dovecot where a plain user's path doesn't look.
export PATH := $(PATH):/usr/sbin:/sbin

.DEFAULT_GOAL := help
.PHONY: help setup setup-audit setup-dev serve check test torture bench lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv with the locked packages and the command makegood
	@scripts/setup.sh run

setup-audit: ## The same, with what the audit of another desk's log needs
	@scripts/setup.sh audit

setup-dev: ## The same, with what tests and checks need
	@scripts/setup.sh dev

serve: setup ## Run everything on this machine and say where to sign in
	@exec $(BIN)/makegood serve

check: setup-dev ## Lint, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

test: setup-dev ## Everything: check, then all tests on SQLite and on PostgreSQL
	@scripts/system_packages.sh test
	@$(MAKE) --no-print-directory check
	MAKEGOOD_HOME=$$(mktemp -d) $(BIN)/python -m pytest -n $(WORKERS) $(ARGS)
	MAKEGOOD_HOME=$$(mktemp -d) scripts/postgres.sh $(BIN)/python -m pytest -n $(WORKERS) $(ONLY_ON_SQLITE) $(ARGS)

torture: setup-dev ## Kill a working desk at random N times, on SQLite and on PostgreSQL
	$(BIN)/python -m tests.crashes.torture --kills $(N)
	scripts/postgres.sh $(BIN)/python -m tests.crashes.torture --kills $(N)

bench: setup-dev ## Measure, and print the figures
	@scripts/bench.sh

lock: setup-dev ## Choose the newest allowed packages and write the lock files
	@scripts/lock.sh

clean: ## Remove .venv and every cache (var/, where the cases are, stays)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist *.egg-info
	find makegood tests benchmarks scripts -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
