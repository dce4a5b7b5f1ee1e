"""Section `teach`: how soon the lesson is there, and how fast a headless Chromium shows two worlds of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter, sleep
from typing import Any
from urllib.request import urlopen

from benchmarks.timing import Cell, Table

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip
SIZES = (("2 x 206 people", 140, 20.0), ("2 x 377 people", 300, 10.0))  # practices; months a second wanted
FASTEST = "48"  # of the page's speeds
PAGE, FIRST_PICTURE = 2.0, 3.0  # seconds wanted, with compiled rules


def page_after_command() -> float:
    """Seconds from the command to the first bytes of its page."""
    began = perf_counter()
    with server() as address, urlopen(address) as page:
        page.read(1)
        return perf_counter() - began


@contextmanager
def server() -> Iterator[str]:
    """The address of `ccgsim teach`, running as a user runs it."""
    command = [sys.executable, "-m", "ccgsim", "teach", "--no-browser", "--port", "0"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stderr is not None
        yield next(found.group() for line in running.stderr if (found := re.search(r"http://\S+", line)))
    finally:
        running.terminate()
        running.wait(20)


def link_for(practices: int) -> str:
    """The deep link of two worlds of that many practices, 240 months."""
    from ccgsim.teach.config import Config, WorldConfig, link

    calm = "vicious_circle_no_shock"
    pressed = {"site.practices": practices, "stepping_in.inherited": 0.3}
    worlds = (WorldConfig(calm, {"site.practices": practices}), WorldConfig(calm, pressed))
    return link(Config(scene="sandbox", seed=1, months=240, worlds=worlds))


def shown(browser: Any, address: str, practices: int, seconds: float) -> tuple[float, float]:
    """Seconds to the first picture; months shown a second, the median over seconds."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    began = perf_counter()
    page.goto(address + link_for(practices))
    page.wait_for_selector("body[data-ready=true]")
    first = perf_counter() - began
    page.select_option("#speed", FASTEST)
    page.click("#play")
    rates = []
    for _ in range(round(seconds)):
        sleep(1.0)
        rates.append(float(page.get_attribute("body", "data-fps") or 0))
    page.close()
    return first, median(rates[1:])


def section(quick: bool) -> Table:
    """Seconds to the page and to the first picture, months shown a second, for two sizes."""
    from playwright.sync_api import sync_playwright

    rows: list[tuple[Cell, ...]] = [("the page, after the command", page_after_command(), PAGE, None, None)]
    place = shutil.which("chromium")
    if place is None:
        return Table("The lesson in a browser", ("what",), [("no chromium on this machine",)])
    with server() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=place, args=list(FLAGS))
        for name, practices, wanted in SIZES:
            first, rate = shown(browser, address, practices, 4 if quick else 10)
            rows.append((name, first, FIRST_PICTURE, rate, wanted))
        browser.close()
    columns = ("what", "there after, s", "wanted", "months shown a second", "wanted at least")
    return Table("The lesson in a browser", columns, rows, [f"Speed {FASTEST} asked for; median over seconds."])
