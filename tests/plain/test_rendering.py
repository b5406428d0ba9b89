"""How a page is rendered: templates are compiled once, and small pieces go out together, waiting for nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import tornado.httpserver
import tornado.web
from jinja2 import Environment, FileSystemLoader
from voila import notebook_renderer
from voila.exporter import VoilaExporter

from rekindle.server import process
from rekindle.server.exporter import CompiledTemplates, PageExporter, keep_templates
from rekindle.server.rendering import Gathered


def test_a_template_is_compiled_once_until_its_text_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    kept = CompiledTemplates()
    compile_one: Any = Environment.compile

    def compile_and_count(self: Environment, source: str, *rest: str) -> Any:
        compiled.append(source)
        return compile_one(self, source, *rest)

    monkeypatch.setattr(Environment, "compile", compile_and_count)

    def said() -> str:
        visit = Environment(loader=FileSystemLoader(tmp_path), bytecode_cache=kept, autoescape=True, enable_async=True)
        visit.filters["loud"] = str.upper
        return visit.get_template("page").render(word="a")

    (tmp_path / "page").write_text("{{ word | loud }}.")
    assert [said(), said(), said()] == ["A."] * 3
    assert len(compiled) == 1
    (tmp_path / "page").write_text("{{ word | loud }}!")
    assert [said(), said()] == ["A!"] * 2
    assert len(compiled) == 2


def test_a_page_is_rendered_by_the_exporter_that_keeps_what_it_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(notebook_renderer), "VoilaExporter", VoilaExporter)
    keep_templates()
    made = [vars(notebook_renderer)["VoilaExporter"]().environment for _ in range(2)]
    assert made[0] is not made[1]
    assert [one.bytecode_cache for one in made] == [PageExporter.compiled] * 2


class Pieces(Gathered, tornado.web.RequestHandler):
    """A page in many pieces, of which the last waits for something."""

    async def get(self) -> None:
        for number in range(100):
            self.write(f"{number},")
            await self.flush()
        await asyncio.sleep(0.5)
        self.write("end")


async def heard() -> list[tuple[float, bytes]]:
    """Return what comes over the line, and when."""
    sock = process.listen(0)
    server = tornado.httpserver.HTTPServer(tornado.web.Application([("/", Pieces)]))
    sock.setblocking(False)
    server.add_socket(sock)
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection(*sock.getsockname())
    begun, found = loop.time(), []
    writer.write(b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    while part := await reader.read(65536):
        found.append((loop.time() - begun, part))
    writer.close()
    await writer.wait_closed()
    server.stop()
    await server.close_all_connections()
    return found


def test_pieces_go_out_together_and_wait_for_nothing() -> None:
    found = asyncio.run(heard())
    early = b"".join(part for when, part in found if when < 0.4)
    assert b"0,1,2,3," in early
    assert b"98,99," in early, "in one chunk, and before what comes later"
    assert b"end" not in early
    assert b"end" in b"".join(part for _, part in found)
    assert len(found) < 5
