#!/bin/sh
# Print the path of a Python that can run exomine: 3.11 or 3.12, with venv and pip. Candidates that fail to start, as a pyenv
# shim without a version behind it does, are passed over. PYTHON names one to be taken instead.
set -u

usable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    if usable "$PYTHON"; then
        "$PYTHON" -c 'import sys; print(sys.executable)'
        exit 0
    fi
    echo "PYTHON=$PYTHON is not a Python 3.11 or 3.12 with venv and pip." >&2
    exit 1
fi

half=""
for name in python3.11 python3.12 python3 python; do
    saved=$IFS
    IFS=:
    for folder in $PATH "$HOME/.local/bin"; do
        candidate="${folder:-.}/$name"
        [ -x "$candidate" ] || continue
        if usable "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            exit 0
        fi
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' >/dev/null 2>&1 && half="$candidate"
    done
    IFS=$saved
done

if [ -n "$half" ]; then
    echo "$half has no venv or pip. Install them, on Debian and Ubuntu with: apt-get install python3-venv" >&2
    exit 1
fi
cat >&2 <<'MESSAGE'
exomine needs Python 3.11 or 3.12, and neither was found on this machine. Install one, for instance with
  Debian 12, Ubuntu:  sudo apt-get install python3.11 python3.11-venv   (or python3.12 python3.12-venv)
  macOS:              brew install python@3.12
  pyenv:              pyenv install 3.12 && pyenv local 3.12
or name it: make PYTHON=/path/to/python3.12 setup
MESSAGE
exit 1
