"""Words: every sentence of the pages that is no exercise, by a dotted key such as `interface.buttons.open`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import RootModel

from rekindle.content.problems import Problem
from rekindle.content.strict import Slug, Strict, Template, placeholders
from rekindle.errors import ContentError

Tree = Mapping[str, object]


class ErrorWords(Strict):
    """What an error says: what happened, what is safe, what to do."""

    happened: Template
    safe: Template
    todo: Template


class Errors(RootModel[dict[Slug, ErrorWords]]):
    """The words of each error, by its code."""


class StateWords(Strict):
    """A contact state in words."""

    name: Template
    meaning: Template


class FoldWords(Strict):
    """Why a page is folded, and what opens it."""

    why: Template
    opens: Template


class States(Strict):
    """Contact states, and the reasons that fold a page."""

    contact: dict[Slug, StateWords]
    folded: dict[Slug, FoldWords]


class Words:
    """Sentences by key. A missing key, or a missing fact, is a ContentError and never a KeyError."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    def __call__(self, key: str, **facts: str | int | float) -> str:
        """Return the sentence of a key with its placeholders filled; raises ContentError."""
        return self.say(key, **facts)

    def say(self, key: str, **facts: str | int | float) -> str:
        """Return the sentence of a key with its placeholders filled; raises ContentError."""
        if key not in self._sentences:
            raise ContentError(file=f"{key.partition('.')[0]}.toml", place=key, problem="no-such-words")
        try:
            return self._sentences[key].format_map(facts)
        except KeyError as missing:
            place, detail = key, str(missing.args[0])
            raise ContentError(file="", place=place, problem="missing-fact", detail=detail) from None

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def __iter__(self) -> Iterator[str]:
        return iter(self._sentences)

    def under(self, branch: str) -> dict[str, str]:
        """Return the templates below a key, by the rest of their key."""
        start = f"{branch}."
        return {key.removeprefix(start): text for key, text in self._sentences.items() if key.startswith(start)}

    def facts_of(self, key: str) -> set[str]:
        """Return the names that a sentence wants filled in."""
        return placeholders(self._sentences[key])


def flatten(tree: Tree, stem: str, file: str, problems: list[Problem]) -> dict[str, str]:
    """Return a tree's sentences by dotted key; what is no well-formed sentence is added to `problems`."""
    found: dict[str, str] = {}
    for name, value in tree.items():
        key = f"{stem}.{name}"
        place = " → ".join(key.split(".")[1:])
        if isinstance(value, Mapping):
            found |= flatten(value, key, file, problems)
        elif not isinstance(value, str) or not value.strip():
            problems.append(Problem(file, place, "empty" if isinstance(value, str) else "wrong-type", name))
        else:
            found[key] = value.strip()
            try:
                placeholders(value)
            except ValueError as odd:
                problems.append(Problem(file, place, "placeholder", str(odd)))
    return found
