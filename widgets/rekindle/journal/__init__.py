"""The journal: one file that holds everything a person writes."""

from rekindle.journal.journal import Journal
from rekindle.journal.key import Key
from rekindle.journal.lock import Relocked, is_locked, key_for, new_key, relock
from rekindle.journal.passphrase import new_passphrase
from rekindle.journal.whole import Whole

__all__ = ["Journal", "Key", "Relocked", "Whole", "is_locked", "key_for", "new_key", "new_passphrase", "relock"]
