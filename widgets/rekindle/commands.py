"""The commands: all that a person can type after `rekindle`, and what each answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from rekindle import __version__, asking, bringing, keeping, placing, serving, settings, taking
from rekindle.content import catalog, proof, say
from rekindle.errors import BookOpen
from rekindle.own_copy import copy_notebooks
from rekindle.server import doctor as clinic
from rekindle.server.claim import is_running
from rekindle.shortcut import shortcut

# What an option says in `--help` stands in the words, under `command.help` and the option's name.
Port = Annotated[int, typer.Option("--port", min=0, max=65535, show_default=False)]
NoBrowser = Annotated[bool, typer.Option("--no-browser")]
Home = Annotated[Path | None, typer.Option("--home")]
NoPassphrase = Annotated[bool, typer.Option("--no-passphrase")]
LockAfter = Annotated[float, typer.Option("--lock-after", min=0.01, max=1440)]


def build() -> Any:  # noqa: ANN401 (typer carries its own copy of click, whose types it does not name)
    """Return the command with its sub-commands, and the words for each."""
    keeps = keeping.backup, placing.backups, keeping.restore, keeping.forget
    takes = taking.export, taking.carry, taking.book, taking.calendar
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    app.callback(invoke_without_command=True)(rekindle)
    for command in (start, lab, passphrase, *takes, import_, *keeps, shortcut, doctor):
        app.command(command.__name__.strip("_"))(command)
    built = typer.main.get_command(app)
    _put_words(built, "app")
    return built


def _put_words(command: Any, name: str) -> None:  # noqa: ANN401 (as above)
    """Write the words into a command's help, and into its options' and sub-commands'."""
    command.help = command.short_help = say(f"command.help.{name}")
    for option in command.params:
        if option.param_type_name == "option":
            option.help = say(f"command.help.{option.opts[0].strip('-').replace('-', '_')}")
    for below, sub in getattr(command, "commands", {}).items():
        _put_words(sub, below)


def rekindle(
    ctx: typer.Context,
    *,
    port: Port = 0,
    no_browser: NoBrowser = False,
    home: Home = None,
    no_passphrase: NoPassphrase = False,
    lock_after: LockAfter = 10.0,
    version: Annotated[bool, typer.Option("--version")] = False,
) -> None:
    """Without a command, start."""
    settings.use_home(home)
    if version:
        typer.echo(say("command.version", version=__version__))
    elif ctx.invoked_subcommand is None:
        start(port=port, no_browser=no_browser, no_passphrase=no_passphrase, lock_after=lock_after)


def start(
    *,
    port: Port = 0,
    no_browser: NoBrowser = False,
    home: Home = None,
    no_passphrase: NoPassphrase = False,
    lock_after: LockAfter = 10.0,
) -> None:
    """Serve the pages."""
    settings.use_home(home)
    serving.begin("pages", port, browser=not no_browser, never_lock=no_passphrase, lock_after=lock_after)


def lab(
    *,
    port: Port = 0,
    no_browser: NoBrowser = False,
    home: Home = None,
    no_passphrase: NoPassphrase = False,
    lock_after: LockAfter = 10.0,
    copy: Annotated[Path | None, typer.Option("--copy")] = None,
) -> None:
    """Serve the notebooks in JupyterLab."""
    settings.use_home(home)
    folder = copy.expanduser().absolute() if copy else None
    if folder:
        put, left = copy_notebooks(settings.notebooks_folder(), folder)
        for key, count in (("put", put), ("left", left)):
            if count:
                typer.echo(say(f"command.copy.{key}", path=str(folder), **{key: count}))
    serving.begin("lab", port, browser=not no_browser, never_lock=no_passphrase, lock_after=lock_after, copy=folder)


def passphrase(
    what: Annotated[Literal["set", "change", "remove"] | None, typer.Argument()] = None, *, home: Home = None
) -> None:
    """Lock the journal, change its passphrase, or take the lock away."""
    settings.use_home(home)
    journal = settings.journal_path()
    if is_running(journal.parent, "pages") or is_running(journal.parent, "lab"):
        raise BookOpen
    if not asking.change_lock(journal, what, catalog().never_kept):
        raise typer.Exit(1)


def import_(
    file: Annotated[Path, typer.Argument()],
    *,
    take: Annotated[bool, typer.Option("--take")] = False,
    home: Home = None,
) -> None:
    """Say what a file would bring into the journal; with --take, take it over, all of it or nothing."""
    settings.use_home(home)
    for line in bringing.bring_in(file, settings.journal_path(), really=take):
        typer.echo(line)


def doctor(
    *,
    content: Annotated[bool, typer.Option("--content")] = False,
    content_folder: Annotated[Path | None, typer.Option("--content-folder")] = None,
    share: Annotated[Path | None, typer.Option("--share")] = None,
    home: Home = None,
) -> None:
    """Look everything over; exit code 1 if something needs a look."""
    settings.use_home(home)
    if content or content_folder:
        _proof_read(content_folder)
        return
    journal = settings.journal_path()
    may_ask = settings.passphrase_file() or sys.stdin.isatty()
    key = asking.key_of(journal) if may_ask else None
    found = clinic.look(journal, settings.notebooks_folder(), __version__, key)
    typer.echo(say("command.doctor.title"))
    for finding in found:
        _, of_error, code = finding.key.partition("error.")
        keys = [f"errors.{code}.{part}" for part in ("happened", "safe", "todo")]
        for sentence in keys if of_error else [f"command.doctor.{finding.key}"]:
            typer.echo(say(sentence, **finding.facts))
    folders = [settings.notebooks_folder(), journal.parent, *([share] if share else [])]
    leaks = keeping.look_for_words(journal, key, folders)
    _sum_up(sum(finding.amiss for finding in found) + leaks)


def _proof_read(folder: Path | None) -> None:
    amiss = proof.problems(folder)
    for problem in amiss:
        typer.echo(proof.in_words(problem))
    if not amiss and folder is None:
        book = catalog()
        typer.echo(say("command.doctor.content_fine", parts=len(book.parts), exercises=len(book.exercises)))
    else:
        _sum_up(len(amiss))


def _sum_up(count: int) -> None:
    key = ("fine", "found_one")[count] if count < 2 else "found_many"
    typer.echo(say(f"command.doctor.{key}", count=count))
    if count:
        raise typer.Exit(1)
