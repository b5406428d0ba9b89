"""Signs: which entries of the contact log bear on where things stand. Of each kind, the one recorded last decides."""

from __future__ import annotations

from rekindle.contact.facts import number
from rekindle.records import Entry

STOP, UNSAFE = "stop", "unsafe"
UNSAFE_UP_TO = 3


def signs(entry: Entry) -> tuple[str, ...]:
    """Return what an entry tells: that they asked to stop, that it did not feel safe, both or nothing."""
    stop = entry.values.get("wanted") == "said-stop"
    safe = number(entry.values.get("safe"))
    unsafe = safe is not None and safe <= UNSAFE_UP_TO
    return (STOP,) * stop + (UNSAFE,) * unsafe
