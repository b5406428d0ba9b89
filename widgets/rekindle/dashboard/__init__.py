"""The dashboard: the first page of each visit, and a person's own story over time."""

from rekindle.dashboard.home import Dashboard

__all__ = ["Dashboard"]
