# The menu. `make demo` and `make test` do all the set-up they need in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: figures pictures demo demo-channel serve test prove lint law bench docs structures clean

demo: .venv/ready
	@$(BIN)/python examples/demo.py
	@echo 'Start the pages (then open http://127.0.0.1:8765/): $(BIN)/drugcontrol serve'

demo-channel: .venv/ready
	@$(BIN)/python examples/demo_channel.py

serve: .venv/ready
	@$(BIN)/drugcontrol serve

test: .venv/ready-dev lint
	@$(BIN)/pytest

lint: .venv/ready-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/codespell src tests docs examples tools bench *.md
	@$(BIN)/yamllint -s src tests

prove: .venv/ready-dev
	@DRUGCONTROL_MUTATIONS=100000 DRUGCONTROL_BUNDLES=1000 DRUGCONTROL_MERKLE_STEP=1 DRUGCONTROL_FUZZ=20000 \
		$(BIN)/pytest tests/channel --durations=12

law: .venv/ready
	@$(BIN)/drugcontrol law check

bench: .venv/ready
	@$(BIN)/python bench/check_latency.py
	@$(BIN)/python bench/class_rules.py
	@$(BIN)/python bench/screening.py
	@$(BIN)/python bench/channel.py
	@$(BIN)/python bench/web.py

docs: .venv/ready
	@$(BIN)/python tools/readme.py

figures: .venv/ready-dev
	@$(BIN)/python tools/figures.py $(SOURCES)

structures: .venv/ready-dev
	@$(BIN)/python tools/structures.py

pictures: .venv/ready-dev
	@$(BIN)/python tools/screenshots.py

clean:
	rm -rf .venv out build dist

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "drugcontrol needs Python 3.11 or newer: make PYTHON=python3.11 demo")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (some minutes the first time) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[web]'
	@touch $@

.venv/ready-dev: pyproject.toml .venv/ready
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[web,dev]'
	@touch $@
