"""Hostile texts for tests: the corpus of `hostile.toml`, and a small part of it for the short form."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

from tests.turns import TURN

CORPUS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("hostile.toml").read_text("utf-8"))
"""Payloads by class."""

ALL = [payload for payloads in CORPUS.values() for payload in payloads]

FOUND = """() => [typeof window.rkOwned !== 'undefined' && !(window.rkOwned instanceof Element),
  document.querySelectorAll(['#rk-new', '[name=rkOwned]', 'img[src=x]', '[href^="javascript:"]',
    'marquee, xmp, mglyph, base',
    '#attributes, #parentNode, #body, #rekindleFront', '[data-commandlinker-command="application:close"]',
    ...['error', 'load', 'focus', 'click'].map((name) => `[on${name}*=rkOwned]`)].join(',')).length]"""
"""What a browser is asked: if anything ran, and how many elements there are that only a payload can have made."""


def sample() -> list[str]:
    """Return one payload of each class."""
    luck = random.Random(TURN)
    return [luck.choice(payloads) for payloads in CORPUS.values()]
