"""The command in a terminal: its help, its refusals, the export and the doctor."""

from __future__ import annotations

import itertools
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rekindle import __version__, cli, commands, serving, settings
from rekindle.content import catalog, say
from rekindle.journal import Journal
from rekindle.records import Moment

COMMAND = str(Path(sys.executable).with_name("rekindle"))
CANARY = "canary-4711"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, *words], capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "COLUMNS": "100"}
    )


@pytest.fixture
def journal() -> Path:
    path = settings.journal_path()
    with Journal.open(path, never_kept=catalog().never_kept) as book:
        book.save("why-it-ended", "what", CANARY, base=0, wording="w", sitting="s", moment=Moment.now())
    return path


@pytest.mark.parametrize("command", [[], ["start"], ["lab"], ["export"], ["carry"], ["import"], ["doctor"]])
def test_help_says_what_each_command_and_option_does(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert say(f"command.help.{command[0] if command else 'app'}")[:40] in " ".join(done.stdout.split())
    for line in done.stdout.splitlines():
        assert not line.strip().startswith("--") or len(line.split()) > 2, line


def test_the_version() -> None:
    assert run("--version").stdout.strip() == f"Rekindle {__version__}"


@pytest.mark.parametrize("words", [["--port", "x"], ["nonsense"], ["--port", "70000"], ["export"], ["--nothing"]])
def test_wrong_use_is_told_with_code_2(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_the_export_holds_everything_and_is_private(journal: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = run("export", "--format", "json", "--output", str(out))
    assert done.returncode == 0, done.stderr
    assert json.loads(out.read_text())["answers"]["why-it-ended"]["what"] == CANARY
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert CANARY not in done.stdout + done.stderr
    assert [path.name for path in tmp_path.glob("*out.json*")] == ["out.json"]


@pytest.mark.parametrize(("form", "start"), [("csv", b"PK"), ("markdown", b"# My book")])
def test_the_export_has_other_forms_and_they_are_private_too(
    journal: Path, tmp_path: Path, form: str, start: bytes
) -> None:
    out = tmp_path / "out"
    done = run("export", "--format", form, "--output", str(out))
    assert done.returncode == 0, done.stderr
    assert out.read_bytes().startswith(start)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert say("command.export.plain") in done.stdout


def test_a_locked_file_is_carried_to_another_computer(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, there, secret = tmp_path / "book.rekindle", tmp_path / "there", tmp_path / "secret"
    secret.write_text("six plain words\n")
    secret.chmod(0o600)
    assert run("carry", str(out)).returncode == 1  # nobody is there to type a passphrase
    assert not out.exists()
    monkeypatch.setenv("REKINDLE_PASSPHRASE_FILE", str(secret))
    assert run("passphrase", "set").returncode == 0
    done = run("carry", str(out))
    assert done.returncode == 0, done.stderr
    assert say("command.carry.locked") in done.stdout
    assert CANARY.encode() not in out.read_bytes()
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert run("carry", str(out)).returncode == 1  # it is there already
    assert run("import", str(out), "--take", "--home", str(there)).returncode == 0
    with Journal.open(there / journal.name, never_kept=()) as book:
        assert book.answers()["why-it-ended", "what"].value == CANARY
    assert run("carry", str(out), "--plain", "--force").returncode == 0
    assert CANARY.encode() in out.read_bytes()


def test_the_export_takes_another_home(journal: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    done = run("export", "--output", str(out), "--home", str(tmp_path / "elsewhere"))
    assert done.returncode == 1
    assert say("command.export.empty") in done.stderr
    assert not out.exists()
    assert not (tmp_path / "elsewhere").exists()


def test_the_export_writes_over_a_file_only_when_told(journal: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("mine")
    done = run("export", "--output", str(out))
    assert done.returncode == 1
    assert out.read_text() == "mine"
    assert run("export", "--output", str(out), "--force").returncode == 0
    assert CANARY in out.read_text()
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_an_export_is_looked_at_and_then_taken_over(journal: Path, tmp_path: Path) -> None:
    out, there = tmp_path / "out.json", tmp_path / "there"
    assert run("export", "--output", str(out)).returncode == 0
    looked = run("import", str(out), "--home", str(there))
    assert (looked.returncode, looked.stdout.splitlines()[-1]) == (0, say("command.import.not_yet"))
    assert not there.exists()
    assert run("import", str(out), "--take", "--home", str(there)).returncode == 0
    again = tmp_path / "again.json"
    assert run("export", "--output", str(again), "--home", str(there)).returncode == 0
    assert again.read_bytes() == out.read_bytes()


def test_a_file_that_is_none_of_ours_is_refused_calmly(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"{}")
    before = journal.read_bytes()
    for name, code in (("x", "import-unreadable"), ("nothing", "import-no-file")):
        done = run("import", str(tmp_path / name), "--take")
        assert done.returncode == 1
        path = str(tmp_path / name)
        assert done.stderr.splitlines() == [say(f"errors.{code}.{p}", path=path) for p in ("happened", "safe", "todo")]
    assert journal.read_bytes() == before


def test_an_export_that_cannot_be_written_is_said_calmly(journal: Path, tmp_path: Path) -> None:
    done = run("export", "--output", str(tmp_path / "no" / "out.json"))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [say(f"errors.export-refused.{part}") for part in ("happened", "safe", "todo")]


def test_a_damaged_journal_is_said_calmly_and_not_touched(journal: Path, tmp_path: Path) -> None:
    journal.write_bytes(b"not a journal" * 1000)
    before = journal.read_bytes()
    for words in (["export", "--output", str(tmp_path / "o.json")], ["doctor"]):
        done = run(*words)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr + done.stdout
    assert journal.read_bytes() == before


def test_the_doctor_finds_all_well(journal: Path) -> None:
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    assert str(journal) in done.stdout
    assert CANARY not in done.stdout + done.stderr
    assert say("command.doctor.fine") in done.stdout


def test_the_doctor_makes_nothing(home: Path) -> None:
    before = sorted(home.rglob("*"))
    assert run("doctor").returncode == 0
    assert sorted(home.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
def test_the_doctor_notices_that_others_can_read(journal: Path) -> None:
    journal.chmod(0o644)
    journal.parent.chmod(0o755)
    done = run("doctor")
    assert done.returncode == 1
    assert say("command.doctor.open_to_others", mode="644") in done.stdout
    assert say("command.doctor.folder_wide") in done.stdout


def test_the_doctor_proof_reads_content(tmp_path: Path) -> None:
    assert run("doctor", "--content").returncode == 0
    done = run("doctor", "--content", "--content-folder", str(tmp_path))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr + done.stdout


def test_the_ready_line_is_the_one_that_programs_wait_for() -> None:
    assert say("command.ready", address="ADDRESS") == "Rekindle is ready: ADDRESS"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Give the list of what the server is asked to begin, and nothing begins."""
    asked: list[Any] = []
    monkeypatch.setattr(
        serving,
        "begin",
        lambda kind, port, *, copy=None, **more: asked.append((kind, port, more, copy, str(settings.home()))),
    )
    return asked


COMMANDS: tuple[list[str], ...] = ([], ["start"], ["lab"], ["doctor"], ["nonsense"])
OPTIONS = (
    *(["--port", port] for port in ("0", "8888", "65535", "70000", "-1", "x", "", "٣")),
    *(["--lock-after", minutes] for minutes in ("10", "0.01", "0", "1440", "1441", "1e2", "nan")),
    *(["--home", folder] for folder in ("a", "/b c", "~/d", "", "--port")),
    ["--home"],
    ["--port=5"],
    ["--no-browser"],
    ["--no-passphrase"],
    ["--browser"],
    ["--version"],
    ["--", "x"],
    [],
)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_plain_start_is_asked_for_what_the_whole_command_would_ask(
    command: list[str], begun: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, plain = commands.build(), 0
    for first, second in itertools.product(OPTIONS, OPTIONS):
        words = [*command, *first, *second]
        monkeypatch.delenv("REKINDLE_HOME", raising=False)
        if (quick := cli.plain_start(words)) is None:
            continue
        cli._begin(quick)
        monkeypatch.delenv("REKINDLE_HOME", raising=False)
        whole(words, standalone_mode=False)
        told, by_all = begun
        assert told == by_all, words
        begun.clear()
        plain += 1
    assert plain > 100 if command in ([], ["start"], ["lab"]) else plain == 0


def test_a_plain_start_reads_no_words_and_no_journal_before_it_begins() -> None:
    program = """
import sys
sys.argv = ["rekindle", "--no-browser", "--port", "0"]
from rekindle import cli
from rekindle.server import supervisor
def serve(*told, **more):
    heavy = "typer pydantic sqlcipher3 http.client multiprocessing.connection rekindle.content rekindle.journal"
    print("begun", *[name for name in heavy.split() if name in sys.modules])
supervisor.serve = serve
cli.main()
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "begun\n"


def test_an_interrupt_before_the_server_hears_of_it_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_told: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(serving, "begin", interrupted)
    monkeypatch.setattr(sys, "argv", ["rekindle", "--no-browser"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130
