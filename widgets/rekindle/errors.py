"""What can go wrong, one class each; the words for them live in content, never here."""

from __future__ import annotations

from typing import ClassVar


class RekindleError(Exception):
    """Something that a person can be told about, by its code and a few plain facts.

    `code` names the entry in `content/en/errors.toml`; `facts` fill its sentence. Facts are paths, names of
    exercises and numbers: never a word that a person wrote.
    """

    code: ClassVar[str] = "unexpected"

    def __init__(self, **facts: str | int) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return f"{self.code} {self.facts}" if self.facts else self.code


class JournalError(RekindleError):
    """A journal could not be opened, read or written."""


class JournalDamaged(JournalError):
    """The journal file is not what it should be; it was not touched."""

    code = "journal-damaged"


class JournalNewer(JournalError):
    """The journal was written by a newer Rekindle; it was not touched."""

    code = "journal-newer"


class JournalLocked(JournalError):
    """The key did not open the journal, or the file is damaged: the two look alike."""

    code = "journal-locked"


class JournalBusy(JournalError):
    """Another program held the journal for longer than we wait."""

    code = "journal-busy"


class FolderNotWritable(JournalError):
    """The journal's folder or file cannot be written."""

    code = "folder-not-writable"


class DiskFull(JournalError):
    """The disk has no room for the change; what was saved before is intact."""

    code = "disk-full"


class DiskFault(JournalError):
    """The disk, not the file, answered with an error."""

    code = "disk-fault"


class JournalMoved(JournalError):
    """The journal file was moved, replaced or deleted while it was open; nothing was written to the old one."""

    code = "journal-moved"


class JournalPlain(JournalError):
    """A key was given for a journal that is not encrypted; it was not touched."""

    code = "journal-plain"


class BackupNotGood(JournalError):
    """A backup is damaged or has another passphrase; it and the journal were not touched."""

    code = "backup-not-good"


class BackupFolderRefused(JournalError):
    """A folder that was chosen for backups is not there, cannot be written, or is the journal's own."""

    code = "backup-folder-refused"


class BackupFolderOpen(JournalError):
    """Others could read the folder that was chosen for backups, and the journal has no lock."""

    code = "backup-folder-open"


class EmptyKey(JournalError):
    """An encrypted journal was asked for with an empty passphrase."""

    code = "empty-key"


class PassphraseWanted(RekindleError):
    """The journal is locked, and nobody is at a terminal to type the passphrase."""

    code = "passphrase-wanted"


class PassphrasesDiffer(RekindleError):
    """The new passphrase was not typed twice alike."""

    code = "passphrases-differ"


class PassphraseFile(RekindleError):
    """The file with the passphrase cannot be read, is empty, or others can read it."""

    code = "passphrase-file"


class BookOpen(RekindleError):
    """The lock cannot be changed from a terminal while the book runs."""

    code = "book-open"


class NotAnAnswer(JournalError):
    """What was to be saved is nothing that an answer can be."""

    code = "not-an-answer"


class NotKept(JournalError):
    """The answer is one that is never kept, and the journal refused to write it."""

    code = "not-kept"


class TooLong(RekindleError):
    """An answer is longer than a field takes."""

    code = "too-long"


class ContentError(RekindleError):
    """A content file says something that the workbook does not understand."""

    code = "content"


class UnknownPart(RekindleError):
    """There is no part with that id."""

    code = "unknown-part"


class UnknownExercise(RekindleError):
    """There is no exercise with that id."""

    code = "unknown-exercise"


class PortTaken(RekindleError):
    """The wished port is in use."""

    code = "port-taken"


class SelfCheckFailed(RekindleError):
    """The server did not pass its own check and was stopped before anybody could use it."""

    code = "self-check-failed"


class WorkerEnded(RekindleError):
    """The server behind the pages ended before it was ready."""

    code = "worker-ended"


class CopyRefused(RekindleError):
    """The notebooks could not be copied into that folder; those that are there are as they were."""

    code = "copy-refused"


class ShortcutRefused(RekindleError):
    """The shortcut could not be written or taken away."""

    code = "shortcut-refused"


class NameRefused(RekindleError):
    """A shortcut cannot bear that name on every system."""

    code = "name-refused"


class NameTaken(RekindleError):
    """A file of that name is there that is no shortcut of ours; it was left alone."""

    code = "name-taken"


class ExportRefused(RekindleError):
    """The export file could not be written."""

    code = "export-refused"


class ImportRefused(RekindleError):
    """A file could not be taken in; nothing of it was, and nothing has changed."""


class ImportUnreadable(ImportRefused):
    """The file is none that this book writes, or it is not whole."""

    code = "import-unreadable"


class ImportNewer(ImportRefused):
    """The file was written in a format that this Rekindle does not know yet."""

    code = "import-newer"


class ImportTooLarge(ImportRefused):
    """The file is larger than any journal."""

    code = "import-too-large"


class ImportWouldOpen(ImportRefused):
    """The file would open pages that are folded because of what the other person asked for, or for safety."""

    code = "import-would-open"


class ImportFuture(ImportRefused):
    """Something in the file was saved at a time that has not come yet."""

    code = "import-future"


class ImportLocked(ImportRefused):
    """The file is locked, and the passphrase did not open it; or it is damaged: the two look alike."""

    code = "import-locked"


class ImportNoFile(ImportRefused):
    """The file to be taken in is not there, or cannot be read."""

    code = "import-no-file"


class RunningUnreachable(RekindleError):
    """A server for this folder is running, and does not answer."""

    code = "running-unreachable"
