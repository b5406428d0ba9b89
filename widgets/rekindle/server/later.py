"""The later imports: modules that a start names and does not use are imported when something of theirs is used.

Most of what Voilà imports is for pages: what renders them, what looks notebooks over, and what its packages gather for
others. At a start such a module waits. What is taken from it by name is a promise, which is kept as soon as it is
called, asked for anything, built upon or compared with. Once the start is over all promises are kept: whoever took one
has the thing itself.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

TEXTS = ("__all__", "__version__")
"""What is asked of a module as it is, and compared: of that there are no promises."""


def wait_for_use(names: Collection[str], gathering: Collection[str] = ()) -> None:
    """Let modules of these names wait, if they are not there yet, until the start is over.

    `gathering` are packages that import all that is in them: they wait on, until something is asked of themselves.
    """
    sys.meta_path.insert(0, _Finder(names, gathering))


def promise_no_more() -> None:
    """Keep all that was promised, and promise nothing more: the start is over."""
    _let_go()
    for module in list(sys.modules.values()):
        for name, one in list(getattr(module, "__dict__", {}).items()):
            if type(one) is Promise:
                setattr(module, name, one._rk_kept())  # noqa: SLF001 (names of ours, not of what it stands for)
            elif type(one) is Waiting:
                setattr(module, name, importlib.import_module(one.__name__))


class Waiting(ModuleType):
    """A module that was named and not imported."""

    def __getattr__(self, name: str) -> Any:
        """Return a module inside it, or else a promise of what it will have, and after the start that itself."""
        if name.startswith("__") and name not in TEXTS:
            raise AttributeError(name)  # Python itself asks such things of anything
        whole = f"{self.__name__}.{name}"
        if PathFinder.find_spec(whole, vars(self).get("__path__", [])):
            return importlib.import_module(whole)
        promise = Promise(self, name)
        promises = name not in TEXTS and any(finder.names for finder in _finders())
        return promise if promises else promise._rk_kept()  # noqa: SLF001 (as above)

    def _rk_real(self) -> ModuleType:
        _let_go()
        return importlib.import_module(self.__name__)


class Gathering(Waiting):
    """A package that waits by itself: what is in it can be imported without it."""

    def _rk_real(self) -> ModuleType:
        loader = self.__spec__.loader if self.__spec__ else None
        assert isinstance(loader, _Loader)  # noqa: S101 (nobody else makes one)
        self.__class__ = ModuleType  # type: ignore[assignment]  # it is one from now on
        try:
            loader.real.exec_module(self)
        except BaseException:
            self.__class__ = Gathering
            raise
        return self


class Promise:
    """Something of a module that waits."""

    def __init__(self, module: Waiting, name: str) -> None:
        self._rk_module, self._rk_name = module, name

    @property  # type: ignore[misc]  # it is an attribute of anything
    def __class__(self) -> type:
        """Pass for a class, where one has to be named: most of what is promised is one."""
        return type

    def _rk_kept(self) -> Any:
        waits = isinstance(self._rk_module, Waiting)
        return getattr(self._rk_module._rk_real() if waits else self._rk_module, self._rk_name)  # noqa: SLF001 (as above)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call what it stands for."""
        return self._rk_kept()(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        """Ask what it stands for; what Python itself asks of anything is no use of it, as long as it waits."""
        if name.startswith("__") and isinstance(sys.modules.get(self._rk_module.__name__), Waiting):
            raise AttributeError(name)
        return getattr(self._rk_kept(), name)

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[Any, ...]:
        """Build upon what it stands for."""
        return (self._rk_kept(),)

    def __instancecheck__(self, one: object) -> bool:
        """Compare a thing with what it stands for."""
        return isinstance(one, self._rk_kept())

    def __subclasscheck__(self, one: type) -> bool:
        """Compare a class with what it stands for."""
        return issubclass(one, self._rk_kept())


class _Finder(MetaPathFinder):
    def __init__(self, names: Collection[str], gathering: Collection[str]) -> None:
        self.names, self._gathering = set(names), frozenset(gathering)

    def find_spec(self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        """Return how Python would load one of ours, but for the running."""
        kind = Gathering if name in self._gathering else Waiting if name in self.names else None
        spec = PathFinder.find_spec(name, path) if kind else None
        if kind and spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, kind)
        return spec


class _Loader(Loader):
    def __init__(self, real: Loader, kind: type[Waiting]) -> None:
        self.real, self._kind = real, kind

    def create_module(self, spec: ModuleSpec) -> Waiting:
        """Return a module that waits."""
        return self._kind(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Run nothing yet."""


def _finders() -> list[_Finder]:
    return [finder for finder in sys.meta_path if isinstance(finder, _Finder)]


def _let_go() -> None:
    """Let no module wait any more but for those that gather others: what is imported next finds the usual order."""
    for finder in _finders():
        finder.names.clear()
    for name in [name for name, one in sys.modules.items() if type(one) is Waiting]:
        del sys.modules[name]
