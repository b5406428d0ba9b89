"""Where things are in a test run, and the variables that keep every program inside a home of its own."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent


def home_environment(home: Path) -> dict[str, str]:
    """Return the variables that keep every program inside `home`; `REKINDLE_HOME` is `home / "rekindle"`."""
    folders = {
        "REKINDLE_HOME": "rekindle",
        "HOME": "",
        "USERPROFILE": "",
        "APPDATA": "appdata",
        "LOCALAPPDATA": "appdata",
        "XDG_DATA_HOME": "share",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
        "JUPYTER_CONFIG_DIR": "jupyter/config",
        "JUPYTER_DATA_DIR": "jupyter/data",
        "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
        "IPYTHONDIR": "ipython",
        "MPLCONFIGDIR": "mpl",
    }
    return {name: str(home / folder) for name, folder in folders.items()}
