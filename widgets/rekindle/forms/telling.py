"""Telling a value in words, for the forms: see `content.telling`. `Words` shows what it returns as text."""

from rekindle.content.telling import told_day, told_short, told_time, told_value

__all__ = ["told_day", "told_short", "told_time", "told_value"]
