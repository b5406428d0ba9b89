"""What every test gets: a home of its own, and guards around the real journal and the tree."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import hypothesis.configuration
import pytest

from rekindle import settings
from tests.places import ROOT, home_environment
from tools.chromium import find_chromium

SCRATCH = {".venv", ".git", ".pytest_cache", ".mypy_cache", ".ruff_cache", "__pycache__"}
CHANGES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "shutil.rmtree"}

figures = pytest.StashKey[list[str]]()
tree = pytest.StashKey[set[str]]()
real = pytest.StashKey[tuple[Path, tuple[int, int] | None]]()


class Trespass(BaseException):
    """A test reached for the tree or for somebody's journal. No `except Exception` can hide it."""


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return a file's size and time of change, or None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _tree_state() -> set[str]:
    """Return what git sees beside its commits, ignored files too, with sizes and times; nothing without git."""
    ask = ["git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=all", "--ignored=matching"]
    try:
        lines = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.splitlines()
    except OSError:
        return set()
    return {f"{line} {_stamp(ROOT / line[3:])}" for line in lines if not SCRATCH.intersection(Path(line[3:]).parts)}


def _touched(event: str, args: tuple[Any, ...]) -> Iterator[tuple[str, bool]]:
    """Give each absolute path that an audited event is about, and whether it changes anything there.

    A relative path counts only in `open(...)`: everywhere else it may be relative to a folder that we cannot see.
    """
    if event == "open":
        path, mode, flags = args
        writes = bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)) or any(m in "wax+" for m in mode or "")
        named = [path]
    else:
        mode, writes, named = None, True, list(args[: 2 if event == "os.rename" else 1])
    for path in named:
        if isinstance(path, (str, os.PathLike)) and (mode or os.path.isabs(path)):  # noqa: PTH117 - runs at every open; a Path costs ten times as much
            yield os.path.abspath(path), writes  # noqa: PTH100 - as above, for speed


def _is_trespass(event: str, args: tuple[Any, ...], journal: Path) -> str | None:
    """Return what a program is about to touch and must not, or None."""
    for name, writes in _touched(event, args):
        if "pytest-cache-files-" in name:  # where pytest makes its cache before it moves it into place
            continue
        if name.startswith(f"{journal}{os.sep}"):
            return f"the real journal, {name}"
        if writes and name.startswith(f"{ROOT}{os.sep}") and not SCRATCH.intersection(Path(name).parts):
            return f"the tree, {name}"
    return None


def _guard(journal: Path) -> None:
    """Refuse, from now on and in this process, every write into the tree and every look at the real journal."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if (event == "open" or event in CHANGES) and (what := _is_trespass(event, args, journal)):
            raise Trespass(f"a test reached for {what}")

    sys.addaudithook(hook)


def pytest_configure(config: pytest.Config) -> None:
    """Move the whole run into a scratch home before anything of ours is imported by a test."""
    os.environ.setdefault("REKINDLE_CHROMIUM", find_chromium() or "")
    journal = settings.journal_path()
    config.stash[real] = journal, _stamp(journal)
    config.stash[tree] = _tree_state()
    config.stash[figures] = []
    scratch = Path(tempfile.mkdtemp(prefix="rk-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(scratch, ignore_errors=True))
    for name in [name for name in os.environ if name.startswith(("JUPYTER", "IPYTHON", "VOILA", "REKINDLE_HOME"))]:
        del os.environ[name]
    os.environ.update(home_environment(scratch))
    hypothesis.configuration.set_hypothesis_home_dir(scratch / "hypothesis")
    hypothesis.settings.register_profile("seeded", derandomize=True, database=None, deadline=None, print_blob=True)
    hypothesis.settings.load_profile("seeded")
    _guard(journal.parent)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home folder of its own; `REKINDLE_HOME` is `home / "rekindle"`."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name, value in home_environment(folder).items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def closing() -> Iterator[Callable[[Any], Any]]:
    """Give a function that takes what was opened, hands it back, and closes it after the test."""
    with contextlib.ExitStack() as opened:
        yield lambda thing: opened.enter_context(contextlib.closing(thing))
    gc.collect()  # what a test left open warns here, in its own test


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Give a function that notes a measured figure; the run prints all of them at its end."""
    notes = request.config.stash[figures]
    return lambda name, value: notes.append(f"{request.node.name}: {name} = {value}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the folder that they live in: what they need is where they are."""
    for item in items:
        for need in ("kernel", "browser"):
            if need in item.path.relative_to(ROOT / "tests").parts:
                item.add_marker(need)


def pytest_collection_finish() -> None:
    """Keep what is there before the first test out of every later search for garbage; it takes most of its time."""
    gc.collect()
    gc.freeze()


def _trespasses(config: pytest.Config) -> list[str]:
    """Return what the run left changed that it had no business with."""
    journal, stamp = config.stash[real]
    found = [f"the real journal {journal} was touched"] if _stamp(journal) != stamp else []
    if os.environ.get("CI"):  # elsewhere somebody may be at work on the files meanwhile
        before = config.stash[tree]
        found += [f"the tree was written to: {line}" for line in sorted(_tree_state() ^ before)]
    return found


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if, in any process, it wrote into the tree or touched the real journal."""
    if _trespasses(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures that the tests noted, and what the run should not have touched."""
    if notes := config.stash[figures]:
        terminalreporter.section("figures")
        for note in notes:
            terminalreporter.write_line(note)
    for found in _trespasses(config):
        terminalreporter.write_line(f"ERROR {found}", red=True)
