#!/bin/sh
# Every benchmark but that of `ready`, one after the other; `make bench` keeps what they print for the documentation.
# Why one did not end well is told on the terminal only.
set -u
cd "$(dirname "$0")/.."
said=$(mktemp)
trap 'rm -f "$said"' EXIT
for one in start edit save dashboard prompts memory unlock size log million; do
  .venv/bin/python -m "benchmarks.${one}_benchmark" 2>"$said" || {
    echo "$one did not end well"
    tail -n 3 "$said" >&2
  }
  echo
done
