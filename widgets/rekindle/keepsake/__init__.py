"""The private book: one document of what a person wrote, to keep, to print, or to show to somebody they trust."""

from rekindle.keepsake.binding import Bound, bind, from_journal
from rekindle.keepsake.wishes import Wishes

__all__ = ["Bound", "Wishes", "bind", "from_journal"]
