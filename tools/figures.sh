#!/bin/sh
# Every benchmark but that of `ready`, one after the other; `make bench` keeps what they print for the documentation.
set -u
cd "$(dirname "$0")/.."
for one in start edit save dashboard prompts memory unlock size log million; do
  .venv/bin/python -m "benchmarks.${one}_benchmark" 2>/dev/null || echo "$one did not end well"
  echo
done
