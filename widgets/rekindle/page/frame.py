"""The frame: what stands around the cards. The contact state in words, folded pages, links, help."""

from __future__ import annotations

from collections.abc import Sequence

from rekindle.contact import Openness, Standing, State
from rekindle.content import Catalog, Helpline
from rekindle.forms.telling import told_day
from rekindle.frontend.words import Block, element
from rekindle.insights import fill, words_of
from rekindle.insights.gates import must_talk
from rekindle.settings import Surface, surface

CONTACT_PARTS = ("reconnect", "rebuild-trust", "take-it-slow")
"""Parts that a contact state can fold."""

STAYS_IN_SIGHT = frozenset({"should-i", "their-wishes", "my-own-life", "closing-report"})
"""Pages of those parts that are always open; they alone do not make a part unfolded."""


WANTED = {"talk": ("talk",), "abuse": ("abuse", "emergency"), "harm": ("harm", "talk"), "crisis": ("emergency", "talk")}
"""Kinds of helpline by the help that is asked for."""


class Frame:
    """Words and links around a page. Links fit where the page runs."""

    def __init__(self, words: Catalog) -> None:
        self._words = words

    def address(self, exercise: str) -> tuple[str, str]:
        """Return an exercise's title and the link to it; ("", "") for one that is not in this book."""
        for part in self._words.parts:
            for one in part.exercises:
                if one.id == exercise:
                    return one.title, self.link(part.notebook, exercise)
        return "", ""

    def link(self, notebook: str, exercise: str = "") -> str:
        """Return the link to a notebook, and to an exercise in it. JupyterLab opens the notebook only."""
        anchor = f"#{exercise}" if exercise and surface() is Surface.VOILA else ""
        return f"{notebook}.ipynb{anchor}"

    # The contact state

    def state(self, now: Standing) -> list[Block]:
        """Return the contact state in words, with the way to change it."""
        say, key = self._words.say, _state_key(now)
        facts = {"until": told_day(now.until, say)} if now.until else {}
        title, href = self.address("consent-gate")
        link = element("a", say("interface.fold.see_why"), href=href, set={"aria-label": title})
        meaning = element("p", "", say(f"states.contact.{key}.meaning", **facts), " ", link)
        name = element("b", say(f"states.contact.{key}.name", **facts))
        kids = [name, meaning]
        gate = words_of(self._words.exercise("consent-gate"))
        kids += [element("p", fill(found, gate)) for found in must_talk(now)]
        return [element("div", "", *kids, cls="rk-state")]

    def fold(self, openness: Openness, now: Standing, *, brief: bool = False) -> list[Block]:
        """Return why a page is folded, what opens it, and what is open instead; `brief`: why, and one open page."""
        say = self._words.say
        facts = {"until": told_day(now.until, say)} if now.until else {}
        reason = f"states.folded.{openness.reason}"
        links = [self.address(page) for page in openness.instead]
        items = [element("li", "", element("a", title, href=href)) for title, href in links if href][:3]
        if brief:
            why = element("p", say(f"{reason}.why", **facts), cls="rk-gate__line")
            first = [element("a", title, href=href) for title, href in links if href][:1]
            instead = [element("p", f"{say('interface.fold.instead')}: ", *first, cls="rk-gate__go")] if first else []
            return [element("div", "", why, *instead, cls="rk-gate rk-gate--brief")]
        kids: list[Block] = [
            element("p", say(f"{reason}.why", **facts), cls="rk-gate__line"),
            element("p", say(f"{reason}.opens", **facts)),
        ]
        if items:
            title = element("h3", say("interface.fold.instead"), cls="rk-sec")
            kids += [title, element("ul", "", *items, cls="rk-next")]
        return [element("div", "", *kids, cls="rk-gate rk-gate--card")]

    # Help

    def help(self, kind: str, country: str = "world") -> list[Block]:
        """Return the help that a finding asks for: `support`, `privacy`, or lines for `abuse`, `harm`, `crisis`."""
        say = self._words.say
        if kind in ("support", "privacy"):  # who could read along is asked on a page of its own; the rest stands here
            data = (say("your-data.title"), self.link("your-data"))
            name, href = data if kind == "privacy" else self.address("support-card")
            return [element("p", "", element("a", name, href=href), cls="rk-helplink")]
        wanted = (*WANTED.get(kind, ()), "directory")
        lines = [line for line in self._lines(country) if line.kind in wanted]
        items = [element("li", "", element("strong", _called(line)), element("span", _reach(line))) for line in lines]
        kids = [element("h3", say("support.lines"), cls="rk-sec"), element("ul", "", *items, cls="rk-lines")]
        if kind == "harm" and not any(line.kind == "harm" for line in lines):
            kids.append(element("p", say("interface.help.harm_none"), cls="rk-small"))
        return [element("div", "", *kids, cls="rk-helplines")]

    def _lines(self, country: str) -> Sequence[Helpline]:
        own = self._words.helplines.of(country)
        if country != "world":
            return (*own, *(line for line in self._words.helplines.of("world") if line not in own))
        return self._words.helplines.lines


def _state_key(now: Standing) -> str:
    if now.letting_go and now.state not in (State.CLOSED, State.PAUSED):
        return "letting-go"
    if now.state is State.SPACE:
        return "space-until" if now.until else "space"
    return str(now.state)


def _called(line: Helpline) -> str:
    return f"{line.name} ({line.country.upper()})" if line.country != "world" else line.name


def _reach(line: Helpline) -> str:
    return " · ".join(way for way in (line.number, line.text, line.web) if way)
