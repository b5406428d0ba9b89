#!/bin/sh
# The tests that need no browser, with each supported Python that this computer has, each in an environment of its own
# below .work/pythons: what is named by PYTHONS, else python3.11 to python3.14 on the path or in pyenv's folder.
# sh tools/pythons.sh [ARGUMENTS OF PYTEST]
set -u
cd "$(dirname "$0")/.."
home=$(pwd)/.work/pythons
mkdir -p "$home"
found=""
for version in 3.11 3.12 3.13 3.14; do
  for one in "$(command -v python$version || true)" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/$version.*/bin/python; do
    if [ -x "$one" ] && "$one" -c '' 2>/dev/null; then found="$found $one"; break; fi
  done
done
bad=""
told=""
for python in ${PYTHONS:-$found}; do
  name=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  place=$home/$name
  if [ ! -e "$place/.ready" ] || [ requirements/test.txt -nt "$place/.ready" ]; then
    rm -rf "$place"
    "$python" -m venv "$place" || { bad="$bad $name"; continue; }
    "$place/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/test.txt &&
      touch "$place/.ready" || { bad="$bad $name"; continue; }
  fi
  "$place/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
  echo "Python $("$place/bin/python" --version)"
  if "$place/bin/python" -m pytest -q -o cache_dir=".pytest_cache/$name" "$@"; then told="$told $name"; else bad="$bad $name"; fi
done
echo "Passed:${told:- none}. Did not pass:${bad:- none}."
[ -n "$told" ] && [ -z "$bad" ]
