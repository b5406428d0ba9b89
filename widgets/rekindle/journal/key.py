"""The key of an encrypted journal: a passphrase, or the raw 32 bytes that a passphrase stands for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from rekindle.errors import EmptyKey

RAW_LENGTHS = (32, 48)


@dataclass(frozen=True, slots=True)
class Key:
    """What opens an encrypted journal. Its repr shows nothing; it is never empty."""

    _literal: str = field(repr=False)

    @classmethod
    def from_passphrase(cls, passphrase: str) -> Key:
        """Return the key of a passphrase; letters typed in another Unicode form give the same key.

        Raises EmptyKey for a passphrase that is empty, or cannot be written down as text.
        """
        text = unicodedata.normalize("NFKC", passphrase)
        # SQLite ends a statement at a NUL, so what follows would silently not count; a lone surrogate has no bytes.
        if not text.strip() or "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
            raise EmptyKey
        return cls("'" + text.replace("'", "''") + "'")

    @classmethod
    def from_raw(cls, raw: bytes) -> Key:
        """Return the key of 32 raw bytes, or of 48: key and salt. Raises EmptyKey for any other length."""
        if len(raw) not in RAW_LENGTHS or not any(raw):
            raise EmptyKey
        return cls(f"\"x'{raw.hex()}'\"")

    @property
    def literal(self) -> str:
        """The key as SQLCipher's `PRAGMA key` takes it. For the journal's own eyes."""
        return self._literal
