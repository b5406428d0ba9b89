"""The pages: Voilà, showing our notebooks and nothing else, behind our walls."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Any, ClassVar
from unittest import mock

import tornado.web
import voila.app
from traitlets.config import Config
from voila.request_info_handler import RequestInfoSocketHandler
from voila.static_file_handler import AllowListFileHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from rekindle.journal import is_locked
from rekindle.server import logs, walls
from rekindle.server.calm import CalmPages
from rekindle.server.entrance import Entrance
from rekindle.server.gate import HOSTS, Gate
from rekindle.server.identity import identity_of
from rekindle.server.kernels import OwnKernels, kernel_config
from rekindle.server.lean import EXTENSIONS, make_lean
from rekindle.server.order import DASHBOARD, TEMPLATE, Order
from rekindle.server.pool import pool_class
from rekindle.server.rendering import Gathered, keep_templates
from rekindle.server.tickets import ENTER
from rekindle.server.touches import Voice, touch_route
from rekindle.server.visit import is_first_visit
from rekindle.settings import JOURNAL_NAME, keeps_pages_warm

# Ways to list folders, read files or learn of requests; a wildcard address is ours.
LEFT_OUT = (
    TornadoVoilaTreeHandler,
    VoilaContentsHandler,
    AllowListFileHandler,
    RequestInfoSocketHandler,
    TornadoVoilaHandler,
)
LARGEST_MESSAGE = 64 * 1024 * 1024


class HomeHandler(tornado.web.RequestHandler):
    """The root address: leads to the dashboard, or on the first visit to the first page."""

    def initialize(self, order: Order) -> None:
        """Take the order that says which pages there are."""
        self.order = order

    def get(self) -> None:
        """Lead to the page that the person wants first."""
        name = self.order.first if is_first_visit(self.order.home) else DASHBOARD
        self.redirect(f"/voila/render/{name}.ipynb")


class PageHandler(Gathered, TornadoVoilaHandler):
    """Shows one of our notebooks, with or without `.ipynb` in its address; any other is not there."""

    def initialize(self, **given: Any) -> None:
        """Take the order beside what Voilà gives its handler."""
        self.order: Order = given.pop("order")
        super().initialize(**given)

    async def get(self, path: str = "") -> None:
        """Show the page, then warm the one that is likely to be next."""
        name = path.removesuffix(".ipynb")
        if name not in self.order.pages:
            raise tornado.web.HTTPError(404)
        self.set_cookie("_xsrf", self.xsrf_token, path="/", samesite="Strict")
        tell_lock(self, self.order)
        await self.kernel_manager.comes(f"{name}.ipynb")
        await super().get(f"{name}.ipynb")
        self.kernel_manager.warm(warm_after(name, self.order))


def tell_lock(handler: tornado.web.RequestHandler, order: Order) -> None:
    """Tell the page's frame by a cookie if there is a lock: then it has a button for it, and tells of touches."""
    name = f"rk-lock-{order.port}"
    if is_locked(Path(order.home, JOURNAL_NAME)):
        handler.set_cookie(name, "1", path="/", samesite="Strict")
    else:
        handler.clear_cookie(name, path="/")


def warm_after(name: str, order: Order) -> list[str]:
    """Return the notebooks to keep warm while `name` is open: the dashboard, and the page that follows, if any are."""
    if not keeps_pages_warm():
        return []
    following = order.pages.index(name) + 1
    wanted = [DASHBOARD, *order.pages[following : following + 1]]
    return [f"{page}.ipynb" for page in dict.fromkeys(wanted) if page in order.pages]


class PageSocket(VoilaKernelWebsocketHandler):
    """The socket between a page and its kernel; the pool hears of each sign of life."""

    open_sockets: ClassVar[set[PageSocket]] = set()

    async def open(self, kernel_id: str) -> None:
        """Connect, and note that the page is there."""
        self.open_sockets.add(self)
        self._sight("connect")
        await super().open(kernel_id)

    def on_message(self, ws_message: Any) -> Any:
        """Pass a message on, and note that the page is alive."""
        self._sight("hear")
        return super().on_message(ws_message)

    def on_close(self) -> None:
        """Note that the page is not there any more."""
        self.open_sockets.discard(self)
        self._sight("disconnect")
        if self.connection is not None:
            super().on_close()

    def _sight(self, what: str) -> None:
        sight = self.kernel_manager.sights.get(self.kernel_id)
        if sight is not None:
            getattr(sight, what)(time.monotonic())

    @classmethod
    def close_all_of(cls, kernel_id: str) -> None:
        """Close the sockets of a kernel that died, so that its page knows."""
        for socket in [one for one in cls.open_sockets if one.kernel_id == kernel_id]:
            socket.close()


class Pages(Entrance, voila.app.Voila):
    """Voilà, configured in process and nowhere else."""

    voice: Voice

    def load_config_file(self, *_args: object, **_kwargs: object) -> None:
        """Read nothing: neither the person's own configuration nor the system's."""

    @classmethod
    def for_order(cls, order: Order) -> Pages:
        """Return a server that is set up and does not listen yet."""
        gate = Gate(order.secret, order.port)
        make_lean(order.share / "voila" / "templates" / TEMPLATE)
        keep_templates()
        app: Pages = cls(config=_config(order, gate))
        app.order, app.gate = order, gate
        app.initialize([])
        logs.quiet(app.log)
        return app

    def init_settings(self) -> dict[str, Any]:
        """Return Voilà's settings, with our pool in place of its own."""
        with mock.patch.object(voila.app, "voila_kernel_manager_factory", pool_class):
            settings: dict[str, Any] = super().init_settings()
        settings.update(self.tornado_settings)
        settings["log_function"] = lambda _handler: None
        return settings

    def init_handlers(self) -> list[Any]:
        """Return Voilà's handlers without those that show more than our pages, and with ours."""
        given = [self._ours(spec) for spec in super().init_handlers() if spec[1] not in LEFT_OUT]
        page = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
            "order": self.order,
        }
        return [
            (r"/", HomeHandler, {"order": self.order}),
            (ENTER + r"([\w-]+)", walls.EnterHandler, {"gate": self.gate, "calm": self.calm}),
            touch_route(self.voice, self.calm, self.shut_if_locked),
            (r"/voila/render/([^/]+)", PageHandler, page),
            *given,
        ]

    @staticmethod
    def _ours(spec: tuple[Any, ...]) -> tuple[Any, ...]:
        return (spec[0], PageSocket, *spec[2:]) if spec[1] is VoilaKernelWebsocketHandler else spec

    async def try_out(self, sock: Any) -> None:
        """Begin to serve on a socket that only the supervisor knows of, and to warm the first pages."""
        self.calm = CalmPages(self.order.words)
        self.connection_dir = str(self.order.connections)
        self.app = tornado.web.Application(**self.init_settings())
        walls.build(self.app, self.gate, self.calm, walls.headers(self.order.port))
        self.app.add_handlers(".*$", self.init_handlers())
        self.receive(self.app, sock)
        self.kernel_manager.on_death = PageSocket.close_all_of
        self.kernel_manager.warm(self.first_warm(), after=0)
        self._watch = asyncio.ensure_future(self.kernel_manager.watch())

    def first_warm(self) -> list[str]:
        """Return the notebooks to warm at the start: the dashboard, and on a first visit before it the first page.

        Where none are to wait it is one all the same: the book checks itself by looking at a kernel.
        """
        wanted = [*([self.order.first] if is_first_visit(self.order.home) else []), DASHBOARD]
        warm = [f"{page}.ipynb" for page in wanted if page in self.order.pages]
        return warm if keeps_pages_warm() else warm[:1]

    async def close(self, *, now: bool) -> None:
        """End every kernel."""
        self._watch.cancel()
        with contextlib.suppress(Exception):
            await self.kernel_manager.shutdown_all(now=now)


def _config(order: Order, gate: Gate) -> Config:
    config = kernel_config()
    config.Voila.update(
        ip="127.0.0.1",
        port=order.port,
        root_dir=order.notebooks,
        open_browser=False,
        config_file_paths=[],
        log_level=logs.LEVEL,
        identity_provider_class=identity_of(gate),
        tornado_settings={
            "allow_remote_access": False,
            "local_hostnames": list(HOSTS),
            "headers": walls.headers(order.port),
            "websocket_max_message_size": LARGEST_MESSAGE,
            "serve_traceback": False,
        },
    )
    config.VoilaConfiguration.update(
        template=TEMPLATE,
        allow_template_override="NO",
        allow_theme_override="NO",
        show_tracebacks=False,
        strip_sources=True,
        preheat_kernel=True,
        default_pool_size=0,
        file_allowlist=[],
        extension_allowlist=list(EXTENSIONS),
        extension_denylist=[],
        kernel_spec_manager_class=OwnKernels,
    )
    return config
