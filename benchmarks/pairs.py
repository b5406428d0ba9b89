"""Figures taken in turns: medians, and the median of the ratios inside each round."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence


def ratio(values: Sequence[float], base: Sequence[float]) -> float:
    """Return the median of the ratios inside each round."""
    return statistics.median(a / b for a, b in zip(values, base, strict=True))


def table(title: str, found: Mapping[str, Sequence[float]], bases: Sequence[str], digits: int = 0) -> str:
    """Return a table: for each name its median, least and most, and its ratio to the bases."""
    wide = max(len(name) for name in found) + 2
    heads = "".join(f"{'× ' + base:>{len(base) + 5}}" for base in bases)
    rounds = len(next(iter(found.values())))
    lines = [f"{title}; {rounds} rounds", f"{'':<{wide}}{'median':>9}{'least':>9}{'most':>9}{heads}"]
    for name, values in found.items():
        parts = [f"{one:>9.{digits}f}" for one in (statistics.median(values), min(values), max(values))]
        ratios = [f"{ratio(values, found[base]):>{len(base) + 5}.2f}" for base in bases]
        lines.append("".join([f"{name:<{wide}}", *parts, *ratios]))
    return "\n".join(lines)
