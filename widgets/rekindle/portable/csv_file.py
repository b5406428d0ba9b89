"""A CSV file: rows of text as spreadsheet programs write and read them, every cell in quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

Row = Sequence[str]

LONGEST_CELL = 2_000_000
"""Letters of one cell. A value of ours has at most 200,000 bytes; escaped, some more letters."""


class OddFile(Exception):
    """No CSV file, or one that is cut off."""


def written(rows: Iterable[Row]) -> bytes:
    """Return rows as a file in UTF-8, with the mark by which spreadsheet programs know that."""
    into = io.StringIO(newline="")
    csv.writer(into, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return into.getvalue().encode("utf-8-sig")


def rows_of(file: bytes, *, delimiter: str = ",") -> Iterator[list[str]]:
    """Give the rows of a file, those without anything in them left out. Raises OddFile."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        lines = io.StringIO(file.decode("utf-8-sig"), newline="")
        yield from (row for row in csv.reader(lines, delimiter=delimiter, strict=True) if row)
    except (csv.Error, ValueError):
        raise OddFile from None  # the error may quote what it read
    finally:
        csv.field_size_limit(before)
