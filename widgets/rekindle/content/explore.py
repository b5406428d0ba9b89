"""Explore: the notebook for people who want to ask their own questions of their own words, in JupyterLab only."""

from __future__ import annotations

IMPORTS = """
import datetime as dt

from rekindle import answers, entries
"""

FRAMES = """
mood = entries("mood-check-in").dropna(subset=["mood"])
urges = entries("urge-log").dropna(subset=["before", "after"])
mood[["day", "mood"]].tail()
"""

WEEKDAYS = """
weekday = mood["day"].map(lambda day: f"{day:%u %A}")
mood["mood"].astype(float).groupby(weekday).agg(["count", "min", "median", "max"])
"""

MONTHS = """
month = urges["day"].map(lambda day: f"{day:%Y-%m}")
urges[["before", "after"]].astype(float).groupby(month).agg(["count", "median"])
"""

NEXT_DAY = """
moved = set(entries("move-my-body")["day"])
daily = mood["mood"].astype(float).groupby(mood["day"]).mean()
kind = ["day after moving" if day - dt.timedelta(days=1) in moved else "other day" for day in daily.index]
daily.groupby(kind).agg(["count", "min", "median", "max"])
"""

CELLS = {"imports": IMPORTS, "frames": FRAMES, "weekdays": WEEKDAYS, "months": MONTHS, "next_day": NEXT_DAY}
"""The code of each cell by its id; the prose above it is `story.explore.<id>`."""
