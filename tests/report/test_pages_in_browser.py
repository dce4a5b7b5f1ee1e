"""Reports in a real browser: without a fault that axe finds, without a request, without scrolling sideways."""

from __future__ import annotations

import pytest
from teach.browsing import AXE, axe_faults, chromium, tab

from ccgsim.report.pages.formats.html import html_bytes
from ccgsim.report.pages.kinds import page_of

from . import kept_folders as folders

needs_axe = pytest.mark.skipif(not AXE.is_file(), reason="axe-core is installed by npm ci in ccgsim/teach/web")
WIDTHS = (1280, 390)

pytestmark = pytest.mark.slow  # a browser, and a folder of every kind of results


@pytest.fixture(scope="module")
def browser():
    with chromium() as found:
        yield found


@pytest.fixture(scope="module", params=folders.MAKERS)
def file(request, tmp_path_factory):
    """The report on a folder of each kind, on the disk."""
    place = folders.MAKERS[request.param](tmp_path_factory.mktemp("kept") / request.param)
    written = place / "report.html"
    written.write_bytes(html_bytes(page_of(place)[1]))
    return written


@needs_axe
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_fault_in_a_report(browser, file, width):
    with tab(browser, file.as_uri(), viewport={"width": width, "height": 900}) as page:
        page.goto(file.as_uri())
        assert axe_faults(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_report_is_never_wider_than_the_screen(browser, file, width):
    with tab(browser, file.as_uri(), viewport={"width": width, "height": 900}) as page:
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
