"""Whose turn it is where one of many is tried: the same in each short run, another one each day in the full."""

from __future__ import annotations

import os

TURN = int(os.environ.get("REKINDLE_TURN") or 6)
"""`tools/tests.sh` says it; a figure of the tests names it, so that a run can be repeated."""
