"""Nothing is installed below the version in which a known hole was closed."""

from __future__ import annotations

import importlib.metadata

import pytest
from packaging.version import Version

from rekindle.server.doctor import FLOORS, OPTIONAL


@pytest.mark.parametrize("name", FLOORS)
def test_no_library_is_below_its_floor(name: str) -> None:
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        assert name in OPTIONAL
        return
    assert Version(version) >= Version(FLOORS[name])
