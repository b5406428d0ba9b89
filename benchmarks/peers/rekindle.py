"""Rekindle as a person starts it: one page, opened at its log of 365 moods, with its chart."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

NAME = "rekindle"
PATH = "/voila/render/06-always-here.ipynb#mood-check-in"
BEFORE = "/voila/render/05-take-it-slow.ipynb"  # the page that a reader comes from: its visit warms the next one
# The mark waits for no chart below the screen. The comparison does: each peer has its chart drawn when it is ready.
DRAWN = "document.querySelector('.rk-exercise--mood-check-in .rk-chart svg.main-svg')"
READY = f"performance.getEntriesByName('rekindle-ready').length && {DRAWN}"
TO_BEGIN = re.compile(r"Rekindle is ready: (\S+)")


def seed(home: Path) -> None:
    """Put 365 moods into a new journal."""
    from rekindle.journal import Journal
    from rekindle.records import Moment

    now = dt.datetime.now(dt.UTC)
    with Journal.open(home / "journal.rekindle", never_kept=()) as journal:
        for day in range(365):
            moment = Moment.at(now - dt.timedelta(days=day), "Europe/Vienna")
            values = {"mood": (day * 3) % 11}
            journal.save_entry(
                f"m{day}", "mood-check-in", values, base=0, happened=moment, sitting="seed", moment=moment
            )


def main(port: str, home: Path) -> None:
    seed(home)
    print("begin", flush=True)
    command = [str(Path(sys.executable).with_name("rekindle")), "--no-browser", "--port", port, "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if found := TO_BEGIN.search(line):
                print(f"open {found[1]}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
