#!/bin/sh
# Build the documentation: tools/docs.sh [FOLDER]. Used by the Makefile, from the repository's root.
# Its tools have an environment of their own (requirements/docs.txt). A warning, and so a broken link, is an error.
set -eu
out=${1:-.work/docs/site}
tools=${REKINDLE_DOCS_TOOLS:-.work/docs/tools}
stamp=$tools/.ready

if [ ! -e "$stamp" ] || [ requirements/docs.txt -nt "$stamp" ]; then
  echo "Setting up the documentation's tools (once; a minute) ..." >&2
  "${PYTHON:-.venv/bin/python}" -m venv "$tools"
  "$tools/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/docs.txt
  touch "$stamp"
fi
mkdir -p "$out"
"$tools/bin/python" -m sphinx -b html -W --keep-going -n -q -E -d "$tools/doctrees" docs "$out"
echo "The documentation is in $out/index.html"
