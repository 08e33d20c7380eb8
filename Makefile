# For developers; ./run and ./test need nothing of this.
PY := $(if $(VENV_DIR),$(VENV_DIR),.venv)/bin
CITY ?= cimahi-2023
SIZE ?= small
# A key for commands that only look at the code.
LINT_ENV := SECRET_KEY=only-for-looking-at-the-code DEBUG=1 DATA_DIR=var/lint

.PHONY: run test lint format bench demo lock

run:
	./run $(CITY)

test:
	./test

lint:
	scripts/bootstrap.sh dev
	$(PY)/ruff check .
	$(PY)/ruff format --check .
	@! grep -nE '://|file:' requirements/*.txt || { echo 'requirements/*.txt must not hold addresses'; exit 1; }
	$(LINT_ENV) $(PY)/python manage.py check
	$(LINT_ENV) $(PY)/python manage.py makemigrations --check --dry-run

format:
	$(PY)/ruff check --fix .
	$(PY)/ruff format .

bench:
	scripts/bootstrap.sh dev
	SIZE=$(SIZE) $(PY)/python benchmarks/run.py

demo:
	scripts/bootstrap.sh prod
	$(PY)/python scripts/prepare.py $(CITY)

lock:
	scripts/lock.sh
