"""The passphrase in a terminal: asked for without being shown, taken from a private file, and in no output."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from rekindle import settings
from rekindle.content import catalog, say
from rekindle.errors import JournalLocked
from rekindle.journal import Journal, is_locked, key_for
from rekindle.records import Moment

COMMAND = str(Path(sys.executable).with_name("rekindle"))
WORDS, OTHER = "drei Worte genügen", "vier andere Worte genügen"
CANARY = "canary-4711"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals to ask on")


@pytest.fixture
def journal() -> Path:
    path = settings.journal_path()
    with Journal.open(path, never_kept=catalog().never_kept) as book:
        book.save("why-it-ended", "what", CANARY, base=0, wording="w", sitting="s", moment=Moment.now())
        book.back_up(Moment.now())
    return path


def typed(words: Sequence[str], answers: Sequence[str]) -> tuple[int, str]:
    """Run the command on a terminal, type the answers where it asks, and return its code and all that was shown."""
    child, terminal = os.forkpty()
    if not child:
        os.execv(COMMAND, [COMMAND, *words])  # noqa: S606 - the project's own program, on the terminal just made
    shown, left = b"", list(answers)
    deadline = time.monotonic() + 60
    with contextlib.suppress(OSError):  # how a terminal says that its program has ended
        while time.monotonic() < deadline and (part := os.read(terminal, 4096)):
            shown += part
            if left and part.rstrip(b" ").endswith(b":"):
                time.sleep(0.1)  # it drops what was typed before it stopped showing it
                os.write(terminal, left.pop(0).encode() + b"\n")
    os.close(terminal)
    assert not left, shown.decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), " ".join(shown.decode().split())


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    around = {**os.environ, "COLUMNS": "100", **more}
    return subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, check=False, timeout=60, env=around, stdin=subprocess.DEVNULL
    )


def opens(journal: Path, passphrase: str) -> bool:
    try:
        Journal.open(journal, never_kept=(), key=key_for(journal, passphrase)).close()
    except JournalLocked:
        return False
    return True


def flat(key: str, **facts: str | int) -> str:
    return " ".join(say(key, **facts).split())


def test_a_passphrase_is_set_changed_and_taken_away(journal: Path) -> None:
    code, shown = typed(["passphrase"], [WORDS, WORDS])
    assert code == 0, shown
    assert opens(journal, WORDS)
    assert flat("command.passphrase.set") in shown
    assert flat("command.passphrase.copies", changed=1, deleted=0, left=0) in shown
    code, more = typed(["passphrase"], [WORDS, OTHER, OTHER])
    assert code == 0, more
    assert opens(journal, OTHER)
    assert not opens(journal, WORDS)
    code, rest = typed(["passphrase", "remove"], [OTHER])
    assert code == 0, rest
    assert not is_locked(journal)
    Journal.open(journal, never_kept=()).close()
    assert WORDS not in shown + more + rest


def test_on_enter_six_words_are_made_and_told_once(journal: Path) -> None:
    code, shown = typed(["passphrase", "set"], ["", ""])
    assert code == 1
    assert flat("errors.passphrases-differ.happened") in shown
    assert not is_locked(journal)
    before, _, after = flat("command.passphrase.made", words="\0").partition("\0")
    assert before.strip() in shown
    assert len(shown.partition(before.strip())[2].split(flat("command.passphrase.asks.again"))[0].split()) == 6
    assert after.strip() == ""


def test_a_wrong_passphrase_is_told_before_a_new_one_is_asked_for(journal: Path) -> None:
    typed(["passphrase"], [WORDS, WORDS])
    before = journal.read_bytes()
    code, shown = typed(["passphrase", "change"], ["not it"])
    assert code == 1
    assert flat("errors.journal-locked.happened") in shown
    assert journal.read_bytes() == before


def test_an_empty_one_for_the_old_is_refused(journal: Path) -> None:
    typed(["passphrase"], [WORDS, WORDS])
    code, shown = typed(["passphrase", "remove"], [" "])
    assert code == 1
    assert flat("errors.empty-key.happened") in shown
    assert is_locked(journal)


def test_what_is_already_so_is_said(journal: Path) -> None:
    for what in ("change", "remove"):
        done = run("passphrase", what)
        assert (done.returncode, done.stderr.strip()) == (1, say("command.passphrase.is_plain"))


def test_export_and_doctor_ask_for_it(journal: Path, tmp_path: Path) -> None:
    typed(["passphrase"], [WORDS, WORDS])
    out = tmp_path / "out.json"
    code, shown = typed(["export", "--output", str(out)], [WORDS])
    assert code == 0, shown
    assert CANARY in out.read_text()
    code, shown = typed(["doctor"], [WORDS])
    assert code == 0, shown
    assert flat("command.doctor.journal_fine") in shown
    code, shown = typed(["doctor"], ["not it"])
    assert code == 1
    assert flat("errors.journal-locked.happened") in shown


def test_without_a_terminal_it_is_wanted_or_left_alone(journal: Path, tmp_path: Path) -> None:
    typed(["passphrase"], [WORDS, WORDS])
    done = run("export", "--output", str(tmp_path / "o.json"))
    assert done.returncode == 1
    assert say("errors.passphrase-wanted.happened") in done.stderr
    done = run("doctor")
    assert done.returncode == 0
    assert say("command.doctor.locked") in done.stdout


def test_a_script_names_a_private_file(journal: Path, tmp_path: Path) -> None:
    file = tmp_path / "words"
    file.write_text(WORDS + "\n")
    file.chmod(0o644)
    open_to_others = run("passphrase", "set", REKINDLE_PASSPHRASE_FILE=str(file))
    assert open_to_others.returncode == 1
    assert say("errors.passphrase-file.happened", path=str(file)) in open_to_others.stderr
    assert not is_locked(journal)
    file.chmod(0o600)
    assert run("passphrase", "set", REKINDLE_PASSPHRASE_FILE=str(file)).returncode == 0
    assert opens(journal, WORDS)
    out = tmp_path / "out.json"
    done = run("export", "--output", str(out), REKINDLE_PASSPHRASE_FILE=str(file))
    assert done.returncode == 0
    assert CANARY in out.read_text()
    assert WORDS not in done.stdout + done.stderr


@pytest.mark.parametrize("content", ["", "\n", None])
def test_a_file_without_a_passphrase_is_refused(journal: Path, tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "words"
    if content is not None:
        file.write_text(content)
        file.chmod(0o600)
    done = run("passphrase", "set", REKINDLE_PASSPHRASE_FILE=str(file))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not is_locked(journal)
