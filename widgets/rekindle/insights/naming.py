"""Naming: where a sentence speaks of the other person, it uses the short name that the person gave, if there is one."""

from __future__ import annotations

from dataclasses import replace

from rekindle.insights.finding import Context, Finding, Phrase

NAMED = frozenset(
    {
        ("what-do-i-miss", "elsewhere_none"),
        ("what-do-i-miss", "pull_them"),
        ("pattern-swap", "practice_one"),
        ("pattern-swap", "practice_many"),
        ("proof-of-change", "others_one"),
        ("proof-of-change", "others_many"),
        ("their-wishes", "started"),
    }
)
"""Sentences that hold `{them}`, by exercise and key. The exercise's `them` says what stands there without a name."""


def named(exercise_id: str, found: Finding, context: Context) -> Finding:
    """Return a finding with the short name in it, as the person's own word; unchanged where none belongs."""
    if (exercise_id, found.sentence) not in NAMED:
        return found
    them = context.nickname.strip() or Phrase("them")
    own = found.own_words or not isinstance(them, Phrase)
    return replace(found, values={**found.values, "them": them}, own_words=own)
