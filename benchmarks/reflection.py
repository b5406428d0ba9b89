"""The reflection page that peers build: 46 controls with saved answers, a line of a year, and when all is there.

Only the standard library is imported, so that each peer can use it in an environment of its own.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
APPS = ROOT / "benchmarks" / "apps"
HOME = "REKINDLE_BENCH_HOME"
"""The variable that tells a peer's page where its answers are."""

QUESTIONS, SCALES, CHOICES, ROWS = range(1, 9), range(1, 5), range(1, 4), range(1, 31)
OPTIONS = ("never", "sometimes", "often")
LINE = [(day * 3) % 11 for day in range(365)]
ANSWERS: dict[str, str] = {
    **{f"question{n}": f"An answer to question {n}" for n in QUESTIONS},
    **{f"scale{n}": "7" for n in SCALES},
    **{f"choice{n}": "often" for n in CHOICES},
    "day": "2026-05-17",
    **{f"row{n}": f"Row {n}" for n in ROWS},
}
"""What was answered before the page is opened."""

_SETTINGS = (
    *("journal_mode = DELETE", "synchronous = EXTRA", "fullfsync = ON"),
    *("busy_timeout = 10000", "temp_store = MEMORY", "secure_delete = ON"),
)

SCRIPT = """
window.benchWhole = (() => {
  let last = 0;
  const all = (root, found) => {
    for (const el of root.querySelectorAll("*")) { found.push(el); if (el.shadowRoot) all(el.shadowRoot, found); }
    return found;
  };
  const many = (count, text) => Array.from({ length: count }, (_, n) => text + (n + 1));
  window.benchControls = () => all(document, []).filter((el) => el.getClientRects().length
    && (/^(BUTTON|INPUT|SELECT|TEXTAREA)$/.test(el.tagName) || el.getAttribute("role") === "slider")).length;
  return () => {
    if (performance.now() - last < 25) return false;
    last = performance.now();
    const there = all(document, []).filter((el) => el.getClientRects().length && !el.disabled);
    const fields = there.filter((el) => el.tagName === "INPUT" || el.tagName === "TEXTAREA").map((el) => el.value);
    const held = new Set(fields);
    const count = (test) => there.filter(test).length;
    const seven = (value) => Number(value) === 7;
    const leaf = (el) => !el.children.length && el.tagName !== "OPTION" && el.textContent.trim();
    window.benchMissing = {
      texts: many(8, "An answer to question ").concat(many(30, "Row ")).filter((text) => !held.has(text)).length,
      scales: 4 - Math.max(count((el) => el.type === "range" && seven(el.value)),
        count((el) => el.getAttribute("role") === "slider" && seven(el.getAttribute("aria-valuenow")))),
      choices: 3 - count((el) => el.tagName === "SELECT" ? el.selectedOptions[0]?.text === "often"
        : el.value === "often" || leaf(el) === "often"),
      day: 1 - (fields.some((value) => /2026/.test(value) && /17/.test(value))
        || there.some((el) => el.getAttribute("role") === "spinbutton" && leaf(el) === "2026")),
      line: 1 - there.some((el) => el.classList.contains("js-line") && (el.getAttribute("d") || "").length > 200),
    };
    return Object.values(window.benchMissing).every((missing) => missing <= 0);
  };
})();
"""
"""Gives every page `benchWhole`: if each control has a box, is enabled and holds its answer, and the line is drawn."""


def open_store(home: Path) -> sqlite3.Connection:
    """Open the answers, with the settings of our journal, and put the saved ones in if there are none."""
    connection = sqlite3.connect(home / "answers.sqlite", isolation_level=None, check_same_thread=False)
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")
    connection.execute("CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    connection.executemany("INSERT OR IGNORE INTO answer VALUES (?, ?)", ANSWERS.items())
    return connection


def store_of_the_page() -> sqlite3.Connection:
    """Open the answers of the page that is served."""
    return open_store(Path(os.environ[HOME]))


def answers(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what is saved."""
    return dict(connection.execute("SELECT key, value FROM answer"))


def save(connection: sqlite3.Connection, key: str, value: object) -> None:
    """Save one answer; when this returns, it is on the disk."""
    connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (key, str(value)))


def serve(command: list[str], port: str, home: Path, more: Mapping[str, str] | None = None) -> None:
    """Run a peer's own server in this environment, and say when it answers."""
    open_store(home).close()
    print("begin", flush=True)
    around = {**os.environ, HOME: str(home), "PYTHONPATH": str(ROOT), **(more or {})}
    with subprocess.Popen(
        [sys.executable, "-m", *command], env=around, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        attend(process, f"http://127.0.0.1:{port}/")


def attend(process: subprocess.Popen[bytes], asked: str, first: str = "") -> None:
    """Say the address that is opened `first` (else the one that is `asked`) once that answers; return at the end."""
    while process.poll() is None:
        try:
            urllib.request.urlopen(asked).close()  # noqa: S310 - it is http, of a server that was just started
        except OSError:
            time.sleep(0.02)
            continue
        print(f"open {first or asked}", flush=True)
        break
    process.wait()
