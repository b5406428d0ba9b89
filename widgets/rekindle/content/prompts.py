"""Prompts of the day for the free page: offered, never set, and never about the other person."""

from __future__ import annotations

from typing import Annotated

import pydantic

from rekindle.content.strict import Strict, Text


class Prompts(Strict):
    """Thirty of them."""

    prompts: Annotated[tuple[Text, ...], pydantic.Field(min_length=30, max_length=30)]
