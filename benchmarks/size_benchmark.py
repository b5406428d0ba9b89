"""What an install weighs: the program and all that it asks for, by package, and what pandas brings of it; and peers.

Counted are the files that each package's own record names, as they lie here; what has no record is not counted.
Peers are weighed whole, as the folders of their environments, if `make bench` has made these.
Run: python -m benchmarks.size_benchmark
"""

from __future__ import annotations

import importlib.metadata as installed
from collections.abc import Iterable
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks import telling
from benchmarks.ready_benchmark import WORK

MB = 1_000_000
MOST = 280


def wanted(roots: Iterable[str], without: str = "") -> set[str]:
    """Return the packages that some packages ask for here, with them, and without one of them."""
    found: set[str] = set()
    waiting = [canonicalize_name(name) for name in roots]
    while waiting:
        name = waiting.pop()
        if name in found or name == without:
            continue
        try:
            asked = installed.requires(name) or []
        except installed.PackageNotFoundError:
            continue
        found.add(name)
        needs = [Requirement(each) for each in asked]
        waiting += [canonicalize_name(each.name) for each in needs if not each.marker or each.marker.evaluate()]
    return found


def weight(name: str) -> float:
    """Return what a package's files weigh, in MB."""
    files = installed.files(name) or []
    return sum(path.stat().st_size for each in files if (path := Path(str(each.locate()))).is_file()) / MB


def main() -> None:
    """Measure and print."""
    whole = {name: weight(name) for name in wanted(["rekindle"])}
    without = sum(whole[name] for name in wanted(["rekindle"], without="pandas"))
    print(f"An install: {len(whole)} packages, {sum(whole.values()):.0f} MB")
    print(f"  without what only pandas brings: {without:.0f} MB   ({'within' if without <= MOST else 'OVER'} {MOST})")
    most = sorted(whole.items(), key=lambda each: -each[1])[:8]
    print("  the heaviest: " + ", ".join(f"{name} {size:.0f}" for name, size in most))
    for needs in sorted(telling.PEERS.glob("*.txt")):
        folder = WORK / needs.stem
        if folder.is_dir():
            size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file() and not each.is_symlink())
            print(f"  {needs.stem}: {size / MB:.0f} MB, whole environment")


if __name__ == "__main__":
    main()
