"""Pictures for the private book: the story's findings with their charts, drawn from the dashboard's own frames."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rekindle import charts
from rekindle.charts.picture import picture
from rekindle.contact import is_open
from rekindle.content import Catalog
from rekindle.forms.telling import told_day, told_short
from rekindle.insights import Finding, fill
from rekindle.keepsake.folios import Rename
from rekindle.page.book import Book
from rekindle.page.chronicle import CONTACTS, Chronicle, labels_of


@dataclass(frozen=True, slots=True)
class Shown:
    """One sentence, and the chart below it: as SVG, and as a table under a caption."""

    sentence: str = field(repr=False)
    svg: str = field(default="", repr=False)
    caption: str = ""
    head: tuple[str, ...] = field(default=(), repr=False)
    rows: tuple[tuple[str, ...], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """One subject of the story."""

    id: str
    title: str
    shown: tuple[Shown, ...]


def sections(words: Catalog, book: Book, rename: Rename) -> Iterator[Section]:
    """Give each subject that has something to tell. Nothing of a page that is folded now is told."""
    labels = labels_of(words)
    for name, told in Chronicle(book).sections.items():
        if name == CONTACTS and not is_open("contact-log", book.standing()):
            continue
        found, own = told()
        named = {**labels, **{key: rename(text) for key, text in own.items()}}
        shown = tuple(_shown(_renamed(finding, rename), (labels, named), words, book) for finding in found)
        if any(each.svg for each in shown):
            yield Section(f"charts/{name}", words.say(f"story.sections.{name}.title"), shown)


def _renamed(finding: Finding, rename: Rename) -> Finding:
    """Return a finding with the names in the person's notes replaced; all other words of a frame are keys or days."""
    if finding.frame is None or "note" not in finding.frame:
        return finding
    notes = [rename(note) if isinstance(note, str) else note for note in finding.frame["note"]]
    return dataclasses.replace(finding, frame={**finding.frame, "note": notes})


def _shown(finding: Finding, labels: tuple[Mapping[str, str], Mapping[str, str]], words: Catalog, book: Book) -> Shown:
    says, named = labels
    sentence = fill(finding, says, lambda day: told_day(day, words.say))
    if not finding.chart or finding.frame is None:
        return Shown(sentence)
    today = book.now().local_date
    drawn = charts.draw(finding.chart, finding.frame, named, lambda day: told_short(day, today, words.say))
    svg = picture(drawn.figure) if drawn.figure else ""
    rows = tuple(tuple(row) for row in drawn.twin_rows)
    return Shown(sentence, svg, says[f"{finding.sentence}_chart"], tuple(drawn.twin_head), rows)
