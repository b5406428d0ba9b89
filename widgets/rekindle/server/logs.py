"""The logs: where something went wrong and of what class, never what was said in it."""

from __future__ import annotations

import logging
import sys
import warnings

OURS = "rekindle"
LEVEL = logging.ERROR  # of others: their warnings are about strangers turned away and the like


class Discreet(logging.Formatter):
    """Say where and which class. Others' messages and tracebacks can quote what a person wrote: they are left out."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        place = f"{record.levelname} {record.name} {record.module}:{record.lineno}"
        if record.name.split(".")[0] == OURS:
            place = f"{place} {record.getMessage()}"
        if record.exc_info and record.exc_info[0]:
            place = f"{place} {record.exc_info[0].__name__}"
        return place


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Tell whether something went wrong: that a page was closed while a message was on its way to it, is daily life."""
    return not (record.exc_info and record.exc_info[0] and record.exc_info[0].__name__ == "WebSocketClosedError")


def set_up() -> None:
    """Send errors of everything in this process to standard error, discreetly."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet())
    handler.addFilter(_is_worth_a_line)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(LEVEL)
    warnings.simplefilter("ignore")


def fall_silent() -> None:
    """Log nothing more."""
    logging.disable(logging.CRITICAL)


def quiet(logger: logging.Logger) -> None:
    """Take away the handlers that a Jupyter application gave its own log, so that ours is the only one."""
    logger.handlers[:] = []
    logger.propagate = True
    logger.setLevel(LEVEL)
