#!/bin/sh
# Work out the locks again. Needs uv on the path. Names no index, so that each computer uses its own.
set -eu
lock() {
  out=$1
  shift
  uv pip compile pyproject.toml "$@" --generate-hashes --no-emit-index-url --no-header \
    --python-version 3.11 --quiet -o "requirements/$out.txt"
}
lock run --universal --group build
lock test --universal --group build --group test -c requirements/run.txt
lock binder --python-platform linux --group build -c requirements/run.txt # Binder is always Linux
lock hub --python-platform linux --group build --group hub -c requirements/run.txt # what deploy/hub/Dockerfile installs
apart() { # apart GROUP -- for a tool with an environment of its own, apart from all others
  uv pip compile --group "$1" --universal --generate-hashes --no-emit-index-url --no-header \
    --python-version 3.11 --quiet -o "requirements/$1.txt"
}
apart release # the bill of materials
apart docs    # the documentation
