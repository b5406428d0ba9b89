#!/bin/sh
# Run the tests in three rows side by side: what needs nothing; what needs a kernel, and then a part of the pages; and
# the other pages, and then the forms of a file and of a page. Kernels and pages mostly wait, so all have room on two
# cores. Each run ends with a summary by pytest.
# A test that fails is tried once more by itself, with nothing running beside it: some limits are in seconds, and two
# cores may be short of them. What fails then has failed; what passes then is named above, and worth a look.
set -u
unset PYTHONDONTWRITEBYTECODE # every test server starts kernels that would compile the same files again
notes=$(mktemp -d) # outside the tree: the tests fail a run that changes anything in it
trap 'rm -rf "$notes"' EXIT
# What else is tried after the pages and after the kernels: the rows end at about the same time.
FILES=tests/plain/test_every_form.py
FORMS=tests/plain/test_forms.py
LATER="finding hostile_places hostile_text keepsake parcels repairs sheets story two_pages walk"

run() { # run NAME ARGUMENT... -- a run with a cache of its own, its exit code in a note
  name=$1
  shift
  .venv/bin/python -m pytest -o cache_dir=".pytest_cache/$name" --durations=15 "$@"
  echo $? >"$notes/$name.code"
}

# In the short form no kernels wait for the pages that may be next: starting those that no test opens is a third of the
# work. With the full figures they wait, as they do for a person; so they do in the tests that ask for them.
# Where one of many is tried, the short form tries the same each day, so that what passed still passes tomorrow, and the
# full form tries another one each day.
case " $* " in
  *" full"*) REKINDLE_WARM=1 REKINDLE_TURN=${REKINDLE_TURN:-$(date +%Y%j)} ;;
  *) REKINDLE_WARM=0 REKINDLE_TURN=${REKINDLE_TURN:-6} ;;
esac
export REKINDLE_WARM REKINDLE_TURN

later() { for name in $LATER; do echo "tests/browser/test_$name.py"; done; }

kernels() {
  run kernel tests/kernel "$@"
  # shellcheck disable=SC2046 # one word for each file
  run later $(later) "$@"
}

again() { # again NAME PATH... -- once more what did not pass; the exit code of the run that counts
  name=$1
  [ "$(cat "$notes/$name.code")" -eq 1 ] || return "$(cat "$notes/$name.code")"
  echo "Some tests did not pass beside the others ($name). Once more, by themselves:"
  run "$@" --last-failed --last-failed-no-failures none
  return "$(cat "$notes/$name.code")"
}

run plain tests/plain --ignore="$FORMS" --ignore="$FILES" "$@" >"$notes/plain.log" 2>&1 &
plain=$!
kernels "$@" >"$notes/kernels.log" 2>&1 &
kernels=$!
trap 'kill $plain $kernels 2>/dev/null' INT TERM
# shellcheck disable=SC2046 # one word for each file
run pages tests/browser $(for file in $(later); do echo "--ignore=$file"; done) "$@"
run files "$FILES" "$@"
run forms "$FORMS" "$@"
wait $plain $kernels
cat "$notes/plain.log" "$notes/kernels.log"

bad=0
again pages tests/browser "$@" || bad=1
# shellcheck disable=SC2046 # one word for each file
again later $(later) "$@" || bad=1
again kernel tests/kernel "$@" || bad=1
again plain tests/plain --ignore="$FORMS" --ignore="$FILES" "$@" || bad=1
again forms "$FORMS" "$@" || bad=1
again files "$FILES" "$@" || bad=1
exit $bad
