"""The journal as the rest of the workbook sees it: open it, read it, save to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from rekindle.errors import NotKept
from rekindle.journal import additions, answers, backup, entries, events, lock, meta, migrations, opening, walk
from rekindle.journal.additions import Additions
from rekindle.journal.checksum import canonical
from rekindle.journal.counts import Counts
from rekindle.journal.forgetting import Forgetting
from rekindle.journal.key import Key
from rekindle.journal.leaves import Leaves
from rekindle.journal.limits import refuse_odd_ids, refuse_odd_place
from rekindle.journal.soundness import Soundness
from rekindle.journal.store import Store
from rekindle.journal.whole import EMPTY, Whole
from rekindle.records import Answer, Entry, Event, FieldId, Json, Moment, Saved


class Journal:
    """One person's open journal. A context manager; any thread may use it, and threads take turns."""

    def __init__(self, store: Store, soundness: Soundness, never_kept: Collection[FieldId]) -> None:
        """Take an open and up-to-date store; `Journal.open` makes one."""
        self._store = store
        self.soundness = soundness
        self._never_kept = frozenset(never_kept)

    @classmethod
    def open(
        cls, path: Path, *, never_kept: Collection[FieldId], key: Key | None = None, check_later: bool = False
    ) -> Journal:
        """Open the journal at `path`, making it and its folder if there is none, and bring its schema up to date.

        Raises a JournalError that says why not; then no byte of an existing file has changed. With a key the file
        is encrypted, and one that is not is refused. Nothing in `never_kept` is ever written. With `check_later` a
        large file is not checked as a whole yet: `soundness` does that, at the latest before anything is written.
        """
        store, soundness = opening.opened(path.absolute(), key, check_later=check_later)
        return cls(store, soundness, never_kept)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._store!r}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. A second time does nothing."""
        self.soundness.close()
        self._store.close()

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._store.path

    # Answers

    def answers(self, exercises: Iterable[str] | None = None) -> dict[FieldId, Answer]:
        """Return the current version of every answer, or of some exercises' answers."""
        return answers.current(self._there, exercises)

    def save(
        self, exercise: str, field: str, value: Json, *, base: int, wording: str, sitting: str, moment: Moment
    ) -> Saved:
        """Save one answer that builds on revision `base` (0: none yet); when this returns, it is on the disk.

        It becomes the current version in any case. If it did not build on the one that was current, that one is
        kept and returned as `conflict`. Versions of one `sitting` replace each other ("" is no sitting).
        Raises NotKept, NotAnAnswer and TooLong before the disk is touched.
        """
        self._refuse_unkept(exercise, field)
        refuse_odd_ids(exercise, field, sitting or "none")
        refuse_odd_place(base, wording)
        text = canonical(value)
        with self._writing():
            return answers.save(self._store, exercise, field, text, base, wording, sitting, moment)

    def history(self, exercise: str, field: str) -> list[Answer]:
        """Return the kept versions of one answer, newest first."""
        return answers.history(self._there, exercise, field)

    def conflicts(self, exercises: Iterable[str] | None = None) -> dict[FieldId, list[Answer]]:
        """Return the versions that another page's save took the place of and that are not settled yet."""
        return answers.conflicts(self._there, exercises)

    def settle(self, exercise: str, field: str) -> None:
        """Note that the person has seen the other versions of an answer. They stay in the history."""
        with self._writing():
            answers.settle(self._store, exercise, field)

    # Log entries

    def entries(
        self,
        exercise: str | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
        since: dt.date | None = None,
        until: dt.date | None = None,
        deleted: bool = False,
    ) -> list[Entry]:
        """Return log entries, newest first by when they happened; with `deleted`, those taken out instead.

        `since` and `until` are dates that the person saw, both included.
        """
        return entries.entries(self._there, entries.Span(exercise, since, until, deleted, limit, offset))

    def count_entries(self, exercise: str | None = None) -> int:
        """Return how many entries a log holds, those taken out not counted."""
        return entries.count(self._there, entries.Span(exercise))

    @property
    def counts(self) -> Counts:
        """The log entries, counted by day."""
        return Counts(self._there)

    @property
    def leaves(self) -> Leaves:
        """The logs, a page at a time, and what can be found in them."""
        return Leaves(self._there)

    def entry(self, id: str) -> Entry | None:  # noqa: A002 - the name that the record has
        """Return one entry in its current version, deleted or not; None if there is none."""
        return entries.entry(self._there, id)

    def save_entry(
        self,
        id: str,  # noqa: A002 - the name that the record has
        exercise: str,
        values: Mapping[str, Json],
        *,
        base: int,
        happened: Moment,
        sitting: str,
        moment: Moment,
    ) -> Saved:
        """Save one log entry that builds on revision `base` (0: a new one), by the rules of `save`.

        A save to an entry that was deleted meanwhile brings it back.
        """
        self._refuse_unkept(exercise, *values, *(str(field) for field in [values.get("log")] if field))
        refuse_odd_ids(id, exercise, *values, sitting or "none")
        refuse_odd_place(base)
        text = canonical(dict(values))
        with self._writing():
            return entries.save(self._store, id, exercise, text, base, happened, sitting, moment)

    def delete_entry(self, id: str, *, moment: Moment) -> None:  # noqa: A002 - the name that the record has
        """Take an entry out of its log; `restore_entry` puts it back."""
        with self._writing():
            entries.mark_deleted(self._store, id, moment, deleted=True)

    def restore_entry(self, id: str, *, moment: Moment) -> None:  # noqa: A002 - the name that the record has
        """Put an entry that was taken out back into its log."""
        with self._writing():
            entries.mark_deleted(self._store, id, moment, deleted=False)

    def erase_entry(self, id: str) -> None:  # noqa: A002 - the name that the record has
        """Take an entry and all its versions out of the file, for ever. Copies in `backups/` are left as they are."""
        with self._writing():
            entries.erase(self._store, id)

    def entry_history(self, id: str) -> list[Entry]:  # noqa: A002 - the name that the record has
        """Return the kept versions of one entry, newest first."""
        return entries.history(self._there, id)

    def entry_conflicts(self, exercise: str | None = None) -> dict[str, list[Entry]]:
        """Return, by entry id, the versions that another page's save took the place of and that are not settled."""
        return entries.conflicts(self._there, exercise)

    def settle_entry(self, id: str) -> None:  # noqa: A002 - the name that the record has
        """Note that the person has seen the other versions of an entry. They stay in its history."""
        with self._writing():
            entries.settle(self._store, id)

    # Events and settings

    def note(self, kind: str, detail: Mapping[str, Json], *, moment: Moment) -> Event:
        """Note that something happened; never with a person's words."""
        refuse_odd_ids(kind)
        event, text = Event(kind, dict(detail), moment), canonical(dict(detail))
        with self._writing():
            events.note(self._store, event, text)
        return event

    def events(self, kinds: Iterable[str] | None = None) -> list[Event]:
        """Return all events, or those of some kinds, in the order in which they were noted."""
        return events.events(self._there, kinds)

    def setting(self, name: str) -> Json:
        """Return one of the workbook's own settings; None if it was never set."""
        return meta.setting(self._there, name)

    def set_setting(self, name: str, value: Json) -> None:
        """Remember one of the workbook's own settings."""
        refuse_odd_ids(name)
        text = canonical(value)
        with self._writing():
            meta.set_setting(self._store, name, text)

    # The whole

    def whole(self) -> Whole:
        """Return everything that the journal holds, as it stood at one instant."""
        self.soundness.make_sure()
        with self._store.snapshot():
            return self._whole()

    def prove(self) -> bool:
        """Look at every row, and return whether there is any answer or entry. Raises JournalDamaged."""
        self.soundness.make_sure()
        return walk.prove(self._there)

    def take_in(self, bring: Callable[[Whole], Additions]) -> None:
        """Add what `bring` makes of everything that is here, all of it or nothing. Raises NotKept and other errors.

        Before it, a journal that holds something is backed up.
        """
        if self.whole() != EMPTY:
            backup.back_up(self._store, Moment.now(), backup.BEFORE_IMPORT)
        with self._writing():
            additions.write(self._store, bring(self._whole()), self._never_kept)

    def back_up(self, moment: Moment) -> Path:
        """Write a verified copy of the journal, with the same key, where backups go; return where it is."""
        return backup.back_up_where_chosen(self._store, moment)

    def back_up_if_due(self, moment: Moment) -> Path | None:
        """Make the day's backup if there is none yet and there is something to keep; let old ones go.

        Every row is read first, so that a damaged one is noticed and never takes a good copy's place.
        """
        if not backup.is_due(folder := backup.where_to(self.path, locked=self.key is not None), moment):
            return None
        if not self.prove():
            return None
        lock.lock_late(self._there, folder)
        place = backup.back_up_where_chosen(self._there, moment)
        backup.rotate(place.parent)
        return place

    @property
    def forgetting(self) -> Forgetting:
        """What takes words out of the file for ever."""
        return Forgetting(self._there)

    @property
    def key(self) -> Key | None:
        """The key that opened it; None for a plain one."""
        return self._store.key

    @property
    def _there(self) -> Store:
        """The store, for reading; raises JournalMoved if its file is another one now, and JournalDamaged."""
        self._store.refuse_moved()
        self.soundness.refuse_damaged()
        return self._store

    def _whole(self) -> Whole:
        return Whole(
            answers.every_version(self._store),
            entries.every_entry(self._store),
            entries.every_earlier(self._store),
            events.events(self._store),
            meta.settings(self._store),
        )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._store.transaction():
            migrations.refuse_newer(self._store, migrations.MIGRATIONS)
            yield

    def _refuse_unkept(self, exercise: str, *fields: str) -> None:
        for field in fields:
            if (exercise, field) in self._never_kept:
                raise NotKept(exercise=exercise, field=field)
