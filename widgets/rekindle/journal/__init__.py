"""The journal: one file that holds everything a person writes."""

from rekindle.journal.journal import Journal
from rekindle.journal.key import Key
from rekindle.journal.whole import Whole

__all__ = ["Journal", "Key", "Whole"]
