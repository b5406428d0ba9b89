"""The card of files: each file beside the journal, its size, who can read it, and whether it is locked."""

from __future__ import annotations

from rekindle.content import Catalog
from rekindle.frontend.words import Words, element
from rekindle.journal.backup import away
from rekindle.journal.places import Place, places
from rekindle.settings import journal_path


class Whereabouts:
    """Lists the files. It looks at them only, and opens none."""

    def __init__(self, words: Catalog) -> None:
        self._say = words.say
        self.widget = Words()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def tell(self) -> None:
        """List what is there now."""
        say = self._say
        title = element("h2", say("your-data.where.title"), cls="rk-sec")
        lines = [element("p", say(f"your-data.where.{key}")) for key in ("text", "scan")]
        missing = [say("your-data.place.before_away", path=str(place.parent)) for place in away(journal_path())]
        lines += [element("p", line) for line in missing]
        found = places(journal_path())
        if not found:
            self.widget.tell(title, *lines)
            return
        rows = element("ul", "", *(element("li", self._row(place)) for place in found))
        inside = element("div", "", rows, cls="rk-fold__in")
        summary = element("summary", say("your-data.where.fold"))
        self.widget.tell(title, *lines, element("details", "", summary, inside, cls="rk-fold"))

    def _row(self, place: Place) -> str:
        size = max(1, round(place.size / 1000))
        parts = [self._say(f"your-data.where.{place.kind}", path=str(place.path), size=size)]
        if place.kind != "other":
            state = {True: "locked", False: "plain", None: "unsure"}[place.locked]
            parts.append(self._say(f"your-data.where.{state}"))
        parts.append(self._say("your-data.where.private" if place.private else "your-data.where.wide"))
        return " ".join(parts)
