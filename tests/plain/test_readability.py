"""The words are plain, calm and kind: measured where that can be measured."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from rekindle.content import Exercise, catalog
from rekindle.content.catalog import EN

BANNED = ("win back", "guarantee", "proven", "make them miss you", "chance of success", "relapse", "failed")
LONGEST_SENTENCE = 25
Told = dict[str, str]


def syllables(word: str) -> int:
    """Count vowel groups, less a silent e at the end; at least one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee", "ye")) and groups > 1
    return max(1, groups - silent)


def words_in(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9'’]+(?:-[A-Za-z0-9]+)*", text)


def sentences_in(text: str) -> list[str]:
    plain = re.sub(r"\([^)]*\)|\*\*|^#+ .*$|^- ", "", text, flags=re.MULTILINE)
    parts = re.split(r"(?<=[.?!])[\"']?\s+|\n\n+|\n(?=- )", plain)
    return [part for part in parts if words_in(part)]


def grade(texts: Iterable[str]) -> float:
    """Return the Flesch-Kincaid grade of all the texts pooled."""
    sentences = [sentence for text in texts for sentence in sentences_in(text)]
    words = [word for sentence in sentences for word in words_in(sentence)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def asks(exercise: Exercise) -> Told:
    told = {}
    for field in exercise.fields:
        told[f"{exercise.id}.{field.key}"] = field.ask
        if field.type == "log":
            told |= {f"{exercise.id}.{field.key}.{inner.id}": inner.ask for inner in field.fields}
    return told


def prompts() -> Told:
    """Return every question, and the prompts of the day."""
    told = {key: text for exercise in catalog().exercises for key, text in asks(exercise).items()}
    return told | {f"prompt {n}": text for n, text in enumerate(catalog().prompts, 1)}


def every(name: str) -> Told:
    return {e.id: text for e in catalog().exercises if (text := getattr(e, name))}


def leaves(tree: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield at, tree
    elif isinstance(tree, dict):
        for key, below in tree.items():
            yield from leaves(below, f"{at} → {key}")
    elif isinstance(tree, list):
        for n, below in enumerate(tree, 1):
            yield from leaves(below, f"{at} → {n}")


def all_that_is_read() -> Told:
    """Return every string of every content file but the message check's lists, by its place."""
    files = [path for path in sorted(EN.rglob("*.toml")) if path.stem != "message-check"]
    trees = ((path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files)
    return dict(leaf for stem, tree in trees for leaf in leaves(tree, stem))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat.", -2, 1),
        ("You may want them, and you are not together now.", 1, 5),
        (
            "Individuals experiencing relationship dissolution frequently demonstrate considerable dysregulation.",
            20,
            50,
        ),
    ],
)
def test_the_measure_tells_plain_from_hard(text: str, low: float, high: float) -> None:
    assert low < grade([text]) < high


def test_the_questions_are_plain() -> None:
    assert grade(prompts().values()) <= 6
    # A label of one or two words has no grade of its own; the pool above counts it.
    hard = {at: round(grade([text]), 1) for at, text in prompts().items() if len(words_in(text)) > 3}
    assert {at: g for at, g in hard.items() if g > 8} == {}


def test_the_reasons_are_plain() -> None:
    assert grade(every("why").values()) <= 8


@pytest.mark.parametrize("name", ["lead", "after", "purpose"])
def test_what_stands_around_the_questions_is_plain(name: str) -> None:
    assert grade(every(name).values()) <= 6


@pytest.mark.parametrize("part", catalog().parts, ids=lambda part: part.id)
def test_openers_are_short_and_plain(part: Any) -> None:
    assert 120 <= len(words_in(part.opener)) <= 220
    assert grade([part.opener]) <= 7
    assert grade([part.ending]) <= 7


@pytest.mark.parametrize("part", catalog().parts, ids=lambda part: part.id)
def test_letting_go_is_met_with_as_many_words_and_as_plain_ones(part: Any) -> None:
    """An ending has the same length and the same light for each outcome."""
    other = part.letting_go
    assert 120 <= len(words_in(other.opener)) <= 220
    assert grade([other.opener]) <= 7
    if other.ending:
        assert grade([other.ending]) <= 7
        assert 0.8 <= len(words_in(other.ending)) / len(words_in(part.ending)) <= 1.25


def letting_go() -> Told:
    """Return what the parts say while somebody lets go."""
    said = {f"{part.id} letting go {at}": text for part in catalog().parts for at, text in (part.letting_go or ())}
    return {at: text for at, text in said.items() if text}


def test_nothing_draws_somebody_back_who_lets_go() -> None:
    """Not a word about trying again, but where it says that nothing asks for it; and no verdict on either way."""
    drawn = re.compile(
        r"\b(try(ing)? again|back together|reunion|come[s]? back to each|winning|give[ns]? up|giving up|mov(e|ing) on"
        r"|closure|hopeful|one day|for now they|not yet)\b",
        re.IGNORECASE,
    )
    allowed = "Nothing here asks you to try again"
    assert len(letting_go()) > 20
    assert {
        at: found[0] for at, text in letting_go().items() if (found := drawn.search(text.replace(allowed, "")))
    } == {}


def test_no_sentence_is_longer_than_a_breath() -> None:
    told = {f"{part.id} {name}": getattr(part, name) for part in catalog().parts for name in ("opener", "ending")}
    told |= letting_go()
    told |= {
        f"{at} {name}": text
        for name in ("lead", "reading", "why", "after", "purpose")
        for at, text in every(name).items()
    }
    told |= prompts()
    told |= {f"{e.id} says {key}": text for e in catalog().exercises for key, text in e.says.items()}
    told |= {key: catalog().words.under(key.rpartition(".")[0])[key.rpartition(".")[2]] for key in catalog().words}
    long = {at: s for at, text in told.items() for s in sentences_in(text) if len(words_in(s)) > LONGEST_SENTENCE}
    assert long == {}


def test_leads_are_one_or_two_sentences_and_last_lines_one() -> None:
    ends = re.compile(r"[.?](?=\s|$)")
    assert {at for at, text in every("lead").items() if len(ends.findall(text)) > 2} == set()
    assert {at for at, text in every("after").items() if len(ends.findall(text)) > 1} == set()


@pytest.mark.parametrize("banned", BANNED)
def test_no_word_that_promises_or_blames(banned: str) -> None:
    assert [at for at, text in all_that_is_read().items() if banned in text.lower()] == []


def test_nothing_is_shouted() -> None:
    assert [at for at, text in all_that_is_read().items() if "!" in text] == []


def test_an_example_is_an_invented_persons() -> None:
    """A name, an age or a word about the person, and their words in quotes."""
    shape = re.compile(r"^[A-Z]\w+, [^:]+: \".+", re.DOTALL)
    assert [at for at, text in every("example").items() if not shape.match(text)] == []


def test_no_sentence_given_back_promises_or_reads_a_mind() -> None:
    """Sentences that the page makes say what is so: no odds, no will, no should."""
    risky = re.compile(r"\b(will (come|want|work|reply|love)|should|must|always|odds|deserve|earn)\b", re.IGNORECASE)
    allowed = {
        "no_odds",  # says that there are none
        "ready",  # "it does not say that you must write"
        "offer_quiet",  # asks what the book should hold
        "offer_closed",
    }
    assert {at: text for at, text in given_back().items() if at[1] not in allowed and risky.search(text)} == {}


def given_back() -> dict[tuple[str, str], str]:
    """Return every sentence that findings make, in each of its wordings: those of the pages, and of the story."""
    said = {(e.id, key): text for e in catalog().exercises for key, text in e.says.items()}
    for exercise in catalog().exercises:
        for when, other in exercise.instead.items():
            said |= {(f"{exercise.id} {when}", at.removeprefix("says.")): text for at, text in other.items()}
    return said | {("story", key): text for key, text in catalog().words.under("story").items()}


def test_no_sentence_given_back_scores() -> None:
    """No score, no grade, no run of days: where such a word stands, its sentence says that there is none."""
    scoring = re.compile(r"\b(scor\w*|grad\w*|levels?|streaks?|percent|targets?|overdue|incomplete)\b|%", re.IGNORECASE)
    none = re.compile(r"\b(no|not|never|nor|nobody|none|nothing|without)\b", re.IGNORECASE)
    base_rate = ("honest-odds", "rate_returned")  # a study's own figure, about other people
    scored = {
        at: sentence
        for at, text in given_back().items()
        for sentence in sentences_in(text)
        if at != base_rate and scoring.search(sentence) and not none.search(sentence)
    }
    assert scored == {}
