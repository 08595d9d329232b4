# The same words everywhere: a person's shell, the scheduler and CI. `make nightly` and `make test` need nothing done before.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
ROOMS := orchestration data_contracts conflation profiles governance synthetic_world
UV_VERSION := $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements/requirements.lock)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DO_NOT_TRACK := 1
export DAGSTER_DISABLE_TELEMETRY := yes
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
OUT ?= out
NIGHT := $(BIN)/force-profiles night --out "$(OUT)" $(if $(LANDING),--landing "$(LANDING)") $(if $(AS_OF),--as-of $(AS_OF)) $(if $(SCALE),--scale $(SCALE)) $(NIGHT_ARGS)

.DEFAULT_GOAL := help
.PHONY: help nightly test check bench world faults soak review setup lock format dictionary generated released dev clean

help:            ## the words this project knows
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

$(STAMP): requirements/requirements.lock pyproject.toml
	@set -e; PYTHON=$$(sh bootstrap/find_python.sh); export PYTHON; sh bootstrap/system_libraries.sh; \
	echo "Setting up $(VENV) with $$PYTHON"; \
	[ -x $(BIN)/python ] && [ "$$($(BIN)/python -V 2>/dev/null)" = "$$($$PYTHON -V)" ] || { rm -rf $(VENV); "$$PYTHON" -m venv $(VENV); }; \
	sed -n '/^uv==/,/^[a-z]/p' requirements/requirements.lock | sed '$${/^[a-z]/d;}' > $(VENV)/uv.lock.txt; \
	$(BIN)/python -m pip install -q --require-hashes --no-deps -r $(VENV)/uv.lock.txt; \
	$(BIN)/uv pip sync -q --compile-bytecode --python $(BIN)/python --require-hashes requirements/requirements.lock; \
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	$(BIN)/python -m compileall -q $(ROOMS); \
	touch $(STAMP)

setup: $(STAMP)  ## make .venv from the lock file (the other words do this themselves)

nightly: $(STAMP) ## run a whole night: make nightly [LANDING=path] [OUT=dir] [AS_OF=YYYY-MM-DD] [SCALE=demo]
	@$(NIGHT)

test: $(STAMP)   ## every test
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(STAMP)  ## style, types, laws of the house, contracts, SQL
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m data_contracts.lint
	@$(BIN)/sqlfluff lint -q --processes 2 dbt_project/models dbt_project/tests

bench: $(STAMP)  ## cost of landing, rendering and linkage beside the bare tools; worlds at every scale, gates at random seeds
	@$(BIN)/python -m benchmarks $(if $(LANDING),--landing "$(LANDING)") $(if $(ROWS),--rows $(ROWS)) $(if $(SCALES),--scales $(SCALES)) $(BENCH_ARGS)

world: $(STAMP)  ## make a fictional world and its answer book: make world [SCALE=demo] [SEED=n] [YEARS=5] [OUT=dir]
	@$(BIN)/force-profiles world make --scale $(or $(SCALE),demo) --out "$(OUT)/world/$(or $(SCALE),demo)" $(if $(SEED),--seed $(SEED)) $(if $(YEARS),--years $(YEARS))

faults: $(STAMP) ## only the tests that kill, poison and starve a night
	@$(BIN)/python -m pytest -m faults

soak: $(STAMP)   ## faults at random in the bytes of every reader's files: make soak [FAULTS=500]
	@$(BIN)/python -m pytest tests/feeds/test_feed_soak.py -n 2 --soak $(or $(FAULTS),500)

review:          ## not built yet
	@echo "make $@ arrives with a later issue; see CHANGELOG.md for what stands today." >&2; exit 2

dictionary: $(STAMP) ## write the data dictionary from the contracts: docs/data-dictionary.md, and a page under OUT
	@$(BIN)/python -m data_contracts.dictionary docs/data-dictionary.md
	@mkdir -p "$(OUT)" && $(BIN)/force-profiles contract dictionary --path "$(OUT)/data-dictionary.html"

generated: dictionary ## write all that is made from the contracts: the dictionary, and dbt's words on feeds and profiles about people
	@$(BIN)/python -m orchestration.staging_words
	@$(BIN)/python -m orchestration.profile_words

released: $(STAMP) ## after a release: remember what each contract promises (data_contracts/released.json)
	@$(BIN)/python -m data_contracts.released

dev: $(STAMP)    ## the asset graph in a browser, on this machine only
	@mkdir -p "$(OUT)/dagster" && printf 'telemetry:\n  enabled: false\n' > "$(OUT)/dagster/dagster.yaml"
	@DAGSTER_HOME="$(abspath $(OUT))/dagster" FORCE_PROFILES_OUT="$(OUT)" FORCE_PROFILES_LANDING="$(LANDING)" $(BIN)/dagster dev -h 127.0.0.1 -m orchestration.definitions

format: $(STAMP) ## put code and SQL into house style
	@$(BIN)/ruff check -q --fix . ; $(BIN)/ruff format -q . ; $(BIN)/sqlfluff fix -q dbt_project/models dbt_project/tests

lock: $(STAMP)   ## recompile the lock file: hashes for every Python, no addresses
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  -o requirements/requirements.lock requirements/requirements.in

clean:           ## forget what was built (never touches OUT)
	@rm -rf $(VENV) dbt_project/target dbt_project/logs .mypy_cache .ruff_cache .pytest_cache .hypothesis
