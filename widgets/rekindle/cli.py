"""The command `rekindle`: what a person types, and what it answers."""

import contextlib
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from rekindle import __version__, settings
from rekindle.content import catalog, say
from rekindle.errors import ExportRefused, RekindleError
from rekindle.journal import Journal
from rekindle.portable.export import to_json
from rekindle.server.order import DASHBOARD, Kind
from rekindle.server.supervisor import Setup, serve

# No `from __future__ import annotations` here: an option's help is looked up when its command is made.

OTHER_PAGES = (DASHBOARD, "your-data")


def main() -> None:
    """Run the command. Errors are three calm sentences on standard error, and exit code 1; wrong use is 2."""
    try:
        build()()
    except RekindleError as error:
        _complain(error.code, error.facts)
    except OSError as error:
        _complain("unexpected", {}, type(error).__name__)
    except Exception as error:  # noqa: BLE001 (a traceback could quote a person's words)
        _complain("unexpected", {}, type(error).__name__)


def _complain(code: str, facts: dict[str, str | int], kind: str = "") -> None:
    try:
        lines = [say(f"errors.{code}.{part}", **facts) for part in ("happened", "safe", "todo")]
    except RekindleError as error:  # the words themselves are broken
        lines = [str(error)]
    for line in [*lines, *([kind] if kind else [])]:
        typer.echo(line, err=True)
    sys.exit(1)


def build() -> typer.Typer:
    """Return the command with its sub-commands."""
    app = typer.Typer(
        add_completion=False, pretty_exceptions_enable=False, help=say("command.help.app"), context_settings=_settings()
    )
    _add_servers(app)
    _add_export(app)
    return app


def _settings() -> dict[str, Any]:
    return {"help_option_names": ["--help", "-h"]}


def _flag(name: str, key: str) -> Any:  # noqa: ANN401 (typer's own type for an option)
    return typer.Option(name, help=say(f"command.help.{key}"))


def _options() -> tuple[Any, ...]:
    """Return the types of the options that `start` and `lab` share, each with its help."""
    port = typer.Option("--port", min=0, max=65535, help=say("command.help.port"))
    return (
        Annotated[int, port],
        Annotated[bool, _flag("--no-browser", "no_browser")],
        Annotated[Path | None, _flag("--home", "home")],
        Annotated[bool, _flag("--no-passphrase", "no_passphrase")],
    )


def _add_servers(app: typer.Typer) -> None:
    Port, NoBrowser, Home, NoPassphrase = _options()  # noqa: N806 (they are types)
    Version = Annotated[bool, typer.Option("--version", help=say("command.help.version"))]  # noqa: N806

    @app.callback(invoke_without_command=True)
    def rekindle(
        ctx: typer.Context,
        port: Port = 0,
        no_browser: NoBrowser = False,
        home: Home = None,
        no_passphrase: NoPassphrase = False,
        version: Version = False,
    ) -> None:
        if version:
            typer.echo(say("command.version", version=__version__))
            raise typer.Exit
        _use_home(home)
        if ctx.invoked_subcommand is None:
            _serve("pages", port, browser=not no_browser)

    def server(kind: Kind) -> Callable[..., None]:
        def run(
            port: Port = 0, no_browser: NoBrowser = False, home: Home = None, no_passphrase: NoPassphrase = False
        ) -> None:
            _use_home(home)
            _serve(kind, port, browser=not no_browser)

        return run

    app.command("start", help=say("command.help.start"))(server("pages"))
    app.command("lab", help=say("command.help.lab"))(server("lab"))


def _use_home(home: Path | None) -> None:
    if home is not None:
        os.environ["REKINDLE_HOME"] = str(home.expanduser().absolute())


def _serve(kind: Kind, port: int, *, browser: bool) -> None:
    folder = settings.notebooks_folder()
    parts = tuple(part.notebook for part in catalog().parts)
    pages = tuple(page for page in (*parts, *OTHER_PAGES) if (folder / f"{page}.ipynb").is_file())
    setup = Setup(
        kind=kind,
        home=settings.home(),
        notebooks=folder,
        template=settings.PACKAGE / "voila_template",
        extension=settings.PACKAGE / "frontend" / "charts_extension",
        pages=pages,
        first=parts[0],
        words=_calm_words(),
        port=port,
    )
    serve(setup, _say_ready, browser=browser)


def _calm_words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = {}
    for key, text in catalog().words.under("command.pages").items():
        page, _, part = key.partition(".")
        words.setdefault(page, {})[part] = text
    return words


def _say_ready(address: str) -> None:
    try:
        typer.echo(say("command.ready", address=address))
        sys.stdout.flush()
    except OSError:
        return  # nobody reads our output; the browser is opened all the same


def _add_export(app: typer.Typer) -> None:
    Form = Annotated[Literal["json"], _flag("--format", "format")]  # noqa: N806 (they are types)
    Output = Annotated[Path, _flag("--output", "output")]  # noqa: N806
    Force = Annotated[bool, _flag("--force", "force")]  # noqa: N806
    Home = Annotated[Path | None, _flag("--home", "home")]  # noqa: N806

    @app.command("export", help=say("command.help.export"))
    def export(output: Output, format: Form = "json", force: Force = False, home: Home = None) -> None:  # noqa: A002
        _use_home(home)
        journal = settings.journal_path()
        if not journal.exists():
            typer.echo(say("command.export.empty"), err=True)
            raise typer.Exit(1)
        if output.exists() and not force:
            typer.echo(say("command.export.exists"), err=True)
            raise typer.Exit(1)
        with Journal.open(journal, never_kept=catalog().never_kept) as book:
            written = to_json(book.whole())
        _write_private(output, written)
        typer.echo(say("command.export.done", path=str(output)))
        typer.echo(say("command.export.plain"))


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
