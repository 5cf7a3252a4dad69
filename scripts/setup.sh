#!/bin/sh
# Make .venv (once) and install one pinned set of wheels into it, then exomine itself, editable.
# usage: scripts/setup.sh run|extras|test|dev
set -eu
kind=$1
venv=${VENV:-.venv}
lock=requirements/lock-$kind.txt

if [ -L "$venv" ]; then
    echo "$venv is a link: what it points to would be made this checkout's own. Remove the link, or set VENV to a folder." >&2
    exit 1
fi
if ! "$venv/bin/python" -c 'import pip' >/dev/null 2>&1; then
    python=$(sh scripts/find_python.sh)
    echo "Making $venv with $python"
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi
echo "Installing $lock"
"$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-input --only-binary=:all: --no-deps --require-hashes -r "$lock"
"$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
