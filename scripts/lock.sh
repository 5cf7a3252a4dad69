#!/bin/sh
# Pin every wheel with its hashes: for Python 3.11 and 3.12 alike, without the address of any registry.
set -eu
build=$(mktemp)
trap 'rm -f "$build"' EXIT
printf 'hatchling>=1.27\neditables>=0.5\n' >"$build" # what the editable install needs, so that it needs no network
for kind in run extras test dev; do
    case $kind in
    run) extra="" ;;
    extras) extra="--extra export --extra report --extra curate" ;;
    *) extra="--extra $kind" ;;
    esac
    # a set that is new begins with the pins that the others have
    [ -f "requirements/lock-$kind.txt" ] || cp requirements/lock-run.txt "requirements/lock-$kind.txt"
    # shellcheck disable=SC2086
    uv pip compile pyproject.toml "$build" $extra --python-version 3.11 --universal --generate-hashes --only-binary :all: \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file "requirements/lock-$kind.txt"
done
