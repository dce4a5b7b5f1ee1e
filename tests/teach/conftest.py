"""A real server of the lesson, on a free port of this machine, and a real browser to look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from ccgsim.teach.server.server import STATIC
from teach.browsing import chromium, tab
from teach.serving import Served, served


@pytest.fixture(scope="package")
def server() -> Iterator[Served]:
    """One server for all tests that only need some server."""
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The address of a server with files of its own, which a build under way does not change."""
    files = tmp_path_factory.mktemp("page") / "static"
    shutil.copytree(STATIC, files)
    with served(files) as running:
        yield f"http://{running.host}/"


@pytest.fixture
def page(browser, home):
    with tab(browser, home) as opened:
        yield opened
