#!/bin/sh
# Run the tests in two halves side by side: without a browser, and with one. The second half mostly waits for pages, so
# the first has room beside it. Each half ends with pytest's own summary.
# A test that fails is tried once more by itself, with nothing running beside it: some limits are in seconds, and two
# cores may be short of them. What fails then has failed; what passes then is named above, and worth a look.
set -u
unset PYTHONDONTWRITEBYTECODE # every test server starts kernels that would compile the same files again
mkdir -p .work

half() { # half NAME FOLDER... -- runs these folders with a cache of their own
  name=$1
  shift
  .venv/bin/python -m pytest -o cache_dir=".pytest_cache/$name" --durations=15 "$@"
}

half quiet tests/plain tests/kernel "$@" >.work/quiet.log 2>&1 &
beside=$!
trap 'kill $beside 2>/dev/null' INT TERM
half browser tests/browser "$@"
browser=$?
wait $beside
quiet=$?
cat .work/quiet.log
if [ $browser -eq 1 ]; then
  echo "Some browser tests did not pass beside the others. Once more, by themselves:"
  half browser tests/browser --last-failed --last-failed-no-failures none "$@"
  browser=$?
fi
if [ $quiet -eq 1 ]; then
  echo "Some tests did not pass beside the others. Once more, by themselves:"
  half quiet tests/plain tests/kernel --last-failed --last-failed-no-failures none "$@"
  quiet=$?
fi
[ $browser -eq 0 ] && [ $quiet -eq 0 ] && exit 0
echo "browser: exit $browser; the rest: exit $quiet"
exit 1
