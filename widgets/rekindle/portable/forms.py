"""Forms: the ways in which the whole journal can be written down for its owner."""

from __future__ import annotations

from typing import Literal

from rekindle.content import Catalog
from rekindle.journal import Whole
from rekindle.portable.export import to_json
from rekindle.portable.markdown import to_markdown
from rekindle.portable.spreadsheet import to_csv

Form = Literal["json", "csv", "markdown"]
ENDINGS: dict[Form, str] = {"json": "json", "csv": "zip", "markdown": "md"}
"""How the name of a file ends, by its form."""


def written_as(form: Form, whole: Whole, words: Catalog) -> bytes:
    """Return everything in a journal, written in one form. All of them are plain: whoever has the file can read it."""
    if form == "csv":
        return to_csv(whole)
    if form == "markdown":
        return to_markdown(whole, words)
    return to_json(whole)
