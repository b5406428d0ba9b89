"""How the documentation is built: Sphinx reads Markdown, Furo dresses it, and nothing comes from another host."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

HERE = Path(__file__).parent
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((\.\./[^)#\s]*)(?:#[^)]*)?\)")

project = "Rekindle"
author = "the people of Rekindle"
extensions = ["myst_parser"]
exclude_patterns: list[str] = []
nitpicky = True

myst_heading_anchors = 3
myst_enable_extensions = ["attrs_block"]

html_theme = "furo"
html_title = "Rekindle"
html_static_path = ["_static", "../widgets/rekindle/voila_template/static/fonts"]
html_css_files = ["look.css"]
html_copy_source = False
html_show_sourcelink = False
_LIGHT = {"paper": "#F3F1EB", "surface": "#FCFBF8", "ink": "#23201A", "quiet": "#514C45", "rule": "#DCD9D0"}
_DARK = {"paper": "#151210", "surface": "#1E1B18", "ink": "#E6E3DA", "quiet": "#B8B4AA", "rule": "#39352F"}


def _colours(look: dict[str, str], act: str) -> dict[str, str]:
    return {
        "color-brand-primary": act,
        "color-brand-content": act,
        "color-brand-visited": act,
        "color-background-primary": look["surface"],
        "color-background-secondary": look["paper"],
        "color-background-border": look["rule"],
        "color-foreground-primary": look["ink"],
        "color-foreground-secondary": look["quiet"],
        "color-foreground-muted": look["quiet"],
        "font-stack": '"Source Sans 3", "Segoe UI", system-ui, sans-serif',
        "font-stack--headings": '"Newsreader", Charter, Georgia, serif',
    }


html_theme_options = {
    "light_css_variables": _colours(_LIGHT, "#174C49"),
    "dark_css_variables": _colours(_DARK, "#97D1CD"),
}


def name_what_is_outside(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Turn a link to a file of the repository into its text: those files are no pages. A missing one is an error."""
    here = (HERE / docname).parent

    def told(link: re.Match[str]) -> str:
        target = (here / link[2]).resolve()
        if target.is_relative_to(HERE):
            return link[0]
        if not target.exists():
            raise FileNotFoundError(f"{docname}: {link[2]}")
        return link[1]

    source[0] = LINK.sub(told, source[0])


def setup(app: Sphinx) -> None:
    """Have Sphinx call us."""
    app.connect("source-read", name_what_is_outside)
