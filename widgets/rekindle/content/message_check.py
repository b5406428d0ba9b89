"""The words that the message check looks for: short lists that anybody may read and change."""

from __future__ import annotations

from typing import Annotated

import pydantic

from rekindle.content.strict import Strict, Text

Phrases = Annotated[tuple[Text, ...], pydantic.Field(min_length=1)]


class MessageCheck(Strict):
    """Phrases by what they may do to a reader, all lower case."""

    heavy: Phrases
    past: Phrases
    push: Phrases
    leverage: Phrases
    blame: Phrases
    easy_out: Phrases
    excuse: Phrases
    blame_words: Phrases
    hidden_test: Phrases
