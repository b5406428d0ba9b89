"""Where things are on this computer, and where the workbook is running."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

from platformdirs import user_data_path

PACKAGE = Path(__file__).parent
JOURNAL_NAME = "journal.rekindle"
NEVER_LOCK = "REKINDLE_NEVER_LOCK"
"""The variable that tells a kernel that its book is to be offered no lock."""


LOCK_AFTER = "REKINDLE_LOCK_AFTER"
"""The variable that tells a kernel after how many seconds without a touch its book is locked."""

SOUND_NOTES = "REKINDLE_SOUND_NOTES"
"""The variable that tells a kernel in which folder the kernels of one server note that a journal was found in order."""


class Surface(StrEnum):
    """Where a page is being shown."""

    VOILA = "voila"
    LAB = "lab"


def home() -> Path:
    """Return the folder of the journal: `REKINDLE_HOME`, else the platform's data folder. It may not exist yet."""
    chosen = os.environ.get("REKINDLE_HOME")
    return Path(chosen).expanduser().absolute() if chosen else user_data_path("rekindle", appauthor=False)


def use_home(folder: Path | None) -> None:
    """Let a folder that was named on the command line be the journal's, here and in what is started from here."""
    if folder is not None:
        os.environ["REKINDLE_HOME"] = str(folder.expanduser().absolute())


def journal_path() -> Path:
    """Return the path of the journal file, whether or not it exists."""
    return home() / JOURNAL_NAME


def passphrase_file() -> Path | None:
    """Return the file that holds the passphrase, for scripts: `REKINDLE_PASSPHRASE_FILE`, if it is set."""
    named = os.environ.get("REKINDLE_PASSPHRASE_FILE")
    return Path(named).expanduser() if named else None


def sound_notes() -> Path | None:
    """Return the folder in which the kernels of one server note what they found in order; None without a server."""
    named = os.environ.get(SOUND_NOTES)
    return Path(named) if named else None


def is_never_locked() -> bool:
    """Return whether this book is to be offered no lock: it was started with `--no-passphrase`."""
    return bool(os.environ.get(NEVER_LOCK))


def lock_after() -> float:
    """Return after how many seconds without a touch a locked book is locked again."""
    return float(os.environ.get(LOCK_AFTER, "600"))


def notebooks_folder() -> Path:
    """Return the folder that holds the notebooks: inside an installed package, or beside a checkout's source."""
    packed = PACKAGE / "notebooks"
    return packed if packed.is_dir() else PACKAGE.parent.parent / "notebooks"


def surface() -> Surface:
    """Return where this kernel's page is shown. Voilà sets its base address in every kernel, warm ones too."""
    return Surface.VOILA if "VOILA_BASE_URL" in os.environ or "VOILA_PREHEAT" in os.environ else Surface.LAB


def keeps_pages_warm() -> bool:
    """Return whether kernels wait for the pages that are likely to be next; not with `REKINDLE_WARM=0`."""
    return os.environ.get("REKINDLE_WARM", "1") != "0"


def is_shared() -> bool:
    """Return whether this is Binder: a public computer that forgets. BinderHub says so to all that runs there."""
    return any(os.environ.get(name) for name in ("BINDER_LAUNCH_HOST", "BINDER_REPO_URL"))


def idle_minutes() -> float:
    """Return after how many quiet minutes this computer closes and forgets: `REKINDLE_IDLE_MINUTES`; 0 for never."""
    told = os.environ.get("REKINDLE_IDLE_MINUTES", "10")
    try:
        return float(told) if is_shared() else 0
    except ValueError:
        return 10


def base_url() -> str:
    """Return the server's base address as the browser sees it, with a slash at its end."""
    return os.environ.get("VOILA_BASE_URL", "/")
