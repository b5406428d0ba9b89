"""The journal behind a running Rekindle: read it, fill it beforehand, hold it shut for a while."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from rekindle.content import catalog
from rekindle.journal import Journal
from rekindle.records import Json, Moment
from tests.days import ago

ZONE = "Europe/Vienna"


def journal_of(home: Path) -> Path:
    """Return the journal file in a home."""
    return home / "rekindle" / "journal.rekindle"


@contextlib.contextmanager
def opened_at(path: Path) -> Iterator[Journal]:
    """Open the journal at a path."""
    with Journal.open(path, never_kept=catalog().never_kept) as journal:
        yield journal


def opened(home: Path) -> contextlib.AbstractContextManager[Journal]:
    """Open the journal in a home."""
    return opened_at(journal_of(home))


def stored(home: Path, exercise: str, field: str) -> Json:
    """Return an answer as it stands in the file now; None if there is none."""
    with opened(home) as journal:
        found = journal.answers([exercise]).get((exercise, field))
    return found.value if found else None


def seed(
    home: Path,
    answers: Mapping[tuple[str, str], Json] | None = None,
    events: tuple[Any, ...] = (),
    *,
    days_ago: int = 0,
) -> None:
    """Put answers, and then events, into the journal. An event is a kind, or a kind and its detail."""
    then = dt.datetime.now(dt.UTC) - dt.timedelta(days=days_ago)
    with opened(home) as journal:
        known = journal.answers()
        for (exercise, field), value in (answers or {}).items():
            base = known[exercise, field].revision if (exercise, field) in known else 0
            moment = Moment.at(then, ZONE)
            journal.save(exercise, field, value, base=base, wording="", sitting="seed", moment=moment)
        for number, event in enumerate(events):
            kind, detail = (event, {}) if isinstance(event, str) else event
            journal.note(kind, detail, moment=Moment.at(then + dt.timedelta(milliseconds=number + 1), ZONE))


def nine_days(home: Path) -> None:
    """Put a mood of each of the last nine days into the journal: enough for its chart."""
    with opened(home) as journal:
        for day in range(9):
            moment = ago(day, ZONE)
            mood: dict[str, Json] = {"mood": (day * 3) % 11}
            journal.save_entry(f"m{day}", "mood-check-in", mood, base=0, happened=moment, sitting="seed", moment=moment)


class Held:
    """A journal that another program holds: nobody can write while it does. `windows` says when, and what stood."""

    def __init__(self, home: Path, exercise: str, field: str) -> None:
        self._path, self._at = journal_of(home), (exercise, field)
        self.windows: list[tuple[float, float, Json]] = []

    @contextlib.contextmanager
    def hold(self, *seconds: float) -> Iterator[None]:
        """Hold it for each of these spans, letting one write through between them."""
        holding = threading.Event()
        thread = threading.Thread(target=self._hold, args=(seconds, holding), daemon=True)
        thread.start()
        assert holding.wait(10)
        yield
        thread.join(30)

    def _hold(self, seconds: tuple[float, ...], holding: threading.Event) -> None:
        connection: Any = sqlite.connect(str(self._path), timeout=10, isolation_level=None)
        with contextlib.closing(connection):
            for span in seconds:
                before = self._version(connection)
                while holding.is_set() and self._version(connection) == before:
                    time.sleep(0.0005)
                connection.execute("BEGIN IMMEDIATE")
                value = self._stored(connection)
                begun = time.time() * 1000
                holding.set()
                time.sleep(span)
                self.windows.append((begun, time.time() * 1000, value))
                connection.execute("ROLLBACK")

    def _stored(self, connection: Any) -> Json:
        """Read over the holding connection: to close another one in this process would drop its lock."""
        sql = "SELECT value FROM answer WHERE exercise = ? AND field = ? ORDER BY revision DESC LIMIT 1"
        found: Json = json.loads(connection.execute(sql, self._at).fetchone()[0])
        return found

    @staticmethod
    def _version(connection: Any) -> int:
        return int(connection.execute("PRAGMA data_version").fetchone()[0])
