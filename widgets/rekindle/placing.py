"""The command that says where backups go, and lets them go elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rekindle import asking, settings
from rekindle.content import catalog, say
from rekindle.errors import BackupFolderOpen
from rekindle.journal import Journal, is_locked
from rekindle.journal.backup import FOLDER, away, folders
from rekindle.journal.backup import backups as backups_in
from rekindle.journal.chosen import choose, chosen, is_open_to_others
from rekindle.records import Moment

# What an option says in `--help` stands in the words, under `command.help` and the option's name.


def backups(
    *,
    to: Annotated[Path | None, typer.Option("--to")] = None,
    beside: Annotated[bool, typer.Option("--beside")] = False,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    home: Annotated[Path | None, typer.Option("--home")] = None,
) -> None:
    """Say where backups go; with --to or --beside, let them go elsewhere."""
    settings.use_home(home)
    journal = settings.journal_path()
    if to is not None:
        _put(journal, to, agreed=yes)
    elif beside:
        choose(journal, None, locked=is_locked(journal))
        typer.echo(say("command.backups.done_beside"))
    else:
        _tell(journal)


def _put(journal: Path, folder: Path, *, agreed: bool) -> None:
    locked = is_locked(journal)
    try:
        choice = choose(journal, folder, agreed=agreed, locked=locked)
    except BackupFolderOpen:
        for key in ("open", "plain", "ask"):
            typer.echo(say(f"command.backups.{key}", path=str(folder)))
        if not asking.agrees(say("command.keep.yes")):
            raise typer.Exit(1) from None
        choice = choose(journal, folder, agreed=True, locked=locked)
    typer.echo(say("command.backups.done", path=str(choice.now)))
    if choice.place and is_open_to_others(choice.place) and locked:
        typer.echo(say("command.backups.locked"))
    if journal.exists():
        with Journal.open(journal, never_kept=catalog().never_kept, key=asking.key_of(journal)) as book:
            book.prove()  # every row is read, so that no damaged one is taken for a good copy
            typer.echo(say("command.backups.first", path=str(book.back_up(Moment.now()))))


def _tell(journal: Path) -> None:
    choice = chosen(journal)
    if choice.now:
        typer.echo(say("command.backups.chosen", path=str(choice.now)))
    else:
        typer.echo(say("command.backups.beside", path=str(journal.parent / FOLDER)))
    for place in away(journal):
        key = "away" if place == choice.place else "before_away"
        typer.echo(say(f"command.backups.{key}", path=str(place.parent)))
    for place in folders(journal):
        typer.echo(say("command.backups.held", path=str(place), count=len(backups_in(place))))
