#!/bin/sh
# Make .venv and install one lock into it: tools/setup.sh run|test. Used by the Makefile, from the repository's root.
set -eu
what=$1
venv=.venv
stamp=$venv/.ready-$what

good() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
    if good "$name"; then echo "$name"; return; fi
  done
  {
    echo "Rekindle needs Python 3.11 or newer, and none was found on this computer."
    echo "Found: $(python3 --version 2>&1 || python --version 2>&1 || echo 'no Python at all')."
    echo "Install one (on Debian or Ubuntu: sudo apt-get install python3 python3-venv), then say the same again."
    echo "If it has a name of its own: make $what PYTHON=/path/to/python3"
  } >&2
  return 1
}

if ! good "$venv/bin/python"; then
  python=$(find_python)
  rm -rf "$venv"
  if ! said=$("$python" -m venv "$venv" 2>&1); then
    rm -rf "$venv"
    printf '%s\n' "$said" >&2
    echo "Python could not make $venv. On Debian or Ubuntu: sudo apt-get install python3-venv, then say the same again." >&2
    exit 1
  fi
fi

echo "Setting up (once; a minute or two) ..." >&2
# Twice quiet: pip's notes about this computer's own settings help nobody here; errors still show.
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "requirements/$what.txt"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
# Compiled once, here: each page starts a kernel of its own, and some machines are told to keep no compiled files.
"$venv/bin/python" -m compileall -q widgets
touch "$stamp"
if [ "$what" = test ]; then touch "$venv/.ready-run"; fi  # the test lock holds the run lock
