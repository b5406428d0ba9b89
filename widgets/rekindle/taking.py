"""The commands that write the journal down for its owner: to read, to reckon with, or to take to another computer."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from rekindle import asking, settings
from rekindle.content import catalog, say
from rekindle.errors import ExportRefused
from rekindle.journal import Journal, Whole
from rekindle.portable.forms import Form, written_as
from rekindle.portable.packing import pack

Force = Annotated[bool, typer.Option("--force")]
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
    _write_private(output, written_as(form, _whole(), catalog()))
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
    _write_private(file, pack(whole, key, catalog().never_kept) if key else written_as("json", whole, catalog()))
    typer.echo(say("command.carry.done", path=str(file)))
    typer.echo(say("command.carry.locked" if key else "command.export.plain"))
    typer.echo(say("command.carry.next"))


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


def _refuse(key: str) -> None:
    typer.echo(say(key), err=True)
    raise typer.Exit(1)


def _write_private(output: Path, content: bytes) -> None:
    """Write a file that only this account can read, whole or not at all."""
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(output)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise ExportRefused(path=str(output)) from error
