"""Asking for a passphrase: on the terminal, without showing it, or of a private file, for scripts."""

from __future__ import annotations

import getpass
import os
import stat
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import typer

from rekindle.content import say
from rekindle.errors import JournalError, PassphraseFile, PassphrasesDiffer, PassphraseWanted
from rekindle.journal import Journal, Key, is_good, is_locked, key_for, new_key, new_passphrase, relock
from rekindle.records import FieldId
from rekindle.settings import passphrase_file

DONE = {"set": "set", "change": "changed", "remove": "removed"}


def change_lock(journal: Path, what: str | None, never_kept: Collection[FieldId]) -> bool:
    """Give the journal a passphrase, another one or none, and tell it; return False if there was nothing to change."""
    locked = is_locked(journal)
    what = what or ("change" if locked else "set")
    if locked is (what == "set"):
        _tell("is_locked" if locked else "is_plain")
        return False
    old = key_of(journal)
    Journal.open(journal, never_kept=never_kept, key=old).close()  # a wrong one is told before a new one is asked for
    if what != "remove":
        _tell("lost")
    done = relock(journal, old, None if what == "remove" else new_one())
    _tell(DONE[what])
    if done.changed or done.deleted or done.left:
        _tell("copies", changed=done.changed, deleted=done.deleted, left=done.left)
    if done.away:
        _tell("away" if what == "set" else "away_old", path=done.away)
    if what == "set":
        _tell("reach")
    return True


def _tell(key: str, **facts: str | int) -> None:
    """Say something to the person, not to a program that reads our output."""
    print(say(f"command.passphrase.{key}", **facts), file=sys.stderr)  # noqa: T201 - the terminal is where they are


def key_of(journal: Path) -> Key | None:
    """Return the key of a journal, None for a plain one; its passphrase is asked for if there is no file with it."""
    if not is_locked(journal):
        return None
    return key_from_file(journal) or key_for(journal, ask("asks.current"))


def key_of_copies(journal: Path, copies: Sequence[Path]) -> Key | None:
    """Return the key that opens the journal, else the first of its backups that it opens; None where none is locked.

    A damaged journal may have lost the bytes that its key is made with, and a backup may have others of its own.
    """
    locked = [place for place in copies if is_locked(place)]
    if not locked:
        return None
    passphrase = passphrase_in_file() or ask("asks.current")
    keys: dict[str, Key] = {}
    for place in [*([journal] if is_locked(journal) else []), *locked]:
        key = key_for(place, passphrase)
        if keys.setdefault(key.literal, key) is key and _fits(place, key):
            return key
    return next(iter(keys.values()))


def _fits(place: Path, key: Key) -> bool:
    try:
        return is_good(place, key)
    except JournalError:
        return False


def key_from_file(journal: Path) -> Key | None:
    """Return the key of the passphrase that `REKINDLE_PASSPHRASE_FILE` holds; None if there is no such variable.

    Where there is no journal yet, it is the key of a new one. Raises PassphraseFile, EmptyKey and JournalPlain.
    """
    file = passphrase_file()
    if file is None:
        return None
    passphrase = _read(file)
    return key_for(journal, passphrase) if journal.exists() else new_key(passphrase)


def key_for_serving(journal: Path, never_kept: Collection[FieldId]) -> Key | None:
    """Return the key that a file names for the book, which then asks nobody; a wrong one is told at once.

    Where there is no journal yet, one is made with it.
    """
    key = key_from_file(journal)
    if key is not None:
        Journal.open(journal, never_kept=never_kept, key=key).close()
    return key


def new_one() -> Key:
    """Return the key of a new passphrase: the file's, or one that was typed twice. On Enter, six words are made."""
    file = passphrase_file()
    if file is not None:
        return new_key(_read(file))
    typed = ask("asks.new")
    if not typed:
        typed = new_passphrase()
        _tell("made", words=typed)
    key = new_key(typed)
    if ask("asks.again") != typed:
        raise PassphrasesDiffer
    return key


def passphrase_in_file() -> str:
    """Return the passphrase that `REKINDLE_PASSPHRASE_FILE` holds, "" if there is no such variable."""
    file = passphrase_file()
    return _read(file) if file else ""


def ask(prompt: str) -> str:
    """Return what is typed, which the terminal does not show. Raises PassphraseWanted where nobody can type."""
    if not sys.stdin.isatty():
        raise PassphraseWanted
    try:
        return getpass.getpass(say(f"command.passphrase.{prompt}") + " ")
    except (EOFError, KeyboardInterrupt):
        raise PassphraseWanted from None


def agrees(word: str) -> bool:
    """Return whether the person typed a word. Where nobody can type, nothing is done, and the command ends."""
    if not sys.stdin.isatty():
        typer.echo(say("command.keep.not_asked"), err=True)
        raise typer.Exit(1)
    typed = typer.prompt(say("command.keep.type", word=word), default="", show_default=False)
    return str(typed).strip().casefold() == word.casefold()


def _read(file: Path) -> str:
    """Return the first line of a file that nobody else can read."""
    try:
        found = file.stat()
        if os.name == "posix" and (stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid != os.geteuid()):
            raise PassphraseFile(path=str(file))
        return file.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, ValueError, IndexError):
        raise PassphraseFile(path=str(file)) from None
