#!/bin/sh
# Run the tests in three rows side by side. They are cut into parts, the longest first, and each row takes the next part
# that nobody has taken: so the rows end at about the same time, whatever becomes longer or shorter. Kernels and pages
# mostly wait, so all have room on two cores. Each part ends with a summary by pytest.
# A test that fails is tried once more by itself, with nothing running beside it: some limits are in seconds, and two
# cores may be short of them. What fails then has failed; what passes then is named above, and worth a look.
set -u
unset PYTHONDONTWRITEBYTECODE # every test server starts kernels that would compile the same files again
notes=$(mktemp -d) # outside the tree: the tests fail a run that changes anything in it
trap 'rm -rf "$notes"' EXIT

# What needs nothing; what needs a kernel; pages, in three parts; the forms of a file and of a page.
PARTS="plain kernel pages more_pages later_pages files forms"
FILES=tests/plain/test_every_form.py
FORMS=tests/plain/test_forms.py
MORE="jupyterlab keyboard leaks lean_page lock lost_contact own_questions porter_pages preferences ready_mark saving"
LATER="finding hostile_places hostile_text keepsake parcels repairs sheets story two_pages walk"

named() { for name in "$@"; do echo "tests/browser/test_$name.py"; done; }

paths() { # paths PART -- what pytest is told to run; a new file of pages is in the first part of them
  # shellcheck disable=SC2086 # one word for each file
  case $1 in
    plain) echo tests/plain "--ignore=$FORMS" "--ignore=$FILES" ;;
    kernel) echo tests/kernel ;;
    pages) echo tests/browser && for file in $(named $MORE $LATER); do echo "--ignore=$file"; done ;;
    more_pages) named $MORE ;;
    later_pages) named $LATER ;;
    files) echo "$FILES" ;;
    forms) echo "$FORMS" ;;
  esac
}

run() { # run PART ARGUMENT... -- a run with a cache of its own, its exit code in a note
  part=$1
  shift
  # shellcheck disable=SC2046 # one word for each path
  .venv/bin/python -m pytest -o cache_dir=".pytest_cache/$part" --durations=15 $(paths "$part") "$@"
  echo $? >"$notes/$part.code"
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

row() { # row ARGUMENT... -- one part after the other, as long as there is one that nobody has taken
  for next in $PARTS; do
    if mkdir "$notes/$next.taken" 2>/dev/null; then run "$next" "$@"; fi
  done
}

again() { # again PART ARGUMENT... -- once more what did not pass; the exit code of the run that counts
  part=$1
  [ "$(cat "$notes/$part.code")" -eq 1 ] || return "$(cat "$notes/$part.code")"
  echo "Some tests did not pass beside the others ($part). Once more, by themselves:"
  run "$@" --last-failed --last-failed-no-failures none
  return "$(cat "$notes/$part.code")"
}

row "$@" >"$notes/second.log" 2>&1 &
second=$!
row "$@" >"$notes/third.log" 2>&1 &
third=$!
trap 'kill $second $third 2>/dev/null' INT TERM
row "$@"
wait $second $third
cat "$notes/second.log" "$notes/third.log"

bad=0
for each in $PARTS; do again "$each" "$@" || bad=1; done
exit $bad
