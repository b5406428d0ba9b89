"""The floor: plain HTML with 46 controls that the server fills from SQLite, and one plotly line; there is no kernel."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

NAME = "floor"
PATH = "/"
BEFORE = ""
READY = (
    "document.querySelectorAll('textarea, input, select').length >= 46 && document.querySelector('.scatterlayer path')"
)
ROOT = Path(__file__).parents[2]
PLOTLY = ROOT / "widgets" / "rekindle" / "frontend" / "charts_extension" / "static" / "plotly-basic.min.js"
KINDS = ("textarea",) * 8 + ("range",) * 4 + ("select",) * 3 + ("date",) + ("text",) * 30


def control(kind: str, name: str, value: str) -> str:
    if kind == "textarea":
        return f"<p><label>{name}<br><textarea name={name}>{value}</textarea></label></p>"
    if kind == "select":
        chosen = "".join(f"<option{' selected' if one == value else ''}>{one}" for one in ("", "a", "b", "c"))
        return f"<p><label>{name} <select name={name}>{chosen}</select></label></p>"
    return f'<p><label>{name} <input type={kind} name={name} value="{value}"></label></p>'


def page(values: dict[str, str]) -> str:
    controls = "".join(control(kind, f"f{at}", values.get(f"f{at}", "")) for at, kind in enumerate(KINDS))
    line = json.dumps([(day * 3) % 11 for day in range(365)])
    return f"""<!DOCTYPE html><meta charset=utf-8><title>Floor</title>{controls}<div id=chart></div>
<script src=/plotly.js></script><script>
Plotly.newPlot("chart", [{{ y: {line}, mode: "lines" }}], {{ height: 320 }}, {{ staticPlot: true }});
addEventListener("change", (event) => fetch("/save", {{ method: "POST", body: JSON.stringify([event.target.name,
  event.target.value]) }}));
</script>"""


def build(home: Path) -> Any:
    from starlette.applications import Starlette
    from starlette.responses import FileResponse, HTMLResponse, Response
    from starlette.routing import Route

    connection = sqlite3.connect(home / "floor.sqlite", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("CREATE TABLE answer (name TEXT PRIMARY KEY, value TEXT) STRICT")

    async def show(_request: Any) -> HTMLResponse:
        return HTMLResponse(page(dict(connection.execute("SELECT name, value FROM answer"))))

    async def save(request: Any) -> Response:
        connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", await request.json())
        return Response(status_code=204)

    async def plotly(_request: Any) -> FileResponse:
        return FileResponse(PLOTLY)

    return Starlette(routes=[Route("/", show), Route("/save", save, methods=["POST"]), Route("/plotly.js", plotly)])


def main(port: str, home: Path) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, *args: Any, **more: Any) -> None:
            await super().startup(*args, **more)
            print(f"open http://127.0.0.1:{port}/", flush=True)

    Server(uvicorn.Config(build(home), host="127.0.0.1", port=int(port), log_level="critical")).run()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
