"""Folios of the private book: chapters, their pages, and what stands on them, as plain text."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rekindle.keepsake.wishes import Wishes

Rename = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Said:
    """One question, and the lines of its answer; none: it was left blank. `own`: they asked it themselves."""

    id: str
    ask: str = dataclasses.field(repr=False)
    lines: tuple[str, ...] = dataclasses.field(repr=False)
    own: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """What stands together: one answer, or one entry of a log under its day."""

    id: str
    when: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Folio:
    """One page: an exercise, or a part's own questions."""

    id: str
    title: str
    day: dt.date | None
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part."""

    id: str
    eyebrow: str
    title: str
    cloth: str
    folios: tuple[Folio, ...]


def trimmed(chapters: Sequence[Chapter], wishes: Wishes) -> list[Chapter]:
    """Return the chapters without what is to be left out; nothing stands in its place."""
    found = []
    for chapter in chapters:
        folios = [folio for each in chapter.folios if (folio := _folio(each, wishes)) is not None]
        if folios:
            found.append(dataclasses.replace(chapter, folios=tuple(folios)))
    return found


def _folio(folio: Folio, wishes: Wishes) -> Folio | None:
    if folio.id in wishes.left_out:
        return None
    items = [item for each in folio.items if (item := _item(each, wishes)) is not None]
    told = any(said.lines for item in items for said in item.said)
    return dataclasses.replace(folio, items=tuple(items)) if told else None


def _item(item: Item, wishes: Wishes) -> Item | None:
    if item.id in wishes.left_out:
        return None
    said = [kept for each in item.said if (kept := _said(each, wishes)) is not None]
    return dataclasses.replace(item, said=tuple(said)) if said else None


def _said(said: Said, wishes: Wishes) -> Said | None:
    lines = tuple(line for line in said.lines if (said.id, line) not in wishes.lines_out)
    return None if said.lines and not lines else dataclasses.replace(said, lines=lines)


def renamed(chapters: Sequence[Chapter], rename: Rename) -> list[Chapter]:
    """Return the chapters with every name in a person's own words replaced."""
    return [
        dataclasses.replace(chapter, folios=tuple(_renamed(folio, rename) for folio in chapter.folios))
        for chapter in chapters
    ]


def _renamed(folio: Folio, rename: Rename) -> Folio:
    def said(each: Said) -> Said:
        ask = rename(each.ask) if each.own else each.ask
        return dataclasses.replace(each, ask=ask, lines=tuple(rename(line) for line in each.lines))

    items = (dataclasses.replace(item, said=tuple(map(said, item.said))) for item in folio.items)
    return dataclasses.replace(folio, items=tuple(items))
