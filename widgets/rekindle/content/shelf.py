"""The shelf: the content files of one folder, each read into its model, with every problem collected."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rekindle.content.helplines import Helplines
from rekindle.content.message_check import MessageCheck
from rekindle.content.parts import Part
from rekindle.content.problems import Problem, problems_of
from rekindle.content.prompts import Prompts
from rekindle.content.sources import Source, Sources
from rekindle.content.words import Errors, States, Words, flatten

M = TypeVar("M", bound=BaseModel)
FREE = (
    "interface",
    "greetings",
    "command",
    "dashboard",
    "lock",
    "story",
    "your-data",
    "support",
    "own-questions",
    "keepsake",
)
"""Files that are plain trees of sentences."""
STRICT: dict[str, type[BaseModel]] = {"errors": Errors, "states": States}
"""Files of sentences with a fixed shape."""


class Shelf:
    """Reads the files of one folder; `problems` holds all that was wrong so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def parts(self) -> tuple[Part, ...]:
        """Return the parts that could be read, in the order of their files' numbers."""
        found = []
        for path in sorted((self.folder / "parts").glob("*.toml")):
            file = f"parts/{path.name}"
            raw = self._toml(file)
            if raw is not None:
                _say_where(raw, path.stem)
            if part := self._model(file, raw, Part):
                found.append(part)
        return tuple(found)

    def words(self) -> Words:
        """Return every sentence by its dotted key."""
        sentences: dict[str, str] = {}
        for stem in (*FREE, *STRICT):
            file = f"{stem}.toml"
            raw = self._toml(file)
            fits = stem not in STRICT or self._model(file, raw, STRICT[stem])
            if fits and raw is not None:
                sentences |= flatten(raw, stem, file, self.problems)
        return Words(sentences)

    def helplines(self) -> Helplines | None:
        """Return the helplines."""
        return self._model("helplines.toml", self._toml("helplines.toml"), Helplines)

    def sources(self) -> dict[str, Source] | None:
        """Return the sources by id."""
        found = self._model("sources.toml", self._toml("sources.toml"), Sources)
        return found.root if found else None

    def prompts(self) -> tuple[str, ...]:
        """Return the prompts of the day."""
        found = self._model("prompts.toml", self._toml("prompts.toml"), Prompts)
        return found.prompts if found else ()

    def message_check(self) -> MessageCheck | None:
        """Return the lists of the message check."""
        return self._model("message-check.toml", self._toml("message-check.toml"), MessageCheck)

    def _toml(self, file: str) -> dict[str, Any] | None:
        try:
            raw = tomllib.loads((self.folder / file).read_text(encoding="utf-8"))
            return {key: _frozen(value) for key, value in raw.items()}
        except OSError:
            self.problems.append(Problem(file, "", "no-file"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as odd:
            self.problems.append(Problem(file, "", "not-toml", str(odd)))
        return None

    def _model(self, file: str, raw: dict[str, Any] | None, model: type[M]) -> M | None:
        if raw is None:
            return None  # said already
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            self.problems.extend(problems_of(error, file, raw, model))
            return None


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever TOML may hold
    """Return the same data with tuples for lists, as the strict models want them."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def _say_where(raw: dict[str, Any], stem: str) -> None:
    """Write into a part's raw data which file it comes from."""
    raw.setdefault("notebook", stem)
    exercises = raw.get("exercises", ())
    for exercise in exercises if isinstance(exercises, tuple) else ():
        if isinstance(exercise, dict):
            exercise.setdefault("part", raw.get("id", ""))
