"""The journal: one file that holds everything a person writes."""

from rekindle.journal.additions import Additions
from rekindle.journal.digests import Digest
from rekindle.journal.forgetting import Forgotten, What, forget_all
from rekindle.journal.journal import Journal
from rekindle.journal.key import Key
from rekindle.journal.lock import Relocked, is_locked, key_for, new_key, relock
from rekindle.journal.passphrase import new_passphrase
from rekindle.journal.restore import is_good, newest_good, restore
from rekindle.journal.shred import shred
from rekindle.journal.store import MAGIC, seems_encrypted
from rekindle.journal.whole import EMPTY, Whole

__all__ = [
    "EMPTY",
    "MAGIC",
    "Additions",
    "Digest",
    "Forgotten",
    "Journal",
    "Key",
    "Relocked",
    "What",
    "Whole",
    "forget_all",
    "is_good",
    "is_locked",
    "key_for",
    "new_key",
    "new_passphrase",
    "newest_good",
    "relock",
    "restore",
    "seems_encrypted",
    "shred",
]
