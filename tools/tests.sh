#!/bin/sh
# Run the tests in two halves side by side: those that need nothing, and those that need a kernel or a browser. The
# second half mostly waits for pages, so the first one has room beside it. Each half ends with pytest's own summary.
# A page test that fails is tried once more by itself, with nothing running beside it: its limits are in seconds, and
# two cores may be short of them. What fails then has failed; what passes then is named above, and worth a look.
set -u
mkdir -p .work
.venv/bin/python -m pytest tests/plain -p no:cacheprovider "$@" >.work/plain.log 2>&1 &
plain=$!
trap 'kill $plain 2>/dev/null' INT TERM
.venv/bin/python -m pytest tests/kernel tests/browser "$@"
pages=$?
wait $plain
nothing=$?
cat .work/plain.log
if [ $pages -eq 1 ]; then
  echo "Some page tests did not pass beside the others. Once more, by themselves:"
  .venv/bin/python -m pytest tests/kernel tests/browser --last-failed --last-failed-no-failures none "$@"
  pages=$?
fi
[ $pages -eq 0 ] && [ $nothing -eq 0 ] && exit 0
echo "kernel and browser: exit $pages; plain: exit $nothing"
exit 1
