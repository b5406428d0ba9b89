"""Views: what comes to the page says so, and only then is it told; what came together is told together."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from rekindle.frontend.bound import BoundView
from rekindle.frontend.front import FrontWidget, greeted
from rekindle.frontend.presence import Presence
from rekindle.frontend.seek import Seek
from rekindle.frontend.words import Words
from rekindle.frontend.writing import Writing

Told = list[Any]


def listen(widget: FrontWidget) -> Told:
    """Write down what a widget says."""
    told: Told = []
    widget.send = lambda content, _buffers=None: told.append(content)
    return told


def hear(widget: FrontWidget, **message: Any) -> None:
    """Have the page say something to a widget."""
    widget._handle_msg({"content": {"data": {"method": "custom", "content": message}}, "buffers": []})


def filled() -> list[FrontWidget]:
    """Return one widget of each kind that tells a person's words, with words in it."""
    words, writing, seek, bound = Words(), Writing(ask="?"), Seek({}), BoundView({})
    heard = [(one, listen(one)) for one in (words, writing, seek, bound)]
    words.tell("zaunkönig")
    writing.fill("zaunkönig")
    seek.show("zaunkönig", active=False, any_there=True)
    seek.offer_places([("", [("a", "zaunkönig")])])
    bound.lay("zaunkönig")
    assert not any(told for _, told in heard), "nobody is there to hear it"
    return [one for one, _ in heard]


@pytest.mark.parametrize("at", range(4))
def test_a_view_asks_and_is_told_all_of_it_and_from_then_on_each_change(at: int) -> None:
    one = filled()[at]
    told = listen(one)
    hear(one, t="ready")
    assert "zaunkönig" in repr(told)
    told.clear()
    for act in (
        lambda: one.tell("rotkehlchen"),
        lambda: one.fill("rotkehlchen"),
        lambda: one.show("rotkehlchen", active=False, any_there=True),
        lambda: one.lay("rotkehlchen"),
    )[at : at + 1]:
        act()
    assert "rotkehlchen" in repr(told)


def test_views_that_came_together_are_told_in_one_message() -> None:
    widgets, presence = filled(), Presence("1", {})
    said, apart = listen(presence), [listen(one) for one in widgets]
    hear(presence, t="views", lines=[one.line for one in widgets] + [-1, "x", None])
    (message,) = said
    assert message["t"] == "views"
    assert [line for line, *_ in message["told"]] == [one.line for one in widgets]
    assert repr(message["told"]).count("zaunkönig") == 5, "the places to look in too"
    assert not any(apart)
    widgets[0].tell("rotkehlchen")
    assert "rotkehlchen" in repr(apart[0])


def test_lines_differ_and_keep_nothing_alive() -> None:
    one, two = Words(), Words()
    line = one.line
    assert line != two.line
    one.close()
    del one
    gc.collect()
    assert greeted([line]) == ([], [])


def test_a_view_that_cannot_be_told_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, presence = Words(), Words(), Presence("1", {})
    two.tell("zaunkönig")
    said = listen(presence)
    monkeypatch.setattr(one, "_first_words", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        presence._hear_views({"lines": [one.line, two.line]})
    assert "zaunkönig" in repr(said)
