"""The line between page and server is cut: the page goes on with its run where it stopped."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from ccgsim.teach.config import link
from ccgsim.teach.worlds.run import LessonRun
from teach.browser.line import Line
from teach.browsing import month_of, ready, scrub_to, tab, wait_for_month
from teach.serving import short

pytestmark = pytest.mark.slow
LOST = "text=The line to the server dropped"


def test_the_page_finds_its_run_again_after_the_line_was_cut(browser, home):
    with Line(urlsplit(home).port) as line, tab(browser, line.home, may_report="WebSocket connection to") as page:
        ready(page, line.home + link(short()))
        scrub_to(page, 9)
        run = page.get_attribute("body", "data-run")
        before = page.inner_text(".caption")
        page.evaluate("() => { window.same = true; }")
        line.cut()
        page.wait_for_selector(LOST)
        assert (month_of(page), page.inner_text(".caption")) == (9, before)
        line.mend()
        page.wait_for_selector(LOST, state="detached")
        page.click("#step")
        wait_for_month(page, 10)
        assert page.get_attribute("body", "data-run") == run, "it began anew"
        assert page.evaluate("window.same"), "the page was loaded anew"
        assert month_of(page) == 10


def test_a_run_that_plays_goes_on_after_the_line_was_cut(browser, home):
    with Line(urlsplit(home).port) as line, tab(browser, line.home, may_report="WebSocket connection to") as page:
        ready(page, line.home + link(short(months=60)))
        page.click("#play")
        wait_for_month(page, 5)
        line.cut()
        page.wait_for_selector(LOST)
        reached = month_of(page)
        line.mend()
        wait_for_month(page, 60)
        assert reached < 60
        run = LessonRun(short(months=60))
        while run.month < 60:
            run.step()
        for lane in run.lanes:
            assert f"{round(100 * lane.series['participation'][60])}%" in page.inner_text(".caption")
