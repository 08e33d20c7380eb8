#!/usr/bin/env bash
# Recompile requirements/*.txt from requirements/*.in: exact versions with hashes, no addresses.
# Needs uv (pip install uv). Run after a change of a .in file; `--upgrade` takes the newest allowed versions.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
options=(--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet "$@")
"$uv" pip compile "${options[@]}" requirements/prod.in -o requirements/prod.txt
"$uv" pip compile "${options[@]}" -c requirements/prod.txt requirements/dev.in -o requirements/dev.txt
