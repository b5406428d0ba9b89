"""Markup of ours around the fields. Only words from the content go in, and they are escaped all the same."""

from __future__ import annotations

from html import escape


def head(title: str, meta: str = "", purpose: str = "") -> str:
    """Return a card's head: time or state in words, the title, the purpose."""
    parts = [f'<p class="rk-meta">{escape(meta)}</p>' if meta else "", f"<h2>{escape(title)}</h2>"]
    if purpose:
        parts.append(f'<p class="rk-purpose">{escape(purpose)}</p>')
    return f'<div class="rk-h">{"".join(parts)}</div>'


def minutes_key(minutes: float) -> str:
    """Return the key of `interface.card` that says how long a page takes."""
    return "half_minute" if minutes < 1 else {1: "minute", 1.5: "minute_and_half"}.get(minutes, "minutes")


def fold(summary: str, text: str) -> str:
    """Return a line that opens to a text, without asking the kernel."""
    inside = f'<div class="rk-fold__in"><p>{escape(text)}</p></div>'
    return f'<details class="rk-fold"><summary>{escape(summary)}</summary>{inside}</details>'


def status(words: str) -> str:
    """Return the place where the page says whether everything is saved."""
    return f'<div class="rk-saved" data-state="saved" role="status" aria-live="off">{escape(words)}</div>'
