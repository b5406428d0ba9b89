"""The contact state: what the other person has asked for, and which pages that leaves open.

Pure: answers, entries, events and today's date go in, a `Standing` comes out. Nothing here is shown; the words for a
state or a reason are in `content/en/states.toml`. What cannot be known counts as the stricter thing.

Events that the page notes, and that are read here (each by its moment and its place in the list, oldest first):

* `paused` {}: a gate whose ticks are never kept was ticked. `support-read` {}: the support page was read.
  `gate-clear` {"gate": id}: that gate was answered with "none".
* `closed` {}: they asked to stop, as ticked in `my-own-line`, or as `events_due` tells the page to note.
* `reached-out` {}: they made contact first. It lifts what stood before it, if the order question says "no".
* `hello-sent` {}: a first hello was sent, as the person says on a click or by the day in `send-or-sleep`.
* `draft-sealed` {"page", "until"}: a draft sleeps; see `seals`. `they-proposed` {}: they proposed to try again.
* `only-a-plan` {}: asked on `pause-signs` what is true today, the person ticked neither fear nor control, so that
  the signs they chose are a plan. Ticked, it is `paused` {}; unanswered, the plan itself counts as true.
* `space-named` {"until"}: the day that they named for their space, as `space_due` tells the page to note.
* `their-wish` {"state": "quiet" | "closed"}: the person agreed to what `their-wishes` showed.
"""

from __future__ import annotations

from rekindle.contact.due import events_due, space_due
from rekindle.contact.pages import ALL_PAGES, REASONS, Group, Openness, is_open, openness
from rekindle.contact.standing import READY_CHECKS, TOPICS, Standing, State, standing

__all__ = [
    "ALL_PAGES",
    "READY_CHECKS",
    "REASONS",
    "TOPICS",
    "Group",
    "Openness",
    "Standing",
    "State",
    "events_due",
    "is_open",
    "openness",
    "space_due",
    "standing",
]
