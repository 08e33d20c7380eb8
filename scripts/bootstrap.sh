#!/usr/bin/env bash
# Make the virtual environment hold exactly what requirements/<set>.txt says. Usage: scripts/bootstrap.sh prod|dev
# Looks for a Python that really works by running it: a name on the PATH may be a shim without anything behind it,
# and Debian splits venv from python3. Exit 2 with the line that installs what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
set_name=${1:-prod}
venv=${VENV_DIR:-.venv}

probe='
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 14):
    sys.exit(3)
print("%d.%d" % sys.version_info[:2])
try:
    import ensurepip, ssl, venv
    import sqlite3
except ImportError:
    sys.exit(4)
sys.exit(0 if sqlite3.sqlite_version_info >= (3, 35) else 5)
'

hash_of() { { cat "requirements/$1.txt"; "$venv/bin/python" -VV; } 2>/dev/null | sha256sum | cut -d' ' -f1; }
stamped() { [ -f "$venv/.installed-$1" ] && [ "$(cat "$venv/.installed-$1")" = "$(hash_of "$1")" ]; }
works() { [ -x "$venv/bin/python" ] && "$venv/bin/python" -c 'import pip' >/dev/null 2>&1; }

if stamped "$set_name" && works; then exit 0; fi

exec 9>"${venv%/}.lock"
if command -v flock >/dev/null; then flock 9; fi
if stamped "$set_name" && works; then exit 0; fi

if ! works; then
    chosen='' without_venv=''
    for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python3.14 python \
        "${HOME:-/nonexistent}"/.pyenv/versions/3.1[1-4]*/bin/python3; do
        [ -n "$candidate" ] || continue
        code=0
        version=$("$candidate" -c "$probe" 2>/dev/null) || code=$?
        if [ "$code" = 0 ]; then chosen=$candidate; break; fi
        if [ "$code" = 4 ] && [ -z "$without_venv" ]; then without_venv=$version; fi
    done
    if [ -z "$chosen" ]; then
        sudo=''; [ "$(id -u)" = 0 ] || sudo='sudo '
        if [ -n "$without_venv" ]; then
            echo "Python $without_venv ada, tetapi modul venv belum terpasang. Pasang dengan:" >&2
            echo "${sudo}apt-get install -y python$without_venv-venv"
        else
            echo "Python 3.11 atau lebih baru tidak ditemukan. Pasang dengan:" >&2
            echo "${sudo}apt-get install -y python3 python3-venv"
        fi
        exit 2
    fi
    echo "Menyiapkan lingkungan Python $version …" >&2
    rm -rf "$venv"
    "$chosen" -m venv "$venv"
fi

echo "Memasang pustaka ($set_name) …" >&2
rm -f "$venv/.installed-$set_name"
if command -v uv >/dev/null && uv --version >/dev/null 2>&1; then
    uv pip install --quiet --python "$venv/bin/python" --require-hashes --only-binary :all: \
        -r "requirements/$set_name.txt"
else
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
        -r "requirements/$set_name.txt"
fi
hash_of "$set_name" >"$venv/.installed-$set_name"
if [ "$set_name" = dev ]; then hash_of prod >"$venv/.installed-prod"; fi
