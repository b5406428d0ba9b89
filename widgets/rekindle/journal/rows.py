"""A row and its checksum: how records lie in the tables, and proof that they lie there unchanged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, cast

from rekindle.errors import JournalDamaged
from rekindle.journal.checksum import checksum
from rekindle.journal.limits import is_id
from rekindle.journal.store import Store
from rekindle.records import Json, Moment

MINE, OTHER, SETTLED = 0, 1, 2
"""The column `other`: no version that lost its place in a conflict; one that the person has not seen; one seen."""

MOMENT = ("utc", "zone", "local_date")


def names(columns: Sequence[str]) -> str:
    """Return column names as SQL lists them, with the checksum at the end."""
    return ", ".join(f'"{column}"' for column in (*columns, "checksum"))


def insert(store: Store, table: str, columns: Sequence[str], content: Sequence[str | int]) -> None:
    """Add one row, with its checksum."""
    marks = ", ".join("?" * (len(columns) + 1))
    sql = f"INSERT INTO {table} ({names(columns)}) VALUES ({marks})"  # noqa: S608 - our own names
    store.rows(sql, (*content, checksum(*content)))


def replace(store: Store, table: str, columns: Sequence[str], number: int, content: Sequence[str | int]) -> None:
    """Put new content in the place of one row's."""
    marks = ", ".join(f'"{column}" = ?' for column in (*columns, "checksum"))
    sql = f"UPDATE {table} SET {marks} WHERE number = ?"  # noqa: S608 - our own names
    store.rows(sql, (*content, checksum(*content), number))


def verified(store: Store, row: Sequence[Any], **place: object) -> Sequence[Any]:
    """Return a row's content without its checksum; raise JournalDamaged, naming only ids, if the two do not fit."""
    *content, noted = row
    try:
        sound = checksum(*content) == noted
    except (TypeError, ValueError):  # a damaged row can hold what no column takes
        sound = False
    if not sound:
        facts = {name: text for name, text in place.items() if isinstance(text, str) and is_id(text)}
        raise JournalDamaged(path=str(store.path), **facts)
    return content


def value_of(text: str) -> Json:
    """Return the value that a verified row's JSON text stands for."""
    return cast(Json, json.loads(text))


def mapping_of(text: str) -> dict[str, Json]:
    """Return the values that a verified row's JSON text stands for; what was saved there was a mapping."""
    return cast(dict[str, Json], json.loads(text))


def moment_row(moment: Moment) -> tuple[str, str, str]:
    """Return a moment as it lies in three columns. As text in UTC, earlier sorts before later."""
    utc = moment.utc.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return utc, moment.zone, moment.local_date.isoformat()


def moment_of(utc: str, zone: str, local_date: str) -> Moment:
    """Return the moment that lies in three columns."""
    return Moment(dt.datetime.fromisoformat(utc), zone, dt.date.fromisoformat(local_date))
