#!/bin/sh
# Run the tests in two rows side by side: what needs no browser and then a part of the pages, and the other pages. Pages
# mostly wait, so both have room on two cores. Each run ends with pytest's own summary.
# A test that fails is tried once more by itself, with nothing running beside it: some limits are in seconds, and two
# cores may be short of them. What fails then has failed; what passes then is named above, and worth a look.
set -u
unset PYTHONDONTWRITEBYTECODE # every test server starts kernels that would compile the same files again
notes=$(mktemp -d) # outside the tree: the tests fail a run that changes anything in it
trap 'rm -rf "$notes"' EXIT
LATER="repairs sheets" # the pages that are tried beside the others, after the quiet tests; the two rows then end together

run() { # run NAME ARGUMENT... -- a run with a cache of its own, its exit code in a note
  name=$1
  shift
  .venv/bin/python -m pytest -o cache_dir=".pytest_cache/$name" --durations=15 "$@"
  echo $? >"$notes/$name.code"
}

files() { for name in $LATER; do echo "tests/browser/test_$name.py"; done; }

beside() {
  run quiet tests/plain tests/kernel "$@"
  # shellcheck disable=SC2046 # one word for each file
  run later $(files) "$@"
}

again() { # again NAME PATH... -- once more what did not pass; the exit code of the run that counts
  name=$1
  [ "$(cat "$notes/$name.code")" -eq 1 ] || return "$(cat "$notes/$name.code")"
  echo "Some tests did not pass beside the others ($name). Once more, by themselves:"
  run "$@" --last-failed --last-failed-no-failures none
  return "$(cat "$notes/$name.code")"
}

beside "$@" >"$notes/beside.log" 2>&1 &
row=$!
trap 'kill $row 2>/dev/null' INT TERM
# shellcheck disable=SC2046 # one word for each file
run pages tests/browser $(for file in $(files); do echo "--ignore=$file"; done) "$@"
wait $row
cat "$notes/beside.log"

bad=0
again pages tests/browser "$@" || bad=1
# shellcheck disable=SC2046 # one word for each file
again later $(files) "$@" || bad=1
again quiet tests/plain tests/kernel "$@" || bad=1
exit $bad
