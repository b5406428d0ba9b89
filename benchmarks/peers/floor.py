"""The floor: plain HTML with 46 controls that the server fills from SQLite, and one plotly line; there is no kernel."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.reflection import ANSWERS, LINE, OPTIONS, ROOT, answers, open_store, save

NAME = "floor"
PATH = "/"
BEFORE = ""
READY = "benchWhole()"
PLOTLY = ROOT / "widgets" / "rekindle" / "frontend" / "charts_extension" / "static" / "plotly-basic.min.js"
KINDS = {"question": "textarea", "scale": "range", "choice": "select", "day": "date", "row": "text"}


def control(kind: str, name: str, value: str) -> str:
    if kind == "textarea":
        return f"<p><label>{name}<br><textarea name={name}>{value}</textarea></label></p>"
    if kind == "select":
        chosen = "".join(f"<option{' selected' if one == value else ''}>{one}" for one in OPTIONS)
        return f"<p><label>{name} <select name={name}>{chosen}</select></label></p>"
    ends = " min=0 max=10" if kind == "range" else ""
    return f'<p><label>{name} <input type={kind}{ends} name={name} value="{value}"></label></p>'


def page(values: dict[str, str]) -> str:
    controls = "".join(control(KINDS[key.rstrip("0123456789")], key, values[key]) for key in ANSWERS)
    return f"""<!DOCTYPE html><meta charset=utf-8><title>Floor</title>{controls}<div id=chart></div>
<script src=/plotly.js></script><script>
Plotly.newPlot("chart", [{{ y: {json.dumps(LINE)}, mode: "lines" }}], {{ height: 320 }}, {{ staticPlot: true }});
addEventListener("change", (event) => fetch("/save", {{ method: "POST", body: JSON.stringify([event.target.name,
  event.target.value]) }}));
</script>"""


def build(home: Path) -> Any:
    from starlette.applications import Starlette
    from starlette.responses import FileResponse, HTMLResponse, Response
    from starlette.routing import Route

    connection = open_store(home)

    async def show(_request: Any) -> HTMLResponse:
        return HTMLResponse(page(answers(connection)))

    async def keep(request: Any) -> Response:
        save(connection, *await request.json())
        return Response(status_code=204)

    async def plotly(_request: Any) -> FileResponse:
        return FileResponse(PLOTLY)

    return Starlette(routes=[Route("/", show), Route("/save", keep, methods=["POST"]), Route("/plotly.js", plotly)])


def main(port: str, home: Path) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, *args: Any, **more: Any) -> None:
            await super().startup(*args, **more)
            print(f"open http://127.0.0.1:{port}/", flush=True)

    Server(uvicorn.Config(build(home), host="127.0.0.1", port=int(port), log_level="critical")).run()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
