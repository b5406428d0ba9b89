"""The logs of the server name the place and the class of what went wrong, and nothing that a person wrote."""

from __future__ import annotations

import subprocess
import sys

WORD = "Zwetschgenkuchen"
TRIAL = f"""
import logging
from tornado.websocket import WebSocketClosedError
from rekindle.server import logs

logs.set_up()
for failure in (ValueError("{WORD}"), WebSocketClosedError("{WORD}")):
    try:
        raise failure
    except Exception:
        logging.getLogger("of.others").exception("it was about %s", "{WORD}")
logging.getLogger("of.others").warning("{WORD}")
logging.getLogger("rekindle").error("of our own")
"""


def test_a_line_names_place_and_class_and_a_page_that_was_closed_makes_none() -> None:
    ran = subprocess.run([sys.executable, "-c", TRIAL], capture_output=True, text=True, check=True)
    other, own = ran.stderr.splitlines()
    assert other.startswith("ERROR of.others ")
    assert other.endswith(" ValueError")
    assert own.endswith(" of our own")
    assert WORD not in ran.stderr + ran.stdout
