"""The pages: Voilà, showing our notebooks and nothing else, behind our walls."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import tornado.web
import voila.app
import voila.paths
from jupyter_core.paths import jupyter_path
from traitlets.config import Config
from voila.configuration import VoilaConfiguration
from voila.request_info_handler import RequestInfoSocketHandler
from voila.static_file_handler import AllowListFileHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from rekindle.server import logs, walls
from rekindle.server.calm import CalmPages
from rekindle.server.entrance import Entrance
from rekindle.server.gate import HOSTS, Gate
from rekindle.server.identity import identity_of
from rekindle.server.kernels import OwnKernels, kernel_config
from rekindle.server.later import promise_no_more
from rekindle.server.lean import EXTENSIONS, make_lean
from rekindle.server.order import DASHBOARD, TEMPLATE, Order
from rekindle.server.page_socket import PageSocket
from rekindle.server.pool import pool_class
from rekindle.server.rendering import Gathered
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
        """Take the order beside what Voilà gives its handler, and what has pages furnished."""
        self.order: Order = given.pop("order")
        self.furnish: Callable[[], None] = given.pop("furnish")
        super().initialize(**given)

    async def get(self, path: str = "") -> None:
        """Show the page, then warm the one that is likely to be next."""
        name = path.removesuffix(".ipynb")
        if name not in self.order.pages:
            raise tornado.web.HTTPError(404)
        self.set_cookie("_xsrf", self.xsrf_token, path="/", samesite="Strict")
        tell_lock(self, self.order)
        self.furnish()
        await self.kernel_manager.comes(f"{name}.ipynb")
        await super().get(f"{name}.ipynb")
        self.kernel_manager.warm(warm_after(name, self.order))


def tell_lock(handler: tornado.web.RequestHandler, order: Order) -> None:
    """Tell the page's frame by a cookie if there is a lock: then it has a button for it, and tells of touches."""
    from rekindle.journal import is_locked  # a start does without it

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


class Pages(Entrance, voila.app.Voila):
    """Voilà, configured in process and nowhere else."""

    voice: Voice
    classes: ClassVar = [VoilaConfiguration]  # Voilà's own list also names what renders pages
    is_furnished = False

    def load_config_file(self, *_args: object, **_kwargs: object) -> None:
        """Read nothing: neither the person's own configuration nor the system's."""

    @classmethod
    def for_order(cls, order: Order) -> Pages:
        """Return a server that is set up and does not listen yet."""
        vars(voila.paths)["_default_root_dirs"] = jupyter_path  # else nbconvert is imported, to see if it is a checkout
        gate = Gate(order.secret, order.port)
        app: Pages = cls(config=_config(order, gate))
        app.order, app.gate = order, gate
        app.initialize([])
        logs.quiet(app.log)
        return app

    def init_settings(self) -> dict[str, Any]:
        """Return Voilà's settings, with our pool in place of its own."""
        theirs = vars(voila.app)  # `unittest.mock` would do it, and is a third of our own imports
        factory = theirs["voila_kernel_manager_factory"]
        theirs["voila_kernel_manager_factory"] = pool_class
        try:
            settings: dict[str, Any] = super().init_settings()
        finally:
            theirs["voila_kernel_manager_factory"] = factory
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
            "furnish": self.furnish,
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
        """Begin to serve on a socket that only the supervisor knows of, and start the first kernel."""
        self.calm = CalmPages(self.order.words)
        self.connection_dir = str(self.order.connections)
        self.app = tornado.web.Application(**self.init_settings())
        walls.build(self.app, self.gate, self.calm, walls.headers(self.order.port))
        self.app.add_handlers(".*$", self.init_handlers())
        self.receive(self.app, sock)
        self.kernel_manager.on_death = PageSocket.close_all_of
        self.kernel_manager.warm(self.likely(), after=0)
        self._watch = asyncio.ensure_future(self.kernel_manager.watch())

    def likely(self) -> list[str]:
        """Return the notebook that is likely to be the first, as far as one can tell without opening the journal."""
        likely = DASHBOARD if Path(self.order.home, JOURNAL_NAME).exists() else self.order.first
        return [f"{page}.ipynb" for page in self.order.pages if page == likely]

    def furnish(self) -> None:
        """Make what pages need and a start does not: what renders them, the lean page, and the first warm ones.

        It takes a moment in which nobody is answered, while the first kernel is on its way. A page that is asked for
        sooner has it done first.
        """
        if self.is_furnished:
            return
        promise_no_more()
        from rekindle.server.exporter import keep_templates  # it imports what renders pages

        keep_templates()
        make_lean(self.order.share / "voila" / "templates" / TEMPLATE)
        self.is_furnished = True
        self.kernel_manager.furnished.set()
        self.kernel_manager.warm(self.first_warm(), after=0)

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
        self.kernel_manager.give_up()
        with contextlib.suppress(Exception):
            await self.kernel_manager.end_waiting()
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
