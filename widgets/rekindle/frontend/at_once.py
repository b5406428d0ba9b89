"""At once: what one press or one message changes is told to the page together, in one message a widget.

Each change of a widget is a message of its own otherwise, and each new widget brings several. A turn gathers them:
nothing is kept from the page but what was already changed back, and it is told in the order in which it began.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import comm
import ipywidgets as ipw
from IPython.core.getipython import get_ipython

_here = threading.local()


@contextlib.contextmanager
def at_once() -> Iterator[None]:
    """Gather what our widgets tell until the outermost block of this thread ends; after an error it is told too."""
    if _turn() is not None:
        yield
        return
    turn = _here.turn = _Turn()
    try:
        yield
    finally:
        _here.turn = None
        turn.tell()


def tell_so_far() -> None:
    """Tell the page now what has changed until now: something follows that must not come before it, or takes long."""
    turn = _turn()
    if turn is not None:
        _here.turn = None
        try:
            turn.tell()
        finally:
            _here.turn = turn


def tell_nobody() -> None:
    """Let this turn end without telling of it: no page knows a widget yet, and one that comes asks for all of them."""
    turn = _turn()
    if turn is not None:
        turn.is_heard = False


def soon(act: Callable[[], None]) -> None:
    """Do something in a turn of its own as soon as what is told now is on its way; without a running loop, now."""
    in_a_turn = at_once()(act)
    try:
        asyncio.get_running_loop().call_soon(in_a_turn)
    except RuntimeError:
        in_a_turn()


class AtOnce(ipw.Widget):
    """A widget that takes part: its changes wait for the end of a turn, and if it is new, so does its first message.

    A message from the page is a turn of its own. What is no state (`send`) waits for nothing, and lets all that
    changed before it go first.
    """

    comm: Any
    _holding_sync: bool

    def open(self) -> None:
        """Tell the page of this widget, now or at the end of the turn."""
        turn = _turn()
        if turn is None or self.comm is not None:
            super().open()
        else:
            self.comm = _Place(self._model_id)
            turn.add(self)

    def _should_send_property(self, key: str, value: Any) -> bool:
        turn = _turn()
        if turn is not None and not self._holding_sync:
            self._holding_sync = True  # from here on the widget itself gathers, and knows an echo from a change
            turn.add(self)
        return bool(super()._should_send_property(key, value))

    def _send(self, msg: Mapping[str, Any], buffers: Any = None) -> None:
        tell_so_far()
        super()._send(msg, buffers)

    def _handle_msg(self, msg: Mapping[str, Any]) -> None:
        with at_once():
            super()._handle_msg(msg)

    def tell_gathered(self) -> None:
        """Tell the page of this widget, or what has changed in it."""
        if isinstance(self.comm, _Place):
            self.comm = None
            self.open()
            return
        changed = self.forget_gathered()
        self.send_state(changed)

    def forget_gathered(self) -> list[str]:
        """Return what has changed, and tell of it no more; a new widget can be spoken to, and is told of to nobody."""
        if isinstance(self.comm, _Place):
            self.comm = _open_unheard(self._model_id)
        self._holding_sync = False
        changed = self._gathered()
        self._states_to_send.clear()
        return changed

    def named(self) -> Iterator[AtOnce]:
        """Give the widgets that its next message names: a page must know them before."""
        for key in self._gathered():
            value = getattr(self, key)
            for inner in value if isinstance(value, tuple | list) else (value,):
                if isinstance(inner, AtOnce):
                    yield inner

    def _gathered(self) -> list[str]:
        is_new = isinstance(self.comm, _Place)
        return [key for key in self.keys if is_new or key in self._states_to_send]


def _open_unheard(name: str | None) -> Any:
    """Return a line that can be spoken to, of which no page was told."""
    line: Any = comm.create_comm(target_name="jupyter.widget", comm_id=name, primary=False)
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is not None:
        line.kernel = kernel  # it finds it when it tells of itself; until then it is mute
    comm.get_comm_manager().register_comm(line)
    return line


class _Place:
    """Keeps the place of the line to a page that was not told of a widget yet: nothing can be said through it."""

    kernel = None

    def __init__(self, wished: str | None) -> None:
        self.comm_id = wished or uuid.uuid4().hex

    def on_msg(self, _callback: object) -> None:
        """Nobody can answer."""

    def close(self) -> None:
        """Nobody was told that it is open."""


class _Turn:
    """The widgets that have something to tell, in the order in which they began to have it."""

    def __init__(self) -> None:
        self.is_heard = True
        self._waiting: dict[AtOnce, None] = {}

    def add(self, widget: AtOnce) -> None:
        self._waiting.setdefault(widget)

    def tell(self) -> None:
        """Tell all of it; what cannot be told keeps nothing else from being told."""
        with contextlib.ExitStack() as each:
            for widget in reversed(self._waiting):
                each.callback(self._tell, widget)

    def _tell(self, widget: AtOnce) -> None:
        if widget not in self._waiting:
            return  # a box that holds it had it told first
        del self._waiting[widget]
        if not self.is_heard:
            widget.forget_gathered()
            return
        for inner in widget.named():
            self._tell(inner)
        widget.tell_gathered()


def _turn() -> _Turn | None:
    turn: _Turn | None = getattr(_here, "turn", None)
    return turn
