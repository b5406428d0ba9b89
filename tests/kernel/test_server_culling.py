"""When a page's kernel is ended: the policy by itself, and with a real page."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from rekindle.server.culling import CONNECT_WITHIN, RECONNECT_WITHIN, SILENT_FOR, Sight, is_gone
from rekindle.server.pool import Watched
from tests.kernel.visitor import HANDSHAKE, Server, asked, serving, wait_for


def test_a_kernel_that_was_just_handed_out_waits_for_its_page() -> None:
    sight = Sight(100.0)
    assert not is_gone(sight, 100.0)
    assert not is_gone(sight, 100.0 + CONNECT_WITHIN - 0.1)
    assert is_gone(sight, 100.0 + CONNECT_WITHIN)


def test_a_closed_tab_is_gone_after_half_a_minute_unless_it_comes_back() -> None:
    sight = Sight(0.0)
    sight.connect(1.0)
    sight.disconnect(50.0)
    assert not is_gone(sight, 50.0 + RECONNECT_WITHIN - 0.1)
    assert is_gone(sight, 50.0 + RECONNECT_WITHIN)
    sight.connect(70.0)
    assert not is_gone(sight, 200.0)


def test_an_open_page_that_is_heard_is_never_gone() -> None:
    sight = Sight(0.0)
    sight.connect(1.0)
    for minute in range(600):
        sight.hear(minute * 60.0)
        assert not is_gone(sight, minute * 60.0 + 59.0)


def test_an_open_page_without_a_sign_is_gone_after_a_quarter_of_an_hour() -> None:
    sight = Sight(0.0)
    sight.connect(1.0)
    sight.hear(10.0)
    assert not is_gone(sight, 10.0 + SILENT_FOR - 0.1)
    assert is_gone(sight, 10.0 + SILENT_FOR)


def test_a_second_tab_socket_keeps_it() -> None:
    sight = Sight(0.0)
    sight.connect(1.0)
    sight.connect(2.0)
    sight.disconnect(3.0)
    assert not is_gone(sight, 100.0)
    sight.disconnect(4.0)
    assert is_gone(sight, 4.0 + RECONNECT_WITHIN)


@given(st.lists(st.tuples(st.sampled_from(["connect", "hear", "disconnect"]), st.floats(0.01, 900)), max_size=40))
def test_no_page_is_gone_right_after_a_sign_of_it(steps: list[tuple[str, float]]) -> None:
    sight, now = Sight(0.0), 0.0
    for what, pause in steps:
        now += pause
        getattr(sight, what)(now)
        if what == "connect":
            assert not is_gone(sight, now)
        assert sight.sockets >= 0
    assert is_gone(sight, now + SILENT_FOR + CONNECT_WITHIN)


@pytest.mark.parametrize("limit", [CONNECT_WITHIN, RECONNECT_WITHIN, SILENT_FOR])
def test_the_limits_are_times_that_a_person_can_live_with(limit: float) -> None:
    assert 30 <= limit <= 900


class Kernels:
    """Stands for Jupyter's manager: it knows three kernels, and notes how they are ended."""

    def __init__(self) -> None:
        self.ended: list[tuple[str, bool]] = []

    def list_kernel_ids(self) -> list[str]:
        return ["opened", "waiting", "just gone"]

    async def shutdown_kernel(self, kernel_id: str, *, now: bool = False) -> None:
        if kernel_id == "just gone":
            raise KeyError(kernel_id)
        self.ended.append((kernel_id, now))


def test_a_server_that_ends_waits_for_no_kernel_that_nobody_uses_and_leaves_the_others_their_time() -> None:
    pool = type("Pool", (Watched, Kernels), {})()
    pool.sights["opened"] = Sight(0.0)
    asyncio.run(pool.end_waiting())
    assert pool.ended == [("waiting", True)]


def page_kernel(server: Server, page: str) -> str:
    """Open a page and return the id of its kernel."""
    found = re.search(r"[\"'](?:kernelId|kernel_id)[\"']\s*:\s*[\"']([\w-]{36})", server.ask_in(page).body)
    assert found
    return found[1]


def running(server: Server) -> set[str]:
    """Return the ids of the kernels that run."""
    return {one.cmdline()[-1].partition("kernel-")[2].removesuffix(".json") for one in server.kernels()}


def test_only_the_dashboard_and_the_next_page_are_warm(home: Path) -> None:
    with serving(home, REKINDLE_WARM="1") as server:
        wait_for(lambda: len(running(server)) == 2)  # the dashboard and, on a first visit, the first page
        opened = {page_kernel(server, "/voila/render/00-before-you-begin")}
        opened.add(page_kernel(server, "/voila/render/02-work-on-yourself"))
        time.sleep(4)
        assert opened < running(server)
        assert len(running(server)) == len(opened) + 2


def test_a_page_that_is_opened_before_its_turn_waits_for_nobody_and_one_later_is_warm(home: Path) -> None:
    warm = "__import__('os').environ['VOILA_PREHEAT']"
    with serving(home, REKINDLE_WARM="1") as server:
        page_kernel(server, "/voila/render/00-before-you-begin")
        at_once = page_kernel(server, "/voila/render/01-acknowledge")
        assert asked(server, at_once, warm) == "False"
        before = running(server)
        wait_for(lambda: len(running(server) - before) == 1)
        time.sleep(1)
        later = page_kernel(server, "/voila/render/02-work-on-yourself")
        assert asked(server, later, warm) == "True"


def test_only_the_first_page_waits_where_memory_is_short(home: Path) -> None:
    with serving(home, REKINDLE_WARM="0") as server:
        (first,) = wait_for(lambda: running(server))
        assert page_kernel(server, "/voila/render/00-before-you-begin") == first
        other = page_kernel(server, "/voila/render/01-acknowledge")
        time.sleep(2)
        assert running(server) == {first, other}


@pytest.mark.full
def test_a_closed_tabs_kernel_ends_after_half_a_minute_and_warm_ones_wait(home: Path) -> None:
    with serving(home, REKINDLE_WARM="1") as server:
        kernel = page_kernel(server, "/voila/render/00-before-you-begin")
        address = f"/api/kernels/{kernel}/channels?session_id=x"
        assert server.ask_in(address, **HANDSHAKE).status == 101  # and hangs up at once
        time.sleep(20)
        assert kernel in running(server)
        assert server.ask_in(address, **HANDSHAKE).status == 101
        time.sleep(25)
        assert kernel in running(server)
        wait_for(lambda: kernel not in running(server), 15)
        time.sleep(60)
        assert len(running(server)) == 2
