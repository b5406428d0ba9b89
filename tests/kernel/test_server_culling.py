"""When a page's kernel is ended: the policy by itself, and with a real page."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from rekindle.server.culling import CONNECT_WITHIN, RECONNECT_WITHIN, SILENT_FOR, Sight, is_gone


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
