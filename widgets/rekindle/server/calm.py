"""The calm pages: what is shown in place of a page that cannot be. They hold no detail, and need no other file."""

from __future__ import annotations

import html
from pathlib import Path
from string import Formatter

SKELETON = "calm.html"
NAMES = ("not-in", "foreign", "used", "entering", "moment", "missing", "broken")


class CalmPages:
    """The calm pages by name: `not-in`, `foreign`, `used`, `entering`, `moment`, `missing`, `broken`.

    `words` are {name: {"title": …, "text": …, "link": …}}; a blank line in a text begins a paragraph, and a link, where
    there is one, leads to the book.
    """

    def __init__(self, words: dict[str, dict[str, str]], language: str = "en") -> None:
        skeleton = (Path(__file__).parent / SKELETON).read_text(encoding="utf-8")
        self._pages = {name: _fill(skeleton, words.get(name, {}), language, name) for name in NAMES}

    def page(self, name: str) -> str:
        """Return the page of that name."""
        return self._pages[name]

    def for_status(self, status: int) -> str:
        """Return the page for an HTTP status."""
        if status == 403:
            return self.page("not-in")
        return self.page("missing" if 400 <= status < 500 else "broken")


def _fill(skeleton: str, words: dict[str, str], language: str, name: str) -> str:
    paragraphs = [f"<p>{html.escape(part)}</p>" for part in words.get("text", "").split("\n\n") if part.strip()]
    if "link" in words:
        paragraphs.append(f'<p><a href="/">{html.escape(words["link"])}</a></p>')
    return Formatter().format(
        skeleton,
        language=html.escape(language),
        title=html.escape(words.get("title", "")),
        body="\n".join(paragraphs),
        refresh='\n<meta http-equiv="refresh" content="0;url=/">' if name == "entering" else "",
    )
