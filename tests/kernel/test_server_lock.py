"""The lock in front of the book: the porter asks, the supervisor holds the key, and a lock ends all who saw words."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest

from rekindle.content import say
from rekindle.journal import Journal, Key, is_locked, key_for, new_key
from rekindle.records import Moment
from rekindle.server.keydesk import DESK, KeyDesk, ask
from rekindle.server.stillness import A_NAP, Stillness
from tests.kernel.visitor import Answer, Server, alive, cmdline, launch, serving, wait_for
from tests.memory import memory_of

WORDS, OTHER = "drei Wörter genügen", "vier andere Wörter"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


def locked_journal(home: Path, passphrase: str = WORDS) -> Path:
    path = home / "rekindle" / "journal.rekindle"
    with Journal.open(path, never_kept=(), key=new_key(passphrase)) as journal:
        journal.save("why-it-ended", "what", "zaunkönig", base=0, wording="w", sitting="s", moment=Moment.now())
    return path


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    locked_journal(home)
    with serving(home) as running:
        yield running


def post(server: Server, path: str, **fields: str) -> Answer:
    page = server.ask_in("/").body
    token = re.findall(r'name="form" value="(\w+)"', page)[0]
    return server.ask_in(path, "POST", urlencode({"form": token, **fields}), **FORM)


def is_asking(server: Server) -> bool:
    answer = server.ask_in("/voila/render/dashboard.ipynb")
    return answer.status == 200 and say("lock.lead") in answer.body


def unlock(server: Server, passphrase: str = WORDS, back: str = "/") -> Answer:
    return post(server, "/unlock", passphrase=passphrase, back=back)


def lock_now(server: Server) -> int:
    return server.ask_in("/lock/now", "POST", X_Rekindle="1").status


def of_kind(server: Server, what: str) -> list[psutil.Process]:
    return [one for one in server.tree() if f"rekindle.server.{what}" in cmdline(one)]


def test_every_address_of_the_book_asks_first_and_shows_nothing_else(server: Server) -> None:
    for path in ("/", "/voila/render/dashboard", "/voila/render/01-acknowledge.ipynb", "/no/such/thing"):
        answer = server.ask_in(path)
        assert answer.status == 200
        assert say("lock.lead") in answer.body
        assert "<title>Workbook</title>" in answer.body
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert server.ask_in("/voila/static/voila.js").status == 404
    assert server.err == []


def test_the_right_passphrase_opens_the_page_that_was_asked_for(server: Server) -> None:
    opened = unlock(server, back="/voila/render/your-data.ipynb#lock")
    assert (opened.status, opened.headers["Location"]) == (303, "/voila/render/your-data.ipynb#lock")
    while True:  # whoever asks at once may still meet the porter, who then asks for nothing any more
        page = server.ask_in("/voila/render/dashboard.ipynb")
        assert page.status == 200
        assert say("lock.lead") not in page.body
        if "Refresh" not in page.headers:
            break
    assert f"rk-lock-{server.port}=1" in ", ".join(page.headers.get_all("Set-Cookie", []))
    wait_for(lambda: not of_kind(server, "porter"), 10)


def test_it_leads_back_to_a_page_of_the_book_only(server: Server) -> None:
    assert unlock(server, back="https://evil.example/").headers["Location"] == "/"


def test_a_wrong_passphrase_is_told_later_each_time_and_never_counted(server: Server) -> None:
    took = []
    before = (server.home / "rekindle" / "journal.rekindle").read_bytes()
    for wrong in ("not it", ""):
        begun = time.monotonic()
        answer = unlock(server, wrong)
        took.append(time.monotonic() - begun)
        assert answer.status == 200
        assert 'class="rk-note" role="status"' in answer.body
        assert not re.search(r"role=\"status\">[^<]*\d", answer.body)
    assert took[0] >= 1
    assert took[1] >= 2
    assert (server.home / "rekindle" / "journal.rekindle").read_bytes() == before
    assert unlock(server).status == 303


def test_a_form_of_another_site_and_a_stranger_are_turned_away(server: Server) -> None:
    server.enter()
    body = urlencode({"form": "0" * 64, "passphrase": WORDS})
    assert server.ask_in("/unlock", "POST", body, **FORM).status == 403
    assert server.ask("/unlock", "POST", body, **FORM).status == 403
    assert server.ask_in("/unlock", "POST", body, Host="evil.example", **FORM).status == 403
    assert is_asking(server)
    assert unlock(server).status == 303
    assert server.ask_in("/lock/now", "POST").status == 403, "without our own header"
    assert server.ask("/lock/now", "POST", X_Rekindle="1").status == 403, "without a login"
    assert not is_asking(server)


def test_after_a_lock_nobody_who_was_there_before_is_left(server: Server) -> None:
    unlock(server)
    for page in ("00-before-you-begin", "01-acknowledge"):
        assert server.ask_in(f"/voila/render/{page}").status == 200
    wait_for(lambda: len(server.kernels()) >= 2)
    before = [*of_kind(server, "worker"), *of_kind(server, "kernel")]
    assert lock_now(server) == 204
    assert is_asking(server)
    wait_for(lambda: not alive(before), 10)
    assert unlock(server).status == 303, "and it opens again, from a new worker"
    assert server.ask_in("/voila/render/dashboard").status == 200
    assert server.err == []


def test_no_key_is_in_an_argument_an_environment_or_a_file_and_the_desk_is_ours_alone(server: Server) -> None:
    unlock(server)
    server.ask_in("/voila/render/dashboard")
    kernel = wait_for(server.kernels)[0]
    address = kernel.environ()[DESK]
    assert stat.S_IMODE(Path(address).stat().st_mode) == 0o600
    assert stat.S_IMODE(server.runtime.stat().st_mode) == 0o700
    os.environ[DESK] = address
    try:
        key = ask()
    finally:
        del os.environ[DESK]
    assert key == key_for(server.home / "rekindle" / "journal.rekindle", WORDS)
    secrets = [WORDS, key.raw[:32].hex(), key.raw.hex().upper()]
    for process in server.tree():
        with contextlib.suppress(psutil.Error):
            told = " ".join([*process.cmdline(), *process.environ().values(), *process.environ()])
            assert not [secret for secret in secrets if secret in told], process.name()
    for file in (path for path in server.runtime.rglob("*") if path.is_file()):
        assert key.raw[:32] not in file.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in file.read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux shows a process's memory as a file")
def test_after_a_lock_the_key_is_in_the_memory_of_no_process_of_ours(server: Server) -> None:
    unlock(server)
    server.ask_in("/voila/render/dashboard")
    path = server.home / "rekindle" / "journal.rekindle"
    raw = key_for(path, WORDS).raw[:32]
    assert [one for one in server.tree() if raw in memory_of(one)], "the search finds it where it must be"
    lock_now(server)
    assert is_asking(server)
    wait_for(lambda: len(of_kind(server, "worker")) == 1 and server.kernels(), 30)
    for process in server.tree():
        found = memory_of(process)
        assert raw not in found, cmdline(process)
        assert WORDS.encode() not in found, cmdline(process)


def test_a_still_book_locks_itself_and_a_touch_keeps_it_open(home: Path) -> None:
    locked_journal(home)
    with serving(home, "--lock-after", "0.05") as server:
        unlock(server)
        for _ in range(5):
            assert server.ask_in("/lock/awake", "POST", X_Rekindle="1").status == 204
            time.sleep(1)
        assert '"locked": false' in server.ask_in("/lock/state").body
        wait_for(lambda: '"locked": true' in server.ask_in("/lock/state").body, 10)


def test_a_stop_in_the_terminal_locks_first(server: Server) -> None:
    unlock(server)
    wait_for(lambda: is_open(server))  # the supervisor may hear of a stop before it hears of the key
    server.process.send_signal(signal.SIGTSTP)
    wait_for(lambda: psutil.Process(server.process.pid).status() == psutil.STATUS_STOPPED)
    server.process.send_signal(signal.SIGCONT)
    assert is_asking(server)


@pytest.mark.parametrize("who", ["porter", "worker"])
def test_one_that_dies_behind_the_lock_is_replaced_and_the_lock_holds(server: Server, who: str) -> None:
    server.enter()
    wait_for(lambda: len(of_kind(server, who)) == 1)  # one that is about to start another looks like two
    (victim,) = of_kind(server, who)
    victim.kill()
    wait_for(lambda: [one for one in of_kind(server, who) if one.pid != victim.pid])
    wait_for(lambda: is_asking(server))
    assert unlock(server).status == 303
    wait_for(lambda: is_open(server))


def is_open(server: Server) -> bool:
    """Tell whether the book is there; while the porter leaves, a question that it had not heard yet is cut off."""
    with contextlib.suppress(ConnectionResetError):
        page = server.ask_in("/voila/render/dashboard")
        asks, comes = say("lock.lead") in page.body, "Refresh" in page.headers
        return page.status == 200 and not asks and not comes
    return False


def test_a_lock_is_set_changed_and_taken_away_from_the_pages(home: Path) -> None:
    path = home / "rekindle" / "journal.rekindle"
    with serving(home) as server:
        page = server.ask_in("/lock/passphrase?back=/voila/render/your-data.ipynb")
        assert say("command.pages.moment.title") in page.body
        wait_for(lambda: say("lock.set_title") in server.ask_in("/").body)
        assert post(server, "/passphrase/set", new=WORDS, again=OTHER).body.count(say("lock.differ")) == 1
        assert not path.exists()
        done = post(server, "/passphrase/set", new=WORDS, again=WORDS, back="/voila/render/your-data.ipynb")
        assert say("lock.done_set_title") in done.body
        assert 'href="/voila/render/your-data.ipynb"' in done.body
        assert is_locked(path)
        wait_for(lambda: server.ask_in("/").status == 302)
        server.ask_in("/lock/passphrase")
        wait_for(lambda: say("lock.change_title") in server.ask_in("/").body)
        wrong = post(server, "/passphrase/change", passphrase=OTHER, new=OTHER, again=OTHER)
        assert 'role="status"' in wrong.body
        post(server, "/passphrase/change", passphrase=WORDS, new=OTHER, again=OTHER)
        wait_for(lambda: server.ask_in("/").status == 302)
        Journal.open(path, never_kept=(), key=key_for(path, OTHER)).close()
        server.ask_in("/lock/passphrase")
        wait_for(lambda: say("lock.change_title") in server.ask_in("/").body)
        gone = post(server, "/passphrase/remove", passphrase=OTHER)
        assert say("lock.done_remove_title") in gone.body
        wait_for(lambda: server.ask_in("/").status == 302)
        Journal.open(path, never_kept=()).close()
        assert server.err == []


def test_not_now_leaves_everything_as_it_was(server: Server) -> None:
    before = (server.home / "rekindle" / "journal.rekindle").read_bytes()
    unlock(server)
    server.ask_in("/lock/passphrase")
    wait_for(lambda: say("lock.change_title") in server.ask_in("/").body)
    left = post(server, "/passphrase/back", back="/voila/render/dashboard.ipynb")
    assert (left.status, left.headers["Location"]) == (303, "/voila/render/dashboard.ipynb")
    assert server.ask_in("/voila/render/dashboard").status == 200
    assert not is_asking(server)
    assert (server.home / "rekindle" / "journal.rekindle").read_bytes() == before


def test_jupyterlab_is_behind_the_same_lock(home: Path) -> None:
    locked_journal(home)
    with serving(home, "lab") as server:
        assert say("lock.lead") in server.ask_in("/lab").body
        assert unlock(server, back="/lab/tree/dashboard.ipynb").headers["Location"] == "/lab/tree/dashboard.ipynb"
        assert server.ask_in("/api/status").status == 200
        assert lock_now(server) == 204
        wait_for(lambda: say("lock.lead") in server.ask_in("/lab").body)


def test_a_script_names_a_file_and_is_not_asked(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "words"
    file.write_text(WORDS)
    file.chmod(0o600)
    path = locked_journal(home)
    with serving(home, REKINDLE_PASSPHRASE_FILE=str(file)) as server:
        assert server.ask_in("/voila/render/dashboard").status == 200
        assert not is_asking(server)
    file.write_text("not it")
    refused = launch(home, REKINDLE_PASSPHRASE_FILE=str(file))
    assert refused.process.wait(30) == 1
    path.unlink()
    with serving(home, REKINDLE_PASSPHRASE_FILE=str(file)) as server:
        assert is_locked(path)
        assert not is_asking(server)


def test_a_locked_book_is_not_opened_without_a_passphrase(home: Path) -> None:
    locked_journal(home)
    refused = launch(home, "--no-passphrase")
    assert refused.process.wait(30) == 1
    wait_for(lambda: refused.err)
    assert refused.err == [say("command.passphrase.is_locked_plainly")]


# The parts


def test_the_desk_hands_out_what_it_holds_and_nothing_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = KeyDesk(tmp_path)
    monkeypatch.setenv(DESK, desk.address)
    assert ask() is None
    given = bytearray(range(48))
    desk.put(given)
    assert given == bytes(48), "the one that was handed over is overwritten"
    assert ask() == Key.from_raw(bytes(range(48)))
    desk.forget()
    assert ask() is None
    desk.close()
    assert ask() is None


def test_stillness_ends_after_its_limit_or_a_nap() -> None:
    now = {"steady": 0.0, "wall": 1000.0}
    still = Stillness(600, lambda: now["steady"], lambda: now["wall"])

    def after(steady: float, wall: float) -> bool:
        now["steady"] += steady
        now["wall"] += wall
        return still.is_over()

    assert not after(599, 599)
    assert after(1, 1)
    still.touch()
    assert not after(1, 1 + A_NAP)
    assert after(0.5, A_NAP + 1), "the lid was shut"
    assert not after(0.5, 0.5)
    assert not after(0.5, -3600), "the clock was set back"
