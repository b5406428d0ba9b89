"""Opening: a journal's file is taken in hand, made if there is none, recognised, checked and brought up to date."""

from __future__ import annotations

from pathlib import Path

from rekindle.journal import backup, lock, migrations
from rekindle.journal.folder import guard_file, make_whole, prepare_folder
from rekindle.journal.key import Key
from rekindle.journal.soundness import AT_ONCE, Soundness
from rekindle.journal.store import Store
from rekindle.records import Moment


def opened(path: Path, key: Key | None, *, check_later: bool) -> tuple[Store, Soundness]:
    """Return the store of a journal, made if there is none and up to date, and what is known of its soundness.

    With `check_later` a large file is checked when that is asked for, and in any case before anything is written to it.
    """
    prepare_folder(path.parent)
    if not path.exists() and not path.is_symlink():
        make_whole(path, lambda draft: _begin(draft, key))
    guard_file(path)
    store = Store(path, key)
    sound = Soundness(store)
    try:
        migrations.recognise(store, migrations.MIGRATIONS)
        if not check_later or _is_to_be_changed(store) or path.stat().st_size <= AT_ONCE:
            sound.look_now()
        store.prepare_to_write()
        lock.tidy(path, key)
        migrations.migrate(
            store, migrations.MIGRATIONS, lambda step: backup.back_up(store, Moment.now(), f"before-{step}")
        )
    except BaseException:
        store.close()
        raise
    store.before_writing = sound.make_sure
    return store, sound


def _is_to_be_changed(store: Store) -> bool:
    """Return whether opening the file changes something: its schema, its way of writing, or what stands beside it."""
    return bool(
        migrations.pending(store, migrations.MIGRATIONS)
        or lock.is_unfinished(store.path)
        or store.rows("PRAGMA journal_mode") != [("delete",)]
    )


def _begin(draft: Path, key: Key | None) -> None:
    with Store(draft, key, new=True) as store:
        store.prepare_to_write()
        migrations.migrate(store, migrations.MIGRATIONS, lambda _: None)
    Store(draft, key).close()  # what was written is opened once more: a key that was not taken shows here
