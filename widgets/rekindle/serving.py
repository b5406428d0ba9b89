"""Serving: what a start is asked for, told to the server, which begins before the words are read."""

from __future__ import annotations

import contextlib
import functools
import sys
from pathlib import Path

from rekindle import settings
from rekindle.server.order import DASHBOARD, Kind
from rekindle.server.setup import Book, Setup
from rekindle.server.supervisor import serve

# What is read while the server's other process begins is imported then.
OTHER_PAGES = (DASHBOARD, "your-data")


def begin(
    kind: Kind, port: int, *, browser: bool, never_lock: bool, lock_after: float, copy: Path | None = None
) -> None:
    """Serve the pages, or JupyterLab, of the journal's folder, until told to stop."""
    key = b"" if never_lock else _key()
    if never_lock:
        _refuse_if_locked()
    folder = copy or settings.notebooks_folder()
    setup = Setup(
        kind=kind,
        home=settings.home(),
        notebooks=folder,
        read_only=folder.is_relative_to(settings.PACKAGE),
        template=settings.PACKAGE / "voila_template",
        extension=settings.PACKAGE / "frontend" / "charts_extension",
        book=functools.partial(_book, folder),
        seeds=("rekindle.doors", "rekindle.content:catalog"),
        port=port,
        lock_after=lock_after * 60,
        never_lock=never_lock,
        key=bytearray(key),
    )
    serve(setup, _say_ready, browser=browser)


def _key() -> bytes:
    """Return the key of the book, where a file holds its passphrase."""
    if settings.passphrase_file() is None:
        return b""
    from rekindle import asking
    from rekindle.content import catalog

    key = asking.key_for_serving(settings.journal_path(), catalog().never_kept)
    return key.raw if key else b""


def _refuse_if_locked() -> None:
    from rekindle.content import say
    from rekindle.journal import is_locked

    if is_locked(settings.journal_path()):
        print(say("command.passphrase.is_locked_plainly"), file=sys.stderr)  # noqa: T201 (a person reads it)
        sys.exit(1)


def _book(folder: Path) -> Book:
    """Read the words, and tell which pages there are and what the server says by itself."""
    from rekindle.content import catalog
    from rekindle.content.frame_words import help_words

    read = catalog()
    parts = tuple(part.notebook for part in read.parts)
    words: dict[str, dict[str, str]] = {}
    for key, text in read.words.under("command.pages").items():
        page, _, part = key.partition(".")
        words.setdefault(page, {})[part] = text
    errors = {f"error.{key}": text for key, text in read.words.under("errors").items()}
    return Book(
        pages=tuple(page for page in (*parts, *OTHER_PAGES) if (folder / f"{page}.ipynb").is_file()),
        first=parts[0],
        words=words,
        says={**read.words.under("lock"), **errors},
        help=help_words(read)["groups"],
    )


def _say_ready(address: str) -> None:
    from rekindle.content import catalog

    with contextlib.suppress(OSError):  # nobody reads our output; the browser is opened all the same
        print(catalog().say("command.ready", address=address), flush=True)  # noqa: T201 (as above)
