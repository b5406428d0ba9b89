"""The lock on the pages: how it stands, where it is set, and when the book offers it. Never more than twice."""

from __future__ import annotations

from urllib.parse import quote

from rekindle.content import Catalog
from rekindle.frontend.words import Block, element
from rekindle.journal import is_locked
from rekindle.page.book import Book
from rekindle.server import keydesk
from rekindle.server.stillness import told_limit
from rekindle.settings import Surface, is_never_locked, journal_path, lock_after, surface

NOT_NOW = "lock-not-now"
"""The event, and the button's act, of somebody who does not want a lock now."""


def way_to_lock(words: Catalog, notebook: str, key: str) -> list[Block]:
    """Return the link to the page where the passphrase is set or changed; without our server, what to type instead."""
    if is_never_locked():
        return []
    if not keydesk.is_there():
        return [element("p", words.say("lock.card.terminal"), cls="rk-small")]
    back = f"/voila/render/{notebook}.ipynb" if surface() is Surface.VOILA else f"/lab/tree/{notebook}.ipynb"
    link = element("a", words.say(key), href=f"/lock/passphrase?back={quote(back)}", cls="rk-btn")
    return [element("p", "", link, cls="rk-row")]


def lock_card(words: Catalog) -> list[Block]:
    """Return what the page about the person's words says of the lock."""
    locked = is_locked(journal_path())
    lines = ("locked", "when", "sleep") if locked and keydesk.is_there() else ("locked",) if locked else ("plain",)
    after = told_limit(lock_after(), lambda key, **facts: words.say(f"lock.{key}", **facts))
    told = [element("p", words.say(f"lock.card.{line}", after=after)) for line in lines]
    return [*told, *way_to_lock(words, "your-data", "lock.card.change" if locked else "lock.card.set")]


def lock_help(words: Catalog) -> list[Block]:
    """Return what stands under the question if somebody could see: how it stands, or the way to lock it."""
    if is_locked(journal_path()):
        return [element("p", words.say("lock.card.locked"), cls="rk-small")]
    return way_to_lock(words, words.parts[0].notebook, "lock.card.set")


def lock_offer(words: Catalog, book: Book) -> list[Block]:
    """Return the offer of a lock, when it is time: after the first page that holds words, and once on a later day."""
    if not keydesk.is_there() or is_never_locked() or is_locked(journal_path()):
        return []
    declined = [event for event in book.events if event.kind == NOT_NOW]
    later = len(declined) == 1 and book.now().local_date > declined[0].moment.local_date
    wrote = bool(book.answered) or bool(book.newest(1))
    if not wrote or (declined and not later):
        return []
    button = element("button", words.say("lock.offer.not_now"), cls="rk-btn rk-btn--quiet", act=NOT_NOW)
    kids = way_to_lock(words, "dashboard", "lock.offer.yes")
    return [
        element("h2", words.say("lock.offer.title"), cls="rk-sec"),
        element("p", words.say(f"lock.offer.{'second' if declined else 'first'}")),
        *kids,
        element("p", "", button, cls="rk-row"),
    ]
