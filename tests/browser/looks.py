"""Looks: one page in many sizes and colours, and what axe and our own measures find in each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

MEASURES = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")
STILL = "document.getAnimations().every((one) => one.playState !== 'running')"
DRAWN = """[...document.querySelectorAll('.rk-plotly')].filter((el) => el.clientWidth)
  .every((el) => el.querySelector('svg.main-svg'))"""
PHONE_TARGET, TARGET_SIZE = 44, 24
CONTRAST, TEXT = "color-contrast", "text"
"""What axe calls it, and what our measures call it."""


@dataclass(frozen=True)
class Look:
    """How wide a page is, whether it is light or dark, and how large its text is, in percent of what it is at first."""

    width: int
    scheme: Literal["light", "dark"]
    text: int = 100

    def __str__(self) -> str:
        return f"{self.width} {self.scheme}" + (f" {self.text}%" if self.text != 100 else "")


WIDE, PHONE, NARROW, DARK = Look(1280, "light"), Look(390, "light"), Look(320, "light"), Look(1280, "dark")
LARGE = (Look(1280, "light", 200), Look(640, "dark", 200), Look(390, "light", 200))
ALL = (WIDE, PHONE, NARROW, DARK, Look(390, "dark"), Look(320, "dark"), *LARGE)


def wear(page: Page, look: Look) -> None:
    """Give a page another look, in place, and wait until it stands still."""
    page.set_viewport_size({"width": look.width, "height": 844})
    page.emulate_media(color_scheme=look.scheme, reduced_motion="reduce")
    page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", f"{look.text}%")
    page.wait_for_function(DRAWN)
    page.wait_for_function(STILL)
    page.evaluate("scrollTo(0, 0)")  # what a sticky bar lies over now is no smaller for it
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def steady(page: Page) -> None:
    """Have a page stay: axe keeps it from hearing its kernel, and a page that hears nothing opens itself anew."""
    page.route(
        "**/static/page.css", lambda route: route.abort() if route.request.method == "HEAD" else route.fallback()
    )


def faults_of(page: Page, *looks: Look, within: str = "", without: tuple[str, ...] = ()) -> list[str]:
    """Return what axe and our measures find in each look; `within` is where to look, `without` rules left aside."""
    steady(page)
    return [f"{look}: {fault}" for look in looks for fault in _faults(page, look, within, without)]


def _faults(page: Page, look: Look, within: str, without: tuple[str, ...]) -> list[str]:
    wear(page, look)
    rules = {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in without}}
    options = {"rules": rules, "resultTypes": ["violations"]}
    asked: dict[str, Any] = Axe().run(page, context=within or None, options=options).response
    found = [_told(fault) for fault in asked["violations"]]
    if within:  # somebody else's page around ours
        return found
    least = PHONE_TARGET if look.width < 768 else TARGET_SIZE
    ours: dict[str, list[str]] = page.evaluate(MEASURES, least)
    return found + [
        f"{kind}: {one}" for kind, many in ours.items() for one in many if kind != TEXT or CONTRAST not in without
    ]


def _told(fault: dict[str, Any]) -> str:
    where = [node["html"][:140] for node in fault["nodes"][:3]]
    return f"axe {fault['impact']} {fault['id']} x{len(fault['nodes'])}: {where}"
