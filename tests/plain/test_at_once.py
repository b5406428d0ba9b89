"""At once: what one message changes is told together; nothing is lost, and nothing overtakes what it needs."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import anywidget
import comm
import ipywidgets as ipw
import pytest
import traitlets as tl
from hypothesis import given
from hypothesis import strategies as st

from rekindle.doors import open_dashboard, open_exercise, open_part
from rekindle.forms.stock import HTML, Checkbox, Text, VBox
from rekindle.frontend.at_once import AtOnce, at_once, soon, tell_nobody, tell_so_far
from rekindle.frontend.words import Words
from rekindle.frontend.writing import Writing

State = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """One message to the page."""

    kind: str
    about: str
    told: State


class Line(comm.base_comm.BaseComm):
    """A line to a page that writes down what it hears, in one list for all lines."""

    heard: list[Said] = []  # noqa: RUF012 (one list for all lines is what it is for)

    def publish_msg(self, msg_type: str, data: Any = None, *_: Any, **__: Any) -> None:
        data = data or {}
        kind = {"comm_open": "open", "comm_close": "close"}.get(msg_type) or data["method"]
        self.heard.append(Said(kind, self.comm_id, data.get("state", data.get("content", {}))))


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Said]]:
    """Give what the page hears."""
    # Their Layout and Style are told before.
    VBox(), HTML(), Words(), Text(), Checkbox(), Writing(ask="?")
    Line.heard = []
    monkeypatch.setattr(comm, "create_comm", Line)
    yield Line.heard
    monkeypatch.undo()
    ipw.Widget.close_all()


def kinds(heard: list[Said]) -> list[str]:
    return [said.kind for said in heard]


def about(widget: ipw.Widget, heard: list[Said]) -> list[State]:
    return [said.told for said in heard if said.about == widget.model_id]


def from_page(widget: ipw.Widget, **state: Any) -> None:
    """Have the page change a widget."""
    widget._handle_msg({"content": {"data": {"method": "update", "state": state}}, "buffers": []})


def test_changes_of_one_widget_are_told_in_one_message(heard: list[Said]) -> None:
    text = Text()
    heard.clear()
    with at_once():
        text.value = "a"
        text.add_class("rk-a")
        text.value = "b"
        assert not heard
    assert [said.told for said in heard] == [{"_dom_classes": ("rk-a",), "value": "b"}]
    text.value = "c"
    assert heard[-1].told == {"value": "c"}, "and outside, each at once"
    with at_once():
        text.add_class("rk-b")
    assert heard[-1].told == {"_dom_classes": ("rk-a", "rk-b")}, "and nothing twice"


def test_widgets_are_told_in_the_order_in_which_they_began_to_change(heard: list[Said]) -> None:
    first, second = Text(), HTML()
    heard.clear()
    with at_once():
        second.value = "1"
        first.value = "2"
        second.value = "3"
    assert [(said.about, said.told["value"]) for said in heard] == [(second.model_id, "3"), (first.model_id, "2")]


def test_a_new_widget_is_told_with_all_that_it_has_become(heard: list[Said]) -> None:
    with at_once():
        words = Words("rk-look")
        words.add_class("rk-b")
        assert words.model_id
        assert not heard
    (told,) = heard
    assert told.kind == "open"
    assert told.told["look"] == "rk-look"
    assert "rk-b" in told.told["_dom_classes"]
    assert ipw.widgets.widget._instances[words.model_id] is words


def test_a_turn_that_nobody_is_told_of_leaves_its_widgets_ready_for_whoever_asks(heard: list[Said]) -> None:
    box, text = VBox(), Text()
    heard.clear()
    with at_once():
        tell_nobody()
        text.value = "a"
        inner = Text(value="b")
        box.children = (inner,)
        tell_so_far()
        inner.add_class("rk-b")
    assert not heard
    assert ipw.widgets.widget._instances[inner.model_id] is inner
    from_page(inner, value="c")
    assert inner.value == "c", "it can be spoken to"
    heard.clear()
    text.value = inner.value = "d"
    assert [said.told for said in heard] == [{"value": "d"}, {"value": "d"}], "and the next turn is told as ever"


def test_a_box_that_was_there_before_its_children_is_told_after_them(heard: list[Said]) -> None:
    old = VBox()
    heard.clear()
    with at_once():
        outer = VBox()
        inner, leaf = VBox(), Text()
        old.children = (outer,)
        outer.children = (inner,)
        inner.children = (leaf,)
    assert [said.about for said in heard] == [w.model_id for w in (leaf, inner, outer, old)]
    assert kinds(heard) == ["open", "open", "open", "update"]


def test_an_error_loses_nothing(heard: list[Said]) -> None:
    text, html = Text(), HTML()
    heard.clear()

    @at_once()
    def fail() -> None:
        text.value = "a"
        html.value = "b"
        Words()
        raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert [(said.about, said.kind) for said in heard[:2]] == [(text.model_id, "update"), (html.model_id, "update")]
    assert kinds(heard[2:]) == ["open"]
    text.value = "c"
    assert heard[-1].told == {"value": "c"}


def test_one_that_cannot_be_told_keeps_no_other_from_being_told(
    heard: list[Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = Text(), Text()
    heard.clear()
    monkeypatch.setattr(bad, "send_state", lambda _keys: 1 / 0)
    with pytest.raises(ZeroDivisionError), at_once():
        bad.value = good.value = "a"
    assert [said.about for said in heard] == [good.model_id]


def test_turns_within_a_turn_end_with_it(heard: list[Said]) -> None:
    text = Text()
    heard.clear()
    with at_once():
        with at_once():
            text.value = "a"
        assert not heard
        text.value = "b"
    assert [said.told for said in heard] == [{"value": "b"}]


def test_what_is_no_state_comes_after_all_that_changed_before_it_and_before_what_changes_later(
    heard: list[Said],
) -> None:
    text, words = Text(), Words()
    heard.clear()
    with at_once():
        new = VBox([text])
        text.value = "a"
        words.send({"t": "look"})
        text.value = "b"
    assert kinds(heard) == ["update", "open", "custom", "update"]
    assert about(text, heard) == [{"value": "a"}, {"value": "b"}]
    assert about(new, heard)[0]["children"] == [f"IPY_MODEL_{text.model_id}"]


def test_something_that_takes_long_may_have_all_told_before(heard: list[Said]) -> None:
    text = Text()
    heard.clear()
    tell_so_far()
    with at_once():
        text.value = "a moment"
        tell_so_far()
        assert about(text, heard) == [{"value": "a moment"}]
    assert len(heard) == 1


def test_a_page_is_not_told_what_it_has_just_said_but_what_was_made_of_it(heard: list[Said]) -> None:
    tick, text = Checkbox(), Text()
    text.observe(lambda change: text.set_trait("value", change["new"].strip()), "value")
    heard.clear()
    from_page(tick, value=True)
    assert "update" not in kinds(heard)
    from_page(text, value=" a ")
    assert [said.told for said in heard if said.kind == "update"] == [{"value": "a"}]


def test_a_page_is_told_where_its_change_was_taken_back(heard: list[Said]) -> None:
    tick = Checkbox()
    tick.observe(lambda _change: tick.set_trait("value", False), "value")
    heard.clear()
    from_page(tick, value=True)
    assert [said.told for said in heard if said.kind == "update"] == [{"value": False}]


def test_a_page_is_told_what_was_changed_and_back_between_two_messages_of_ours(heard: list[Said]) -> None:
    tick, words = Checkbox(), Words()

    def waver(_change: object) -> None:
        tick.unobserve_all()
        if tick.value:
            tick.value = False
            words.send({"t": "look"})
            tick.value = True

    tick.observe(waver, "value")
    heard.clear()
    from_page(tick, value=True)
    assert [said.told for said in heard if said.kind == "update"] == [{"value": False}, {"value": True}]


def test_one_message_of_the_page_is_answered_at_once(heard: list[Said]) -> None:
    tick, text = Checkbox(), Text()

    def act(_change: object) -> None:
        for word in "abc":
            text.value = word

    tick.observe(act, "value")
    heard.clear()
    from_page(tick, value=True)
    assert about(text, heard) == [{"value": "c"}]


def test_what_was_closed_meanwhile_is_told_no_more(heard: list[Said]) -> None:
    old = Text()
    heard.clear()
    with at_once():
        old.value = "a"
        new = Words()
        new.close()
        old.close()
    assert kinds(heard) == ["close"]


def test_a_widget_that_gathers_by_itself_still_does(heard: list[Said]) -> None:
    text, other = Text(), Text()
    heard.clear()
    with at_once():
        other.value = "1"
        with text.hold_sync():
            text.value = "a"
            text.value = "b"
        text.value = "c"
    assert about(text, heard)[-1] == {"value": "c"}
    assert about(other, heard) == [{"value": "1"}]
    heard.clear()
    with text.hold_sync():
        with at_once():
            text.value = "d"
        assert not heard
    assert about(text, heard) == [{"value": "d"}]


def test_each_thread_has_turns_of_its_own(heard: list[Said]) -> None:
    text, other = Text(), Text()
    heard.clear()
    with at_once():
        text.value = "a"
        thread = threading.Thread(target=lambda: other.set_trait("value", "b"))
        thread.start()
        thread.join()
        assert about(other, heard) == [{"value": "b"}]
        assert not about(text, heard)
    assert about(text, heard) == [{"value": "a"}]


def test_what_is_done_later_is_no_part_of_a_turn_that_is_over(heard: list[Said]) -> None:
    text = Text()
    later: list[Callable[[], None]] = []
    heard.clear()
    with at_once():
        later.append(at_once()(lambda: text.set_trait("value", "a")))
    later[0]()
    later[0]()
    assert about(text, heard) == [{"value": "a"}]


@pytest.mark.parametrize("is_running", [False, True])
def test_what_is_done_soon_is_a_turn_of_its_own(heard: list[Said], is_running: bool) -> None:
    text = Text()
    heard.clear()

    def change() -> None:
        text.value = "a"
        text.value = "b"

    async def run() -> None:
        with at_once():
            soon(change)
            text.value = "before"
        await asyncio.sleep(0)

    act = (lambda: asyncio.run(run())) if is_running else (lambda: soon(change))
    thread = threading.Thread(target=act)  # a browser of another test may have a loop running in this one
    thread.start()
    thread.join()
    before = [{"value": "before"}] if is_running else []
    assert about(text, heard) == [*before, {"value": "b"}]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("value"), st.integers(0, 2), st.sampled_from("abc")),
        st.tuples(st.just("class"), st.integers(0, 2), st.sampled_from("xyz")),
        st.tuples(st.just("new"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("send"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("inner"), st.integers(0, 2), st.just("")),
    ),
    max_size=12,
)


class Screen:
    """What a page knows of widgets after some messages; it may be told of none that it does not know."""

    def __init__(self) -> None:
        self.state: dict[str, State] = {}

    def hear(self, heard: list[Said]) -> None:
        for said in heard:
            if said.kind == "open":
                self.state[said.about] = dict(said.told)
            elif said.kind == "update":
                self.state[said.about].update(said.told)
            assert said.about in self.state, "of a widget that it does not know"
            for name in said.told.get("children", ()):
                assert name.removeprefix("IPY_MODEL_") in self.state, "of a child that it does not know"


def do(kind: str, one: Text, word: str, box: VBox) -> None:
    """Change a widget, or what holds it."""
    if kind == "value":
        one.value = word
    elif kind == "class":
        one.add_class(word)
    elif kind == "send":
        one.send({"t": "look"})
    elif kind == "new":
        box.children = (*box.children, VBox([one]))
    elif box.children:
        box.children[-1].children = (Text(value="in"), one)


@given(acts=ACTS, fails=st.booleans())
def test_a_page_ends_up_with_what_the_widgets_hold_whatever_was_done(acts: list[Any], fails: bool) -> None:
    Line.heard = []
    texts, box, screen = [Text() for _ in range(3)], VBox(), Screen()
    plainly = len(Line.heard)
    with contextlib.suppress(KeyError), at_once():
        for kind, which, word in acts:
            do(kind, texts[which], word, box)
        if fails:
            raise KeyError
    screen.hear(Line.heard)
    for one in (*texts, box, *box.children):
        assert screen.state[one.model_id] == one.get_state()
    sends = sum(kind == "send" for kind, *_ in acts)
    told = [(said.about, said.kind) for said in Line.heard[plainly:] if said.kind != "custom"]
    assert len(told) <= len(set(told)) * (sends + 1), "one message a widget, anew after each that is no state"


def test_a_page_is_built_with_one_message_a_widget(heard: list[Said]) -> None:
    page = open_part("acknowledge")
    page.exercise("it-is-over-for-now")
    fronts = [said for said in heard if said.kind == "update"]
    assert [(said.about, set(said.told)) for said in fronts] == [(page.presence.model_id, {"fronts"})]
    open_exercise("mood-check-in")
    open_dashboard()
    assert set(kinds(others := [said for said in heard if said not in fronts])) == {"open"}
    assert len(others) == len({said.about for said in others})


def test_our_widgets_are_of_one_class_a_kind_and_still_say_what_anywidget_says() -> None:
    class Plain(anywidget.AnyWidget):
        _esm = "export default {}"

    words, plain = Words(), Plain()
    assert type(words) is Words
    assert words.get_state().keys() >= plain.get_state().keys()
    assert words.get_state()["_anywidget_id"] == "rekindle.frontend.words.Words"
    assert isinstance(words, AtOnce)


def test_a_trait_that_anywidget_adds_one_day_is_added() -> None:
    words = Words()
    words.add_traits(_other=tl.Unicode("x").tag(sync=True))
    assert words.get_state()["_other"] == "x"
