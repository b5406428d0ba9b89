"""The commands that keep and delete: `backup`, `restore` and `forget`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from rekindle import asking, settings
from rekindle.content import catalog, say
from rekindle.errors import BackupNotGood, RekindleError
from rekindle.journal import (
    Forgotten,
    Journal,
    Key,
    What,
    forget_all,
    is_good,
    is_locked,
    newest_good,
)
from rekindle.journal import (
    restore as put_back,
)
from rekindle.journal.backup import away, every_backup, taken
from rekindle.journal.chosen import chosen
from rekindle.journal.forgetting import forget_set_aside, set_aside
from rekindle.portable.leaks import leaking, own_texts, shared_files
from rekindle.records import Moment
from rekindle.server.claim import is_running

# What an option says in `--help` stands in the words, under `command.help` and the option's name.
Home = Annotated[Path | None, typer.Option("--home")]
Yes = Annotated[bool, typer.Option("--yes")]
ALL, ASIDE = "all", "set-aside"


def backup(*, home: Home = None) -> None:
    """Make a backup now."""
    settings.use_home(home)
    journal = settings.journal_path()
    if not journal.exists():
        _refuse("command.keep.no_journal")
    with Journal.open(journal, never_kept=catalog().never_kept, key=asking.key_of(journal)) as book:
        book.prove()  # every row is read, so that no damaged one is taken for a good copy
        place = book.back_up(Moment.now())
    typer.echo(say("command.keep.made", path=str(place)))
    if (now := chosen(journal).now) and not place.is_relative_to(now):
        typer.echo(say("command.keep.made_here", path=str(now)))


def restore(
    *,
    file: Annotated[Path | None, typer.Option("--from")] = None,
    yes: Yes = False,
    home: Home = None,
) -> None:
    """Put a backup back in the journal's place; what stood there is kept."""
    settings.use_home(home)
    journal = settings.journal_path()
    copies = every_backup(journal)
    for folder in away(journal):
        typer.echo(say("command.keep.away", path=str(folder.parent)))
    if file is None and not copies:
        _refuse("command.keep.none")
    key = asking.key_of_copies(journal, [file] if file else copies)
    copy = file or _choose(journal, copies, key, first=yes)
    if is_locked(journal) and not is_locked(copy):
        typer.echo(say("command.keep.no_lock"))
    if not yes and not _agreed(say("command.keep.ask_restore", date=_told(copy)), say("command.keep.yes")):
        raise typer.Exit(1)
    kept = put_back(journal, copy, key, Moment.now())
    typer.echo(say("command.keep.back"))
    if kept:
        typer.echo(say("command.keep.kept", path=str(kept)))


def forget(
    page: Annotated[str, typer.Argument()],
    *,
    field: Annotated[str, typer.Option("--field")] = "",
    log: Annotated[bool, typer.Option("--log")] = False,
    with_backups: Annotated[bool, typer.Option("--with-backups")] = False,
    yes: Yes = False,
    home: Home = None,
) -> None:
    """Delete a page's words, one answer, a log, or everything, for ever."""
    settings.use_home(home)
    journal = settings.journal_path()
    if page == ALL:
        _forget_all(journal, yes=yes)
        return
    if page == ASIDE:
        _forget_aside(journal, yes=yes)
        return
    title = catalog().page(page).title
    if not journal.exists():
        _refuse("command.keep.no_journal")
    if not yes and not _agreed(say("command.keep.ask_forget", title=title), say("command.keep.delete")):
        raise typer.Exit(1)
    with Journal.open(journal, never_kept=catalog().never_kept, key=asking.key_of(journal)) as book:
        what = What(page, field=field, log_only=log)
        _sum_up(book.forgetting.forget(what, backups_too=with_backups), with_backups=with_backups)


def look_for_words(journal: Path, key: Key | None, folders: Sequence[Path]) -> int:
    """Look for the person's own words in what may be shared, and tell where they are; return in how many files."""
    if not journal.exists():
        return 0
    if is_locked(journal) and key is None:
        typer.echo(say("command.doctor.words_locked"))
        return 0
    try:
        with Journal.open(journal, never_kept=(), key=key) as book:
            texts = own_texts(book.whole())
    except RekindleError:  # the doctor has said so
        return 0
    files = sorted({file for folder in folders for file in shared_files(folder)})
    found = leaking(texts, files)
    for file in found:
        typer.echo(say("command.doctor.words_in", path=str(file)))
    if not found:
        typer.echo(say("command.doctor.words_none", count=len(files)))
    return len(found)


def _forget_aside(journal: Path, *, yes: bool) -> None:
    count = len(set_aside(journal))
    if not count:
        _refuse("command.keep.aside_none")
    if not yes and not _agreed(say("command.keep.ask_aside", count=count), say("command.keep.delete")):
        raise typer.Exit(1)
    typer.echo(say("command.keep.aside_gone", count=forget_set_aside(journal)))


def _forget_all(journal: Path, *, yes: bool) -> None:
    if is_running(journal.parent, "pages") or is_running(journal.parent, "lab"):
        _refuse("command.keep.open")
    if not yes and not _agreed(say("command.keep.ask_all"), say("command.keep.delete")):
        raise typer.Exit(1)
    gone_from, still = forget_all(journal), [str(folder.parent) for folder in away(journal)]
    typer.echo(say("command.keep.all_gone", count=gone_from))
    for path in still:
        typer.echo(say("command.keep.away_has", path=path))
    typer.echo(say("command.keep.reach"))


def _sum_up(done: Forgotten, *, with_backups: bool) -> None:
    typer.echo(say("command.keep.gone" if done.rows else "command.keep.nothing"))
    if with_backups:
        typer.echo(say("command.keep.backups", changed=done.backups, left=done.left))
        if done.away:
            typer.echo(say("command.keep.away_has", path=done.away))
    else:
        typer.echo(say("command.keep.backups_have"))
    typer.echo(say("command.keep.reach"))


def _choose(journal: Path, copies: Sequence[Path], key: Key | None, *, first: bool) -> Path:
    """Return the newest good backup, or the one that is chosen from the list by its number."""
    newest = newest_good(copies, key)
    if newest is None:
        raise BackupNotGood(path=str(copies[0]))
    if journal.exists() and not _whole(journal, key):
        typer.echo(say("command.keep.damaged"))
    if first or not sys.stdin.isatty():
        return newest
    for number, copy in enumerate(copies, 1):
        key_ = "newest" if copy == newest else "one"
        typer.echo(say(f"command.keep.{key_}", number=number, date=_told(copy)))
    chosen = typer.prompt(say("command.keep.which"), default=copies.index(newest) + 1, type=int)
    return copies[chosen - 1] if 0 < chosen <= len(copies) else newest


def _whole(journal: Path, key: Key | None) -> bool:
    try:
        return is_good(journal, key)
    except RekindleError:
        return True  # held by another program, or newer than this one: not damaged


def _told(copy: Path) -> str:
    try:
        when = taken(copy)
    except ValueError:  # a copy under a name of the person's own
        if not copy.exists():
            return str(copy)
        when = dt.datetime.fromtimestamp(copy.stat().st_mtime, dt.UTC)
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


def _agreed(question: str, word: str) -> bool:
    typer.echo(question)
    return asking.agrees(word)


def _refuse(key: str) -> None:
    typer.echo(say(key), err=True)
    raise typer.Exit(1)
