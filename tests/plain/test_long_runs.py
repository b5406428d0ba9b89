"""The long runs of the Makefile try as many made-up journals as they say, on every form of a file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.places import ROOT


def would_run(target: str) -> str:
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", target], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.parametrize(("target", "examples"), [("formats", 2000), ("nightly", 20_000)])
def test_a_long_run_says_how_many(target: str, examples: int) -> None:
    assert f"REKINDLE_EXAMPLES={examples} " in would_run(target)


def test_every_file_that_draws_many_journals_is_in_the_long_runs() -> None:
    tried = set(re.findall(r"tests/plain/test_\w+\.py", would_run("formats")))
    drawing = {
        path
        for path in Path(ROOT, "tests", "plain").glob("test_*.py")
        if re.search(r"import .*\bMANY\b", path.read_text())
    }
    assert drawing
    assert {f"tests/plain/{path.name}" for path in drawing} <= tried
    assert [path for path in tried if "@given" not in Path(ROOT, path).read_text()] == []
