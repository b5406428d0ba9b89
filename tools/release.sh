#!/bin/sh
# Before a release: build what would be published, list all that travels with it (a bill of materials, CycloneDX), and
# try the wheel as a person would get it: installed alone, started, typed into, stopped, taken away again.
set -eu
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
version=$(.venv/bin/python -c 'import rekindle; print(rekindle.__version__)')

.venv/bin/python -m hatchling build -d "$new/dist"

# The tool that writes the bill has an environment of its own: the book needs none of it.
.venv/bin/python -m venv "$new/tools"
"$new/tools/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/release.txt
"$new/tools/bin/cyclonedx-py" requirements requirements/run.txt --pyproject pyproject.toml --output-reproducible \
  --output-format JSON --output-file "$new/dist/rekindle-$version.cdx.json"

REKINDLE_WHEEL=$(echo "$new"/dist/*.whl) .venv/bin/python -m pytest -m full -p no:cacheprovider tests/browser/test_installed.py

mkdir -p dist
cp "$new"/dist/* dist/
echo "Fit to be released:"
ls -l dist/*"$version"*
