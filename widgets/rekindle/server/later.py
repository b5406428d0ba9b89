"""The later imports: modules that a start names and does not use run when something of theirs is used.

Half of what Voilà imports is for pages: what renders them, and what its packages gather for others. At a start such a
module waits. What is taken from it by name is a promise, which is kept as soon as it is called, asked for anything,
built upon or compared with. Once the start is over nothing is promised any more: whatever is taken is there.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


def wait_for_use(*names: str) -> None:
    """Let modules of these names wait, if they are not there yet, until the start is over."""
    sys.meta_path.insert(0, _Finder(names))


def promise_no_more() -> None:
    """Let every module that still waits run as soon as anything is taken from it: the start is over."""
    for finder in sys.meta_path:
        if isinstance(finder, _Finder):
            finder.promises = False


class _Finder(MetaPathFinder):
    def __init__(self, names: Collection[str]) -> None:
        self._names = frozenset(names)
        self.promises = True

    def find_spec(self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how Python would load one of ours, but for the running."""
        spec = PathFinder.find_spec(name, path) if name in self._names else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self)
        return spec


class _Loader(Loader):
    def __init__(self, real: Loader, finder: _Finder) -> None:
        self.real, self.finder = real, finder

    def create_module(self, spec: ModuleSpec) -> Waiting:
        """Return a module that waits."""
        return Waiting(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing yet."""


class Waiting(ModuleType):
    """A module that is there and has not run."""

    def __getattr__(self, name: str) -> Any:
        """Return a module inside it, or else a promise of what it will have, and after the start that itself."""
        if name.startswith("__"):
            raise AttributeError(name)  # Python itself asks such things of anything
        whole = f"{self.__name__}.{name}"
        if PathFinder.find_spec(whole, vars(self).get("__path__", [])):
            return importlib.import_module(whole)
        promise = Promise(self, name)
        return promise if _loader(self).finder.promises else promise._rk_kept()  # noqa: SLF001 (names of ours, not of what it stands for)


class Promise:
    """Something of a module that waits."""

    def __init__(self, module: ModuleType, name: str) -> None:
        self._rk_module, self._rk_name = module, name

    def _rk_kept(self) -> Any:
        _run(self._rk_module)
        return getattr(self._rk_module, self._rk_name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call what it stands for."""
        return self._rk_kept()(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        """Ask what it stands for; what Python itself asks of anything is no use of it, as long as it waits."""
        if name.startswith("__") and isinstance(self._rk_module, Waiting):
            raise AttributeError(name)
        return getattr(self._rk_kept(), name)

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[Any, ...]:
        """Build upon what it stands for."""
        return (self._rk_kept(),)

    def __instancecheck__(self, one: object) -> bool:
        """Compare with what it stands for."""
        return isinstance(one, self._rk_kept())


def _loader(module: Waiting) -> _Loader:
    loader = module.__spec__.loader if module.__spec__ else None
    assert isinstance(loader, _Loader)  # noqa: S101 (nobody else makes one that waits)
    return loader


def _run(module: ModuleType) -> None:
    """Let a module run, if it waits. One that fails waits on, and says so each time."""
    if isinstance(module, Waiting):
        real = _loader(module).real
        module.__class__ = ModuleType  # type: ignore[assignment]  # it is one from now on
        try:
            real.exec_module(module)
        except BaseException:
            module.__class__ = Waiting
            raise
