"""A real server of the lesson, on a free port of this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from teach.serving import Served, served


@pytest.fixture(scope="package")
def server() -> Iterator[Served]:
    """One server for all tests that only need some server."""
    with served() as running:
        yield running
