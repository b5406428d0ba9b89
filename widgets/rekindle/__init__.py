"""Rekindle: a private workbook for the time after a breakup."""

from __future__ import annotations

__version__ = "0.1.0"
