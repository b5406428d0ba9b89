"""The commands that write the journal down for its owner: to read, to keep, or to take to another computer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

import typer

from rekindle import asking, settings
from rekindle.content import catalog, say
from rekindle.journal import Journal, Whole
from rekindle.portable.forms import Form, written_as
from rekindle.portable.packing import pack
from rekindle.portable.whole_file import write_private
from rekindle.records import Moment

# What an option says in `--help` stands in the words, under `command.help` and the option's name.
Parts = Annotated[list[str] | None, typer.Option("--part")]
Initials = Annotated[bool, typer.Option("--initials")]
ThenAndNow = Annotated[bool, typer.Option("--then-and-now")]
Charts = Annotated[bool, typer.Option("--charts")]
Entries = Annotated[bool, typer.Option("--entries")]
Force = Annotated[bool, typer.Option("--force")]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Home = Annotated[Path | None, typer.Option("--home")]


def export(
    *,
    output: Annotated[Path, typer.Option("--output")],
    form: Annotated[Form, typer.Option("--format")] = "json",
    force: Force = False,
    home: Home = None,
) -> None:
    """Write the whole journal to a file."""
    settings.use_home(home)
    _refuse_needless(output, force=force)
    write_private(output, written_as(form, _whole(), catalog()))
    typer.echo(say("command.export.done", path=str(output)))
    typer.echo(say("command.export.plain"))


def carry(
    file: Annotated[Path, typer.Argument()],
    *,
    plain: Annotated[bool, typer.Option("--plain")] = False,
    force: Force = False,
    home: Home = None,
) -> None:
    """Write one file to take to another computer, locked unless it is said otherwise."""
    settings.use_home(home)
    _refuse_needless(file, force=force)
    whole = _whole()
    key = None if plain else asking.new_one()
    write_private(file, pack(whole, key, catalog().never_kept) if key else written_as("json", whole, catalog()))
    typer.echo(say("command.carry.done", path=str(file)))
    typer.echo(say("command.carry.locked" if key else "command.export.plain"))
    typer.echo(say("command.carry.next"))


def book(
    file: Annotated[Path, typer.Argument()],
    *,
    part: Parts = None,
    initials: Initials = False,
    then_and_now: ThenAndNow = False,
    charts: Charts = False,
    entries: Entries = False,
    force: Force = False,
    home: Home = None,
) -> None:
    """Write the private book to a file."""
    settings.use_home(home)
    journal, words = settings.journal_path(), catalog()
    known = [each.id for each in words.parts]
    if set(part or ()) - set(known):
        _refuse("keepsake.command.no_part", parts=", ".join(known))
    _refuse_needless(file, force=force)
    # Widgets are read only here: a start of the book must not wait for them.
    from rekindle.keepsake import Wishes, from_journal  # noqa: PLC0415 - as said

    wishes = Wishes(frozenset(part or known), entries=entries, then_and_now=then_and_now, charts=charts)
    made = from_journal(words, journal, asking.key_of(journal), wishes, initials=initials)
    if not made.html:
        _refuse("keepsake.command.empty")
    write_private(file, made.html.encode("utf-8"))
    typer.echo(say("keepsake.command.done", path=str(file)))
    for note in made.notes:
        typer.echo(say(f"keepsake.notes.{note}"))
    typer.echo(say("keepsake.command.not_locked"))


def calendar(
    file: Annotated[Path, typer.Argument()],
    *,
    weekly: Annotated[Weekday | None, typer.Option("--weekly")] = None,
    look_again: Annotated[bool, typer.Option("--look-again")] = False,
    milestones: Annotated[bool, typer.Option("--milestones")] = False,
    at: Annotated[int, typer.Option("--at", min=6, max=22)] = 19,
    zone: Annotated[str, typer.Option("--zone")] = "",
    force: Force = False,
    home: Home = None,
) -> None:
    """Write a file for a calendar, with what was chosen."""
    settings.use_home(home)
    wished = {"weekly": weekly, "look_again": look_again, "milestones": milestones}
    kinds = frozenset(name for name, wish in wished.items() if wish)
    if not kinds:
        _refuse("command.calendar.choose")
    if zone and Moment.now(zone).zone != zone:
        _refuse("command.calendar.zone", zone=zone)
    _refuse_needless(file, force=force)
    # Widgets are read only here: a start of the book must not wait for them.
    from rekindle.page.reminders import WEEKDAYS, calendar_from  # noqa: PLC0415 - as said

    journal, day = settings.journal_path(), WEEKDAYS.index(weekly or "sunday")
    made, count = calendar_from(catalog(), journal, asking.key_of(journal), kinds, day, dt.time(at), zone)
    if not made:
        _refuse("command.calendar.nothing")
    write_private(file, made)
    typer.echo(say("command.calendar.done_one" if count == 1 else "command.calendar.done", path=str(file), count=count))
    typer.echo(say("command.calendar.seen"))


def _whole() -> Whole:
    journal = settings.journal_path()
    with Journal.open(journal, never_kept=catalog().never_kept, key=asking.key_of(journal)) as book:
        return book.whole()


def _refuse_needless(output: Path, *, force: bool) -> None:
    """Say so, and end, where there is nothing to write or a file that is not to be written over."""
    if not settings.journal_path().exists():
        _refuse("command.export.empty")
    if output.exists() and not force:
        _refuse("command.export.exists")


def _refuse(key: str, **facts: str) -> None:
    typer.echo(say(key, **facts), err=True)
    raise typer.Exit(1)
