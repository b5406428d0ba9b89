"""Gates: what a page of safety ticks leaves behind when it is put away. A state, never the ticks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rekindle.records import Json

GATES = {"safety-gate": "to_me", "my-own-line": "by_me"}
"""The pages whose ticks pause the contact pages, and the field that holds the ticks."""

TODAY = {"pause-signs": "today", "trust-review": "signs", "state-of-us": "signs"}
"""Pages that ask which of the person's own signs are true today, and the field that holds the ticks."""

FEAR = {"afraid", "controlled"}

AFTER_STOP = "after-stop"
"""The tick "I kept calling or turning up after they said stop": it also says that they asked to stop."""


def gate_events(exercise: str, ticks: Mapping[str, Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    """Yield the events that these ticks call for: paused, closed, or the gate is clear. Skipped: nothing is assumed."""
    if exercise in TODAY:
        yield from _today(exercise, ticks)
        return
    value = ticks.get(GATES.get(exercise, ""))
    if not isinstance(value, list):
        return
    harm = {str(tick) for tick in value} - {"none", "skip"}
    if harm:
        yield "paused", {}
        if AFTER_STOP in harm:
            yield "closed", {}
    elif "none" in value:
        yield "gate-clear", {"gate": exercise}


def _today(exercise: str, ticks: Mapping[str, Json]) -> Iterator[tuple[str, dict[str, Json]]]:
    """Fear or control today pauses. Answered without it, the signs of `pause-signs` are a plan and no more."""
    value = ticks.get(TODAY[exercise])
    if not isinstance(value, list) or not value:
        return
    if FEAR & {str(tick) for tick in value}:
        yield "paused", {}
    elif exercise == "pause-signs":
        yield "only-a-plan", {}
