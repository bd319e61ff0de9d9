# Everything a person types; `make` alone lists it. PYTHON=… chooses the interpreter, PORT=… where `make run` serves.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
RUN_STAMP := $(VENV)/run.stamp
DEV_STAMP := $(VENV)/dev.stamp
SPARK_STAMP := $(VENV)/spark.stamp
INSTALL := $(PY) -m pip install -q --disable-pip-version-check

# Commands and servers are started many times over: each would compile every module anew where Python keeps none.
export PYTHONDONTWRITEBYTECODE :=
# One demonstration city for all tests.
CITY := $(CURDIR)/build/test-city

.DEFAULT_GOAL := help
.PHONY: help run test quick check bench screenshots spark browser java clean
.DELETE_ON_ERROR:

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_STAMP)  ## serve the dashboard on 127.0.0.1 (PORT=8502 for another port)
	@[ -z "$(PORT)" ] || $(PY) -c 'import socket, sys; sys.exit(socket.socket().connect_ex(("127.0.0.1", int(sys.argv[1]))) == 0)' "$(PORT)" || { \
	  echo "端口 $(PORT) 已被占用：换一个，如 make run PORT=8601，或停掉占用它的程序。" >&2; \
	  echo "Port $(PORT) is in use: choose another, such as make run PORT=8601, or stop the program that uses it." >&2; exit 1; }
	$(PY) -m streamlit run app.py $(if $(PORT),--server.port $(PORT))

# Browser tests have a run of their own, for Playwright keeps an event loop in its process that other tests must not meet;
# no more than four at a time, each with a server and a browser. So have those that ask Spark: one server for all of
# them, whose work fills the cores.
test: export TEST_CITY := $(CITY)
test: check browser java  ## every check and every test, in a real browser and against a real Spark server too
	@rm -rf $(CITY) && mkdir -p $(CITY)
	$(PY) -m pytest -n auto -m "not browser and not spark"
	$(PY) -m pytest -m spark tests/test_spark.py
	$(PY) -m pytest -n auto --maxprocesses 4 --dist worksteal -m browser tests/browser

quick: check  ## the checks and the fast tests
	$(PY) -m pytest -n auto -m "not browser and not spark and not slow"

check: $(DEV_STAMP)  ## formatting, lint, types, the import ladder
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest tests/test_ladder.py tests/test_project.py

bench: $(DEV_STAMP)  ## measure everything against the least it can cost (15 to 20 minutes)
	$(PY) -m bench

screenshots: browser  ## pictures of every page, in both languages, themes and widths, in build/screenshots
	$(PY) -m tests.screenshots

spark: $(SPARK_STAMP)  ## a Spark server on 127.0.0.1 for GZDASH_ENGINE (SPARK_PORT=15003 for another port); needs Java
	$(PY) -m gzdash.engines.local_spark $(if $(SPARK_PORT),--port $(SPARK_PORT))

browser: $(DEV_STAMP)
	$(PY) -m tests.browser_setup

java: $(DEV_STAMP) $(SPARK_STAMP)
	$(PY) -m tests.spark_setup

clean:  ## remove what was built here; lakes and uploads stay
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis bench/results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Order-only: a venv made by hand is used as it is, and the age of its interpreter means nothing.
$(RUN_STAMP): requirements.txt | $(PY)
	@echo "Installing what the dashboard needs into $(VENV) (a minute or two the first time)"
	@$(INSTALL) -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements-dev.txt requirements-bench.txt $(RUN_STAMP)
	@echo "Installing what checks and tests need into $(VENV)"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@

$(SPARK_STAMP): requirements-spark.txt $(RUN_STAMP)
	@echo "Installing what Spark needs into $(VENV) (450 MB, some minutes the first time)"
	@$(INSTALL) -r requirements-spark.txt
	@touch $@

$(PY):
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "No '$(PYTHON)' found. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) --version) is too old: gzdash needs Python 3.11 or newer. Name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments (ensurepip is missing)." >&2; \
	  echo "On Debian or Ubuntu: apt-get install python3-venv, then try again." >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
