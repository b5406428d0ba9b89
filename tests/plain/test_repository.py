"""The repository keeps the promises that it makes about itself."""

from __future__ import annotations

import ast
import importlib.metadata
import io
import re
import subprocess
import sys
import tokenize
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import rekindle
from rekindle import commands as all_commands
from tests.places import ROOT

PACKAGE = ROOT / "widgets" / "rekindle"
MODULES = sorted(PACKAGE.rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))

# Below these, a published hole is open: see docs/house.md.
FLOORS = {
    "voila": "0.5.6",
    "jupyter-server": "2.20.0",
    "jupyterlab": "4.5.7",
    "notebook": "7.5.6",
    "nbconvert": "7.17.1",
    "jupyterhub": "4.1",
    "jupyter-server-proxy": "4.1.1",
    "oauthenticator": "17.4.0",
    "jupyter-client": "8.10.0",
    "sqlcipher3": "0.6.4",
}

# Declared without an import of ours, each for a reason.
CARRIED = {
    "jupyterlab": "the second place where the pages work; `rekindle lab` starts it",
    "nbconvert": "Voilà turns notebooks into pages with it; declared for its floor",
    "tzdata": "time zones on Windows, which has none of its own",
}

JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared", "stuff", "base"}


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files that git knows or would add, or, without git, those that a source archive has."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if ".venv" not in path.parts]
    return tuple(ROOT / name for name in listed if name and (ROOT / name).is_file())


@cache
def text_of(path: Path) -> str:
    """Return a file's text, or "" if it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def project() -> dict[str, object]:
    table: dict[str, object] = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    return table


def declared() -> dict[str, Requirement]:
    lines = project()["dependencies"]
    assert isinstance(lines, list)
    return {canonicalize_name(one.name): one for one in map(Requirement, lines)}


@cache
def locked(lock: Path) -> dict[str, str]:
    """Return each package of a lock and its version; a package with versions by Python has its lowest."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text_of(lock), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in sorted(pins, key=lambda pin: Version(pin[1]))[::-1]}


def imported(paths: list[Path]) -> set[str]:
    """Return the top-level names that modules import."""
    found: set[str] = set()
    for node in (node for path in paths for node in ast.walk(ast.parse(text_of(path)))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


# --- versions and dependencies ---


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_locks_hold_no_version_with_a_published_hole(lock: Path) -> None:
    for name, version in locked(lock).items():
        assert Version(version) >= Version(FLOORS.get(name, "0")), name


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_version_with_a_published_hole_is_installed(name: str) -> None:
    try:
        found = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return
    assert Version(found) >= Version(FLOORS[name])


@pytest.mark.parametrize("name", sorted(FLOORS.keys() & declared()))
def test_no_version_with_a_published_hole_may_be_installed(name: str) -> None:
    lowest = [Version(one.version) for one in declared()[name].specifier if one.operator == ">="]
    assert max(lowest) >= Version(FLOORS[name])


def test_the_journals_sqlite_is_free_of_the_bug_that_lost_commits() -> None:
    from sqlcipher3 import dbapi2  # noqa: PLC0415 - only this test needs it, and a broken wheel should fail only here

    assert Version(dbapi2.sqlite_version) >= Version("3.51.3")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_locked_package_has_hashes_and_no_address(lock: Path) -> None:
    blocks = re.split(r"\n(?=\S)", text_of(lock).strip())
    assert len(blocks) > 20
    assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert "://" not in text_of(lock)


def test_locks_agree_and_hold_what_is_declared() -> None:
    run, test, binder = (locked(ROOT / "requirements" / f"{name}.txt") for name in ("run", "test", "binder"))
    assert declared().keys() <= run.keys() & binder.keys()
    assert {name: test.get(name) for name in run} == run
    assert {name: run.get(name) for name in binder} == binder
    assert all(one.specifier.contains(run[name]) for name, one in declared().items())


def test_what_is_imported_is_declared() -> None:
    owners = importlib.metadata.packages_distributions()
    outside = imported(MODULES) - set(sys.stdlib_module_names) - {"rekindle"}
    undeclared = {
        name for name in outside if declared().keys().isdisjoint(map(canonicalize_name, owners.get(name, [])))
    }
    assert undeclared == set()


def test_what_is_declared_is_imported_or_has_its_reason() -> None:
    owners = importlib.metadata.packages_distributions()
    used = {canonicalize_name(owner) for name in imported(MODULES) for owner in owners.get(name, [])}
    assert declared().keys() - used - CARRIED.keys() == set()
    assert CARRIED.keys() <= declared().keys()


# --- one version, two commands ---


def test_the_changelog_begins_with_this_version() -> None:
    first = re.search(r"^## \[?(\S+?)\]?(?: |$)", text_of(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert first
    assert first[1] == project()["version"] == rekindle.__version__


def test_the_readme_names_both_commands_and_the_plain_lines() -> None:
    readme = text_of(ROOT / "README.md")
    for line in (
        "make run",
        "make test",
        "pip install --require-hashes -r requirements/run.txt",
        r"requirements\run.txt",
    ):
        assert line in readme


def test_the_readmes_links_lead_somewhere() -> None:
    for page in (path for path in tracked() if path.suffix == ".md"):
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text_of(page)):
            if "://" not in link and not link.startswith("mailto:"):
                assert (page.parent / link).exists(), f"{page.name}: {link}"


def commands() -> set[str]:
    """Return the names of the commands."""
    return set(all_commands.build().commands)


def test_every_command_is_described_and_no_other() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    told = {name for page in pages for name in re.findall(r"`rekindle ([a-z]+)", text_of(page))}
    assert told == commands()


# --- what is in the tree ---


def test_no_journal_checkpoint_or_build_is_tracked() -> None:
    endings = (".sqlite3", ".sqlite", ".db", ".rekindle", ".pyc", ".whl", "-journal", "-wal", ".log", ".ics")
    bad = [path for path in tracked() if path.name.endswith(endings) or ".ipynb_checkpoints" in path.parts]
    assert bad == []


def test_no_registry_is_named() -> None:
    # Written backwards, so that this file does not name them either.
    hosts = [name[::-1] for name in ("gro.ipyp", "gro.detsohnohtyp", "gro.sjmpn", "gro.naibed.bed", "gro.adnocana")]
    assert [path.name for path in tracked() if any(host in text_of(path) for host in hosts)] == []


def test_nothing_is_left_for_later() -> None:
    promise = re.compile(r"\b(?:TO{1}DO|FIX{1}ME|X{3})\b|(?i:coming\Wsoon)")
    own = {path for path in tracked() if path.parent.name == "fonts" or path == Path(__file__)}
    assert [path.name for path in tracked() if path not in own and promise.search(text_of(path))] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short_and_named_after_a_thing(path: Path) -> None:
    assert len(text_of(path).splitlines()) <= 300
    assert path.stem not in JUNK_DRAWERS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_runs_no_text_as_code(path: Path) -> None:
    assert imported([path]).isdisjoint({"pickle", "cPickle", "dill", "marshal", "shelve", "yaml"})
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            attribute = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            assert name not in {"eval", "exec", "__import__"}
            assert attribute not in {"read_pickle", "to_pickle"}
            assert "allow_pickle" not in {keyword.arg for keyword in node.keywords}


# --- exceptions have reasons ---

EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover)[^\s#-]*(?:\s*[A-Z]+\d+,?)*(.*)")


def unreasoned(source: str) -> list[str]:
    """Return the comments that lift a rule and do not say why."""
    comments = (
        token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type == tokenize.COMMENT
    )
    lifted = ((comment.string, EXCEPTION.search(comment.string)) for comment in comments)
    return [text for text, found in lifted if found and len(re.findall(r"\w+", found[1])) < 2]


def skipped_without_reason(source: str) -> list[int]:
    """Return the lines of skips and expected failures that give no reason."""
    tree = ast.parse(source)
    calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and re.fullmatch(r"pytest\.(mark\.)?(skip|skipif|xfail)", ast.unparse(node)):
            call = calls.get(id(node))
            words = [] if call is None else [keyword.arg for keyword in call.keywords]
            if "reason" not in words and not (call and call.args and node.attr != "skipif"):
                lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    "path", [path for path in tracked() if path.suffix == ".py"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_every_exception_to_a_rule_says_why(path: Path) -> None:
    assert unreasoned(text_of(path)) == []
    assert skipped_without_reason(text_of(path)) == []


def test_an_exception_without_a_reason_is_noticed() -> None:
    bare = ["x = 1  # noqa: S101", "x = 1  # type: ignore[attr-defined]", "x = 1  # noqa: S101, S102", "x = 1  # noqa"]
    assert [len(unreasoned(line)) for line in bare] == [1, 1, 1, 1]
    assert unreasoned("x = 1  # noqa: S101, S102 - a test may look inside") == []
    assert unreasoned("x = 1  # type: ignore[attr-defined]  # the stub lacks this name") == []
    assert skipped_without_reason("import pytest\n@pytest.mark.skip\ndef f(): ...") == [2]
    assert skipped_without_reason("import pytest\npytest.mark.skipif(True)") == [2]
    assert skipped_without_reason("import pytest\npytest.skip('no second account on this machine')") == []


# --- what others run for us ---


def test_actions_are_pinned_by_hash() -> None:
    used = [use for path in (ROOT / ".github").rglob("*.yml") for use in re.findall(r"uses:\s*(\S+)", text_of(path))]
    assert used
    assert [use for use in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", use)] == []
