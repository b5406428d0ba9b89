#!/bin/sh
# Run the tests in two rows side by side: what needs no browser, and the pages, which mostly wait, so that both have room
# on two cores. Each run ends with pytest's own summary.
# A test that fails is tried once more by itself, with nothing running beside it: some limits are in seconds, and two
# cores may be short of them. What fails then has failed; what passes then is named above, and worth a look.
set -u
unset PYTHONDONTWRITEBYTECODE # every test server starts kernels that would compile the same files again
notes=$(mktemp -d) # outside the tree: the tests fail a run that changes anything in it
trap 'rm -rf "$notes"' EXIT

run() { # run NAME ARGUMENT... -- a run with a cache of its own, its exit code in a note
  name=$1
  shift
  .venv/bin/python -m pytest -o cache_dir=".pytest_cache/$name" --durations=15 "$@"
  echo $? >"$notes/$name.code"
}

again() { # again NAME PATH... -- once more what did not pass; the exit code of the run that counts
  name=$1
  [ "$(cat "$notes/$name.code")" -eq 1 ] || return "$(cat "$notes/$name.code")"
  echo "Some tests did not pass beside the others ($name). Once more, by themselves:"
  run "$@" --last-failed --last-failed-no-failures none
  return "$(cat "$notes/$name.code")"
}

run quiet tests/plain tests/kernel "$@" >"$notes/quiet.log" 2>&1 &
row=$!
trap 'kill $row 2>/dev/null' INT TERM
run pages tests/browser "$@"
wait $row
cat "$notes/quiet.log"

bad=0
again pages tests/browser "$@" || bad=1
again quiet tests/plain tests/kernel "$@" || bad=1
exit $bad
