"""Faults of the disk at each call of the save path: what is acknowledged is stored, and what is not is told kindly."""

from __future__ import annotations

import dataclasses
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rekindle.content import say
from rekindle.journal import Journal, Key
from rekindle.records import Moment

STRACE = shutil.which("strace")
KEY = Key.from_raw(bytes(range(32)))
CALLS = {
    "openat": 12,
    "pwrite64": 24,
    "fsync": 6,
    "fdatasync": 6,
    "unlink": 6,
    "link": 1,
    "ftruncate": 3,
    "pread64": 10,
}
"""The calls that a new journal and a few saves make, and how many of each to let fail, one by one. None is a rename."""
RENAMES = "rename,renameat,renameat2"
LASTING = 3  # a fault that stays tells little more when it comes later
FAULTS = ("ENOSPC", "EIO", "EROFS")
SAVES = 5
SEED = 20261122

pytestmark = [
    pytest.mark.skipif(STRACE is None, reason="strace makes the faults, and this computer has none"),
    pytest.mark.skipif(sys.platform != "linux", reason="strace knows Linux only"),
]


@dataclasses.dataclass(frozen=True)
class Fault:
    """One call that fails: the first time `at`, and for good if it is `lasting`."""

    call: str
    error: str
    at: int
    lasting: bool

    @property
    def rule(self) -> str:
        """What strace is told."""
        return f"inject={self.call}:error={self.error}:when={self.at}{'+' if self.lasting else ''}"


ALL = [
    Fault(call, error, at, lasting)
    for call, most in CALLS.items()
    for error in FAULTS
    for at in range(1, most + 1)
    for lasting in ((False, True) if at <= LASTING else (False,))
]

SAVING = """
import json, sys
from pathlib import Path
from rekindle.errors import RekindleError
from rekindle.journal import Journal, Key
from rekindle.records import Moment

path, raw, saves = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3])
def tell(*words):
    print(json.dumps(words), flush=True)
try:
    with Journal.open(path, never_kept=(), key=Key.from_raw(raw) if raw else None) as journal:
        for number in range(saves):
            try:
                text = f"{number} " * 900
                moment = Moment.now("Europe/Berlin")
                journal.save("e", f"f{number}", text, base=0, wording="?", sitting="s", moment=moment)
                tell("kept", number)
            except RekindleError as error:
                tell("not", error.code)
except RekindleError as error:
    tell("not", error.code)
"""


def save_under(fault: Fault, path: Path, key: Key | None) -> tuple[list[int], set[str], bool]:
    """Save a few answers while a call fails; return what was acknowledged, the errors told, and if the call was met."""
    log = path.parent.parent / "calls"
    places = [word for end in ("", "-wal", "-shm", "-journal") for word in ("-P", f"{path}{end}")]
    asked = [str(STRACE), "-f", "-qq", "-o", str(log), *places, "-e", fault.rule, sys.executable, "-c", SAVING]
    raw = key.raw.hex() if key else ""
    done = subprocess.run([*asked, str(path), raw, str(SAVES)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, f"{fault}: {done.stderr[-800:]}"
    said = [json.loads(line) for line in done.stdout.splitlines()]
    kept = [number for kind, number in said if kind == "kept"]
    return kept, {code for kind, code in said if kind == "not"}, "(INJECTED)" in log.read_text(errors="replace")


def try_out(fault: Fault, folder: Path, key: Key | None) -> bool:
    """Check one fault from end to end; return whether it happened at all."""
    path = folder / "book" / "journal.rekindle"
    shutil.rmtree(path.parent, ignore_errors=True)
    kept, codes, met = save_under(fault, path, key)
    for code in codes:
        assert code != "unexpected", fault
        assert all(say(f"errors.{code}.{part}", path=str(path)) for part in ("happened", "safe", "todo"))
    assert codes or len(kept) == SAVES, f"{fault}: neither kept nor told"
    with Journal.open(path, never_kept=(), key=key) as journal:
        found = {field: answer.value for (_, field), answer in journal.answers().items()}
        assert {f"f{number}": f"{number} " * 900 for number in kept}.items() <= found.items(), fault
        journal.whole()
        again = journal.save("e", "after", "it goes on", base=0, wording="?", sitting="s", moment=Moment.now())
        assert again.revision == 1
    return met


@pytest.fixture(params=[None, KEY], ids=["plain", "locked"])
def key(request: pytest.FixtureRequest) -> Key | None:
    found: Key | None = request.param
    return found


def test_a_call_that_fails_loses_nothing_that_was_called_saved(key: Key | None, tmp_path: Path) -> None:
    chosen = random.Random(SEED).sample([fault for fault in ALL if fault.at <= 6], 5)
    met = [try_out(fault, tmp_path, key) for fault in chosen]
    assert any(met)


def test_nothing_is_renamed_when_something_is_saved(key: Key | None, tmp_path: Path) -> None:
    """A new journal comes to its place by a link, which takes no other file's place; so no rename can fail."""
    path, log = tmp_path / "book" / "journal.rekindle", tmp_path / "calls"
    raw = key.raw.hex() if key else ""
    asked = [
        str(STRACE),
        "-f",
        "-qq",
        "-o",
        str(log),
        "-e",
        f"trace={RENAMES},link,linkat",
        sys.executable,
        "-c",
        SAVING,
    ]
    done = subprocess.run([*asked, str(path), raw, str(SAVES)], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.count("kept") == SAVES
    calls = [line for line in log.read_text(errors="replace").splitlines() if str(path.parent) in line]
    assert [line for line in calls if "link" in line.partition("(")[0]], "strace hears what is done to the journal"
    assert not [line for line in calls if "rename" in line.partition("(")[0]]


@pytest.mark.full
def test_any_call_that_fails_loses_nothing_that_was_called_saved(
    key: Key | None, tmp_path: Path, figure: Callable[[str, object], None]
) -> None:
    met = sum(try_out(fault, tmp_path, key) for fault in ALL)
    figure(f"faults met of {len(ALL)} tried", met)
    assert met > len(CALLS) * len(FAULTS)
