"""The rendering of a page: templates are compiled once for all pages, and small pieces go out together."""

from __future__ import annotations

import asyncio
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from voila import notebook_renderer
from voila.exporter import VoilaExporter

GATHER = 0.005
"""Seconds that a piece of a page may wait for the next one. A page has 900 of them, and each would be a packet."""


class CompiledTemplates(BytecodeCache):
    """What templates were compiled to, as long as their text is the same. All that ask have the same settings."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of a template."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember a template."""
        if bucket.code is not None:
            self._known[bucket.key] = (bucket.checksum, bucket.code)


class PageExporter(VoilaExporter):
    """Voilà's exporter, of which there is a new one for each visit; what it compiles, it keeps for the next."""

    compiled = CompiledTemplates()

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()
        environment.bytecode_cache = self.compiled
        return environment


def keep_templates() -> None:
    """Let Voilà render pages with our exporter."""
    vars(notebook_renderer)["VoilaExporter"] = PageExporter  # the name by which the renderer finds it


class Gathered:
    """Sends pieces which follow each other closely in one. It goes in front of a handler."""

    _finished: bool
    _is_due = False

    def flush(self, include_footers: bool = False) -> Any:
        """Send soon what was written; at the end, at once."""
        if include_footers:
            return self._send_now(include_footers=True)
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_later(GATHER, self._send)
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    def _send(self) -> None:
        self._is_due = False
        if not self._finished:
            self._send_now()

    def _send_now(self, **how: bool) -> Any:
        upstream: Any = super()
        return upstream.flush(**how)
