"""The exporter: renders pages with templates that are compiled once, for all pages."""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from voila import notebook_renderer
from voila.exporter import VoilaExporter


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
    if notebook_renderer.VoilaExporter is not PageExporter:  # so it is asked, and runs if it has waited
        vars(notebook_renderer)["VoilaExporter"] = PageExporter  # the name by which the renderer finds it
