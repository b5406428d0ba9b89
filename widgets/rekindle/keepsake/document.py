"""The document: one HTML file that reads well, prints well, runs nothing, and asks nobody for anything."""

from __future__ import annotations

import base64
import datetime as dt
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rekindle.charts.picture.tags import css_string, tag, told
from rekindle.content import Catalog
from rekindle.forms.telling import told_day
from rekindle.keepsake.folios import Chapter, Folio, Item, Said
from rekindle.keepsake.pictures import Section, Shown
from rekindle.page.twice import Twice, Version, Wall
from rekindle.settings import PACKAGE

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
_LONG, _NARROW, _BROAD = 12, 3, 6
"""A table with more rows than this, and no more columns, stands in two columns of its own; no table is broader."""

_SHORT, _MANY = 48, 8
"""An answer in an entry that is no longer stands beside its question; so many entries stand in two columns."""

_FONTS = {
    "Newsreader Variable": "newsreader-latin-wght-normal.woff2",
    "Source Sans 3 Variable": "source-sans-3-latin-wght-normal.woff2",
}


@dataclass(frozen=True)
class Contents:
    """What goes into the document. `shortened`: names are initials in it. `made_up`: nobody real wrote it."""

    chapters: Sequence[Chapter] = field(repr=False)
    questions: Sequence[Twice] = field(repr=False)
    wall: Wall | None = field(repr=False)
    sections: Sequence[Section] = field(repr=False)
    days: Sequence[dt.date]
    today: dt.date
    cloth: str
    shortened: bool
    made_up: bool = False


def document(contents: Contents, words: Catalog) -> str:
    """Return the whole file as text."""
    writer = _Writer(words)
    body = [writer.cover(contents), writer.about(contents)]
    body += [writer.chapter(number, chapter) for number, chapter in enumerate(contents.chapters)]
    if contents.questions or contents.wall:
        body.append(writer.then_and_now(contents.questions, contents.wall))
    if contents.sections:
        body.append(writer.charts(contents.sections))
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", told(words.say("lock.window"))),
        f"<style>{_sheet()}{writer.headers(contents)}</style>",
    ]
    whole = tag("html", tag("head", *head), tag("body", tag("main", *body)), lang="en")
    return f"<!doctype html>\n{whole}\n"


@functools.cache
def _sheet() -> str:
    """Return the style sheet with its typefaces in it, so that nothing has to be fetched."""
    folder = PACKAGE / "voila_template" / "static" / "fonts"
    faces = [
        f'@font-face{{font-family:"{name}";font-weight:200 900;src:url(data:font/woff2;base64,'
        f'{base64.b64encode((folder / file).read_bytes()).decode("ascii")}) format("woff2")}}'
        for name, file in _FONTS.items()
    ]
    return "".join(faces) + Path(__file__).with_name("book.css").read_text("utf-8")


class _Writer:
    """Writes the parts of the document. Every word goes through `told`."""

    def __init__(self, words: Catalog) -> None:
        self._say = words.say

    def _p(self, text: str, cls: str) -> str:
        return tag("p", told(text), class_=cls)

    def _own(self, line: str, cls: str = "own") -> str:
        """Return a line of the person's own: its direction is its own, too."""
        return tag("p", told(line), class_=cls, dir="auto")

    def headers(self, contents: Contents) -> str:
        """Return what stands on top of each printed page of a part, and its number at the foot."""
        rules = []
        for number, chapter in enumerate(contents.chapters):
            head = css_string(f"{chapter.eyebrow} · {chapter.title}")
            rules.append(f"@page part{number}{{@top-left{{content:{head}}}}}.part{number}{{page:part{number}}}")
        return "".join(rules)

    def cover(self, contents: Contents) -> str:
        say, days = self._say, contents.days
        span = ""
        if days:
            first, last = told_day(days[0], say), told_day(days[-1], say)
            span = first if first == last else say("keepsake.book.span", first=first, last=last)
        kids = [tag("h1", told(say("keepsake.book.title"))), self._p(span, "when") if span else ""]
        kids += [self._p(say("interface.banner.made_up_label"), "when")] if contents.made_up else []
        return tag("header", *kids, class_="cover", data_cloth=contents.cloth)

    def about(self, contents: Contents) -> str:
        say = self._say
        lines = [say("keepsake.book.note"), say("keepsake.book.made", date=told_day(contents.today, say))]
        lines += [say("keepsake.book.shortened")] if contents.shortened else []
        lines.append(say("keepsake.book.unlocked"))
        items = [
            tag("li", told(chapter.title), tag("ul", *(tag("li", told(folio.title)) for folio in chapter.folios)))
            for chapter in contents.chapters
        ]
        more = {"then": bool(contents.questions or contents.wall), "charts": bool(contents.sections)}
        items += [tag("li", told(say(f"keepsake.book.{name}"))) for name, there in more.items() if there]
        heading = tag("h2", told(say("keepsake.book.contents")))
        notes = [self._p(line, "note") for line in lines]
        return tag("section", *notes, heading, tag("ul", *items, class_="contents"), class_="about")

    def chapter(self, number: int, chapter: Chapter) -> str:
        """Return a part: its cloth, then its pages."""
        name = tag("header", self._p(chapter.eyebrow, "eyebrow"), tag("h2", told(chapter.title)), class_="band")
        pages = [self._folio(chapter, folio) for folio in chapter.folios]
        return tag("section", name, *pages, class_=f"part part{number}", data_cloth=chapter.cloth)

    def _folio(self, chapter: Chapter, folio: Folio) -> str:
        when = chapter.eyebrow
        if folio.day:
            when = self._say("keepsake.book.page_line", eyebrow=chapter.eyebrow, date=told_day(folio.day, self._say))
        answers = [self._item(item) for item in folio.items if not item.when]
        entries = [self._item(item) for item in folio.items if item.when]
        look = "entries entries--many" if len(entries) >= _MANY else "entries"
        logged = [tag("div", *entries, class_=look)] if entries else []
        return tag("article", self._p(when, "when"), tag("h3", told(folio.title)), *answers, *logged)

    def _item(self, item: Item) -> str:
        if not item.when:
            return "".join(self._said(each) for each in item.said)
        said = [self._said(each, _beside(each)) for each in item.said]
        short = all(_beside(each) != "said" for each in item.said)
        return tag("div", tag("h4", told(item.when)), *said, class_="entry whole" if short else "entry")

    def _said(self, said: Said, look: str = "said") -> str:
        ask = self._own(said.ask, "ask") if said.own else self._p(said.ask, "ask") if said.ask else ""
        lines = [self._own(line) for line in said.lines]
        blank = self._p(self._say("keepsake.book.blank"), "blank")
        return tag("div", ask, *(lines or [blank]), class_=look)

    def then_and_now(self, questions: Sequence[Twice], wall: Wall | None) -> str:
        """Return what stands twice, side by side."""
        say = self._say
        kids = [tag("h2", told(say("keepsake.book.then"))), self._p(say("story.then.key"), "note")]
        for asked in questions:
            columns = [self._version(version) for version in asked.versions]
            kids.append(tag("article", self._p(asked.ask, "ask"), tag("div", *columns, class_="versions")))
        if wall:
            proofs = [tag("li", tag("span", told(head), class_="when"), self._own(did)) for head, did in wall.proofs]
            title = tag("h3", told(say("story.then.wall")))
            kids.append(tag("article", title, self._own(wall.words), tag("ul", *proofs, class_="proofs")))
        return tag("section", *kids, class_="then")

    def _version(self, version: Version) -> str:
        pieces = [tag("b", told(text)) if new else told(text) for text, new in version.pieces]
        changed = self._p(version.changed, "note") if version.changed else ""
        return tag(
            "div", self._p(version.when, "when"), tag("p", *pieces, class_="own", dir="auto"), changed, class_="version"
        )

    def charts(self, sections: Sequence[Section]) -> str:
        """Return the story in charts, each with its sentence and its table."""
        kids = [tag("h2", told(self._say("keepsake.book.charts"))), self._p(self._say("story.lead"), "note")]
        for section in sections:
            shown = [piece for each in section.shown for piece in self._shown(each)]
            kids.append(tag("article", tag("h3", told(section.title)), *shown))
        return tag("section", *kids, class_="charts")

    def _shown(self, shown: Shown) -> Iterator[str]:
        yield tag("figure", self._p(shown.sentence, "own"), shown.svg) if shown.svg else self._p(shown.sentence, "fact")
        caption = tag("caption", told(f"{self._say('keepsake.book.as_text')}: {shown.caption}"))
        for table in _tables(shown):
            head, *rows = table
            names = tag("thead", tag("tr", *(tag("th", told(name), scope="col") for name in head)))
            body = [tag("tr", *(tag("td", told(cell), dir="auto") for cell in row)) for row in rows]
            look = "twin twin--long" if len(body) > _LONG and len(head) <= _NARROW else "twin"
            yield tag("div", tag("table", caption, names, tag("tbody", *body)), class_=look)


def _beside(said: Said) -> str:
    """Return the look of an answer in an entry: a short one stands beside its question."""
    return "said beside" if len(said.lines) == 1 and len(said.lines[0]) <= _SHORT else "said"


def _tables(shown: Shown) -> Iterator[list[Sequence[str]]]:
    """Give a chart's table; one that is too broad for paper as several, each with the first column."""
    table: list[Sequence[str]] = [shown.head, *shown.rows] if shown.rows else []
    for start in range(1, len(shown.head), _BROAD):
        yield [(row[0], *row[start : start + _BROAD]) for row in table]
