"""The tickets: the secret part of a one-time address."""

from __future__ import annotations

import secrets

ENTER = "/enter/"


def new_ticket() -> str:
    """Return a ticket that nobody can guess."""
    return secrets.token_urlsafe(32)
