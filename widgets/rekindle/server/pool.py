"""The pool: which pages are warm, which kernel belongs to which visit, and which are ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

from voila.request_info_handler import RequestInfoSocketHandler
from voila.voila_kernel_manager import voila_kernel_manager_factory

from rekindle.server.culling import Sight, is_gone
from rekindle.server.kernels import NAME

LOOK_EVERY = 2.0
REFILL_AFTER = 2.0
"""Seconds that a page has for itself before the next ones are made ready: on two cores they are in its way."""
LONGEST = 30.0
LINE = re.compile(r'"metadata": \{"rekindle": \{"line": "(\w+)"\}\}')
PLACE = "<!-- rekindle: line -->"
NONE: dict[str, dict[str, int]] = {"default": {"pool_size": 0}}


class Watched:
    """Warm kernels for a few pages, and an eye on the pages whose kernels were handed out.

    It goes in front of Voilà's manager of warm kernels, which is made anew for each server.
    """

    _pools: dict[str, list[asyncio.Task[Any]]]
    kernel_pools_config: dict[str, dict[str, int]]

    def __init__(self, **kwargs: Any) -> None:
        self.sights: dict[str, Sight] = {}
        self.on_death: Callable[[str], None] = lambda _kernel_id: None
        self._endings: set[asyncio.Task[None]] = set()
        self._next: asyncio.TimerHandle | None = None
        self.furnished = asyncio.Event()
        self._is_over = False
        super().__init__(**kwargs)

    async def start_kernel(self, *args: Any, **kwargs: Any) -> str:
        """Start a kernel for a visit that found no warm one. Voilà starts warm ones by another way."""
        kernel_id: str = await self._upstream.start_kernel(*args, **kwargs)
        self.sights[kernel_id] = Sight(time.monotonic())
        return kernel_id

    async def _initialize(self, notebook_name: str, kernel_id: str | None = None, **kwargs: Any) -> Any:
        """Start a warm page's kernel first, and render the page when it can be: Voilà does it the other way round."""
        started: str = kernel_id or await self._upstream.start_kernel(kernel_name=NAME, **kwargs)
        try:
            await self.furnished.wait()
            if self._is_over:
                raise asyncio.InvalidStateError
            return await self._upstream._initialize(notebook_name, started, **kwargs)  # noqa: SLF001 (its own step)
        except BaseException:
            if kernel_id is None:
                await self._end(started)
            raise

    def give_up(self) -> None:
        """Let no page wait any more for what would render it."""
        self._is_over = True
        self.furnished.set()

    async def get_rendered_notebook(self, *args: Any, **kwargs: Any) -> Any:
        """Hand out a warm kernel, and from now on watch its page."""
        task, pieces, kernel_id = await self._upstream.get_rendered_notebook(*args, **kwargs)
        self.sights[kernel_id] = Sight(time.monotonic())
        return task, named(pieces, kernel_id), kernel_id

    def get_pool_size(self, notebook_name: str) -> int:
        """Return how many warm kernels a page has; those that failed or died meanwhile are taken out first.

        Voilà asks before each visit whether there is one.
        """
        pool = self._pools.get(notebook_name, [])
        pool[:] = [item for item in pool if not self._is_spoiled(item)]
        return len(pool)

    async def comes(self, notebook_name: str) -> None:
        """Wait for a kernel that is on its way to a page: Voilà would start another beside it, which takes longer."""
        if on_their_way := [item for item in self._pools.get(notebook_name, []) if not item.done()]:
            await asyncio.wait(on_their_way)

    def warm(self, notebooks: Collection[str], after: float = REFILL_AFTER) -> None:
        """Keep one kernel warm for each of these from so many seconds on, and end those that wait for other pages.

        Until then nothing waits: a page that is opened sooner begins at once. One call takes the place of another.
        """
        for name in set(self._pools) - set(notebooks):
            for item in self._pools.pop(name):
                self._end_soon(item)
        if self._next is not None:
            self._next.cancel()
        self._next = asyncio.get_running_loop().call_later(after, self._fill, tuple(notebooks))

    def _fill(self, notebooks: Collection[str]) -> None:
        for name in notebooks:
            if not self.get_pool_size(name):
                self.kernel_pools_config = {**NONE, name: {"pool_size": 1}}
                self._upstream.fill_if_needed(delay=0, notebook_name=name)
        self.kernel_pools_config = NONE  # Voilà would replace a kernel by itself, and have a page wait for it

    async def watch(self) -> None:
        """End the kernels of pages that are gone, and let go of those that died, for ever."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look(time.monotonic())

    async def look(self, now: float) -> None:
        """Look at every page once."""
        for kernel_id, sight in list(self.sights.items()):
            kernel = self._find(kernel_id)
            if kernel is None:
                self._forget(kernel_id)
            elif has_ended(kernel):
                self.on_death(kernel_id)
                await self._end(kernel_id)
            elif is_gone(sight, now):
                await self._end(kernel_id)

    async def shutdown_kernel(self, kernel_id: str, *args: Any, **kwargs: Any) -> Any:
        """End one kernel, and forget what was seen of its page."""
        self._forget(kernel_id)
        return await self._upstream.shutdown_kernel(kernel_id, *args, **kwargs)

    async def end_waiting(self) -> None:
        """End the kernels of pages that nobody opened, at once: none of them holds a word that is not yet saved.

        Asked to end by themselves, they take a second for it, and whoever ends the server waits that long.
        """
        waiting = [kernel_id for kernel_id in self._upstream.list_kernel_ids() if kernel_id not in self.sights]
        endings = [self._upstream.shutdown_kernel(kernel_id, now=True) for kernel_id in waiting]
        await asyncio.gather(*endings, return_exceptions=True)  # one may end by itself meanwhile

    @property
    def _upstream(self) -> Any:
        return super()

    def _find(self, kernel_id: str) -> Any:
        """Return Jupyter's manager of one kernel, or nothing."""
        with contextlib.suppress(Exception):  # Jupyter raises an HTTP error, or a KeyError
            return self._upstream.get_kernel(kernel_id)
        return None

    def _is_spoiled(self, item: asyncio.Task[Any]) -> bool:
        if not item.done():
            return False
        if item.cancelled() or item.exception() is not None:
            return True
        kernel = self._find(item.result()["kernel_id"])
        return kernel is None or has_ended(kernel)

    def _end_soon(self, item: asyncio.Task[Any]) -> None:
        ending = asyncio.ensure_future(self._end_waiting(item))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def _end_waiting(self, item: asyncio.Task[Any]) -> None:
        """End a kernel that waits for a page nobody is likely to open now, once it has run the cell that it is at.

        Ended before, it would be told of in the log as a kernel that died.
        """
        with contextlib.suppress(Exception):  # it never came to be
            waiting = await item
            waiting["renderer"].stop_generator = True
            await asyncio.wait({waiting["task"]}, timeout=LONGEST)
            await self._end(waiting["kernel_id"])

    async def _end(self, kernel_id: str) -> None:
        with contextlib.suppress(Exception):  # it may end by itself meanwhile
            await self.shutdown_kernel(kernel_id)
        self._forget(kernel_id)

    def _forget(self, kernel_id: str) -> None:
        self.sights.pop(kernel_id, None)
        # Voilà keeps a note of each visit for pages that ask for it; ours never do.
        RequestInfoSocketHandler._cache.pop(kernel_id, None)  # noqa: SLF001 (it has no other way)


def pool_class(
    base: type[Any], preheat: bool, size: int, page_config_hook: Callable[..., Any] | None = None
) -> type[Any]:
    """Return Voilà's manager of warm kernels behind our rules. Same arguments as Voilà's own factory."""
    upstream: type[Any] = voila_kernel_manager_factory(base, preheat, size, page_config_hook=page_config_hook)

    class Pool(Watched, upstream):
        """The manager that Voilà uses."""

    return Pool


def named(pieces: Sequence[str], kernel_id: str) -> list[str]:
    """Return the pieces of a page so that its head knows its kernel, if the page already knows its line to it.

    The browser then opens that line before it has read the page.
    """
    line = next((found[1] for piece in pieces if (found := LINE.search(piece))), None)
    if line is None:
        return list(pieces)
    call = f"<script>rekindleLean.call({json.dumps(kernel_id)}, {json.dumps(line)});</script>"
    return [piece.replace(PLACE, call) for piece in pieces]


def has_ended(kernel: Any) -> bool:
    """Tell whether a kernel's process has ended, without waiting for anything."""
    process = getattr(getattr(kernel, "provisioner", None), "process", None)
    return process is not None and process.poll() is not None
