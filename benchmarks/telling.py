"""How a benchmark is told: a table in the terminal, and a page with the table and a plot for the documentation."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import statistics
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import psutil

Rounds = Mapping[str, Sequence[Mapping[str, float]]]
"""By peer, what was seen in each round."""
Rows = list[list[str]]

PEERS = Path(__file__).parent / "peers"
_OURS = ("voila", "ipywidgets", "anywidget", "ipykernel", "jupyter_client", "tornado")
_BUSY = 30.0
"""Percent of all cores in the second before a run: more says that something else is at work."""
_WIDE, _HIGH, _LEFT, _RIGHT = 720, 28, 110, 90


def version_of(peer: str) -> str:
    """Return the version of what a peer is made with: as its own requirements pin it, or as it is installed here."""
    named = {"floor": "starlette"}.get(peer, peer.partition("_")[0])
    needs = PEERS / f"{peer}.txt"
    if needs.is_file():
        found = re.search(rf"^{named}==(\S+)", needs.read_text(), re.MULTILINE)
        return found[1] if found else ""
    return importlib.metadata.version(named)


def ready_table(rounds: Rounds, starts: Mapping[str, float], bases: Sequence[str]) -> Rows:
    """Return the medians, and each peer's ratio to the bases inside each round, under a head."""
    rows = [["", "version", "start s", "ready ms", "least", "most", "requests", "MB", "other hosts", "controls"]]
    rows[0] += [f"× {base}" for base in bases]
    for peer, seen in rounds.items():
        ready = [one["ready"] for one in seen]
        middle = {key: statistics.median(one[key] for one in seen) for key in seen[0]}
        row = [peer, version_of(peer), f"{starts[peer]:.2f}", f"{middle['ready']:.0f}"]
        row += [f"{min(ready):.0f}", f"{max(ready):.0f}", f"{middle['requests']:.0f}", f"{middle['bytes'] / 1e6:.2f}"]
        row += [f"{middle['others']:.0f}", f"{middle['controls']:.0f}"]
        pairs = [[(a, b["ready"]) for a, b in zip(ready, rounds[base], strict=True)] for base in bases]
        rows.append(row + [f"{statistics.median(a / b for a, b in pair):.2f}" for pair in pairs])
    return rows


def plain(rows: Rows) -> str:
    """Return a table for the terminal."""
    wide = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(row, wide, strict=True)) for row in rows)


def markdown(rows: Rows) -> str:
    """Return a table in Markdown."""
    head, *body = rows
    lines = [head, ["---", *("---:" for _ in head[1:])], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def is_busy() -> bool:
    """Tell whether this machine has other work to do; asked before a run, since a run of ours keeps it busy itself."""
    return float(psutil.cpu_percent(1.0)) > _BUSY


def machine(browser: str, *, was_busy: bool) -> str:
    """Return what was measured on, and with which versions of ours."""
    busy = "\nThe machine was busy with other work before: a quiet run has to take the place of these figures."
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _OURS)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"{psutil.virtual_memory().total / 2**30:.0f} GB, Python {platform.python_version()}, "
        f"Chromium {browser}, load {load:.1f} at the end\n{versions}"
        f"{busy if was_busy else ''}"
    )


def plot(rounds: Rounds) -> str:
    """Return an SVG of the times to ready: a bar to the median, and a thin line from the least to the most."""
    most = max(one["ready"] for seen in rounds.values() for one in seen)
    scale = (_WIDE - _LEFT - _RIGHT) / most
    parts = []
    for at, (peer, seen) in enumerate(sorted(rounds.items(), key=lambda pair: _middle(pair[1]))):
        top, ready = _HIGH * at + 8, [one["ready"] for one in seen]
        middle = _middle(seen)
        ends = [_LEFT + scale * end for end in (min(ready), max(ready))]
        parts += [
            f'<text x="{_LEFT - 8}" y="{top + 14}" text-anchor="end">{escape(peer)}</text>',
            f'<rect x="{_LEFT}" y="{top}" width="{scale * middle:.0f}" height="18" fill="#7a8f86"/>',
            f'<path d="M{ends[0]:.0f} {top + 9}H{ends[1]:.0f}" stroke="#23302b" stroke-width="2"/>',
            f'<text x="{ends[1] + 8:.0f}" y="{top + 14}">{middle:.0f} ms</text>',
        ]
    high = _HIGH * len(rounds) + 12
    told = "Milliseconds until the page is ready, by program: median, least and most"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high}" role="img" aria-label="{told}" '
        f'font-family="sans-serif" font-size="13"><title>{told}</title>'
        f'<rect width="{_WIDE}" height="{high}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _middle(seen: Sequence[Mapping[str, float]]) -> float:
    return statistics.median(one["ready"] for one in seen)


def write_page(folder: Path, rows: Rows, rounds: Rounds, facts: str, count: int) -> None:
    """Write `ready.md` and `ready.svg` for the documentation."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ready.svg").write_text(plot(rounds), encoding="utf-8")
    (folder / "ready.md").write_text(
        f"""# How long a page takes to be ready

Written by `make bench`. {count} rounds; in each of them every program opens its page once, in turns, in a browser
without a cache. *Ready* is when each control has a box, is enabled and holds its saved answer, and the chart's line is
drawn. Ratios are medians of the ratios inside each round. Milliseconds from one day say little about another.

![Bars of the medians](ready.svg)

{markdown(rows)}

{facts.replace(chr(10), chr(10) * 2)}

- *rekindle* has a kernel waiting for the page, as after a visit to another page; *rekindle_empty* has none;
  *rekindle_extension* is an ordinary Jupyter server as `binder/` makes it, where no kernel ever waits.
- *rekindle* and *voila* open the same notebook with the same journal: the log of moods, with a year of entries and its
  chart. *voila* is stock Voilà with its own defaults.
- *floor* is plain HTML, filled by a small server from SQLite: what a page costs that has no kernel.
- The others build a page of 46 controls and a line of 365 points as their documentation would
  (`benchmarks/apps/`). Every program saves with the journal's SQLite settings. Of Solara it is the newest version whose
  files for the browser come as a package: others fetch them from another host when they first run.
- Versions are pinned in `benchmarks/peers/*.txt`, and each of these programs has an environment of its own.
""",
        encoding="utf-8",
    )
