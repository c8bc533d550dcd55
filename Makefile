# make app    the application, on http://localhost:8501 (make app PORT=9000 for another port)
# make test   everything that is checked: lint, types, tests, the application in a real browser
# Both make their own virtual environment in .venv, again only after the requirements have changed.

PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
TYPED := core ui pages app.py tests tools benchmarks

.PHONY: app test lint format types benchmark wheel lock licences audit image-check clean

app: $(VENV)/installed-app
	$(BIN)/streamlit run app.py --server.port=$(PORT)

test: lint types
	$(BIN)/python tools/find_browser.py
	$(BIN)/pytest -n logical --maxprocesses=4 --dist loadfile -m "not browser"
	$(BIN)/pytest -m browser

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/check_javascript.py

types: $(VENV)/installed-dev
	$(BIN)/mypy --strict $(TYPED)

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

benchmark: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks

wheel: $(VENV)/installed-dev
	$(BIN)/pip wheel --no-deps --wheel-dir dist .

lock: $(VENV)/installed-dev
	UV=$(BIN)/uv sh tools/lock.sh

licences: $(VENV)/installed-dev
	$(BIN)/python -m tools.list_licences > docs/licences.md.new
	mv docs/licences.md.new docs/licences.md

# Asks pypi.org's and OSV's databases of known weaknesses about every locked package.
audit: $(VENV)/installed-dev
	$(BIN)/uv tool run pip-audit --require-hashes --disable-pip --requirement requirements.lock

# Minutes, and root or a Docker engine: not a part of `make test`.
image-check: $(VENV)/installed-dev
	PYTHON=$(abspath $(BIN)/python) bash tools/check_image.sh

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	sh tools/make_venv.sh $(VENV)

$(VENV)/installed-app: requirements.txt | $(VENV)/bin/python
	@echo "Installing the requirements into $(VENV): 3 GB, some minutes, this once."
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements.txt
	touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	@echo "Installing the development requirements into $(VENV): 3.5 GB, some minutes, this once."
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	touch $@ $(VENV)/installed-app
