#!/bin/sh
# Makes .venv and installs meagraph into it with the versions of constraints.txt.
# usage: setup.sh [EXTRAS]      EXTRAS as pip writes them, e.g. dev,reason
# Does nothing when the same was installed before from the same files.
set -eu
cd "$(dirname "$0")/.."
extras=${1:-}

say() { printf 'meagraph: %s\n' "$*" >&2; }

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    say "needs Python 3.11 or newer, and found $(python3 --version 2>/dev/null || echo none)."
    say "Install it (Debian: apt install python3 python3-venv), or name one: make run PYTHON=/path/to/python3.12"
    return 1
}

stamp=".venv/meagraph-installed-${extras:-plain}"
want=$(cat pyproject.toml constraints.txt src/meagraph/__init__.py | cksum)
if [ -x .venv/bin/meagraph ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] \
    && .venv/bin/python -c 'import meagraph' 2>/dev/null; then
    exit 0
fi

python=$(find_python)
# A virtual environment that was moved with its folder keeps the old path; it is made again.
if [ -d .venv ] && ! .venv/bin/meagraph --version >/dev/null 2>&1; then
    rm -rf .venv
fi
if [ ! -x .venv/bin/python ]; then
    say "making .venv with $("$python" --version)"
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        say "this Python cannot make virtual environments; install that part of it (Debian: apt install python3-venv)."
        exit 2
    fi
fi
say "installing${extras:+ with $extras} (needs the network once)"
log=.venv/setup.log
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --constraint constraints.txt --editable ".${extras:+[$extras]}" >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    say "pip could not install the packages. Is there a network? The whole log: $log"
    exit 2
fi
printf '%s\n' "$want" >"$stamp"
