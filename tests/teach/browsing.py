"""Debian's Chromium without a screen, driven by keys, with an eye on every request."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip
SIZE = {"width": 1280, "height": 720}
SLOW = 60_000  # milliseconds; the machine may be busy
AGAIN_AFTER = 5_000  # milliseconds
FASTEST = "48"
AXE = Path(__file__).parents[2] / "ccgsim/teach/web/node_modules/axe-core/axe.min.js"
INSIDE = ("data:", "blob:")


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser, where there is one."""
    from playwright.sync_api import sync_playwright

    place = shutil.which("chromium")
    if place is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=place, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def tab(browser: Any, home: str, may_report: str = "", **options: Any) -> Iterator[Any]:
    """A tab that may ask `home` and nobody else for anything; faults in the page's own code fail the test.

    `may_report`: what the browser itself may say of calls that are not answered.
    """
    context = browser.new_context(**{"viewport": SIZE, "accept_downloads": True, **options})
    page = context.new_page()
    page.set_default_timeout(SLOW)
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url.replace("ws://", "http://")))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    faults = [fault for fault in faults if not may_report or may_report not in fault]
    assert faults == [], faults
    assert [url for url in asked if not url.startswith((home, *INSIDE))] == [], "something asked another host"


def ready(page: Any, address: str) -> None:
    """Open an address and wait for its first picture."""
    page.goto(address)
    page.wait_for_selector("body[data-ready=true]")


def tab_to(page: Any, selector: str, most: int = 120) -> None:
    """Press Tab until the element of that selector has the focus."""
    for _ in range(most):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {selector} by Tab")


def press_on(page: Any, selector: str, key: str = "Enter") -> None:
    """Go to an element by Tab and press a key on it."""
    tab_to(page, selector)
    page.keyboard.press(key)


def month_of(page: Any) -> int:
    return int(page.get_attribute("body", "data-month"))


def wait_for_month(page: Any, month: int) -> None:
    page.wait_for_function("month => Number(document.body.dataset.month) >= month", arg=month)


def scrub_to(page: Any, month: int) -> None:
    """Move the slider to a month and wait for it; again where a run that was still opening put it back to its start."""
    from playwright.sync_api import TimeoutError as PatienceEnded

    for _ in range(round(SLOW / AGAIN_AFTER)):
        page.fill("#scrub", str(month))
        with suppress(PatienceEnded):
            page.wait_for_function("m => Number(document.body.dataset.month) >= m", arg=month, timeout=AGAIN_AFTER)
            return
    raise AssertionError(f"month {month} did not come")


def scene_of(page: Any) -> str:
    return str(page.get_attribute("body", "data-scene"))


def axe_faults(page: Any, preload: bool = True) -> list[str]:
    """What axe-core finds on the page as it stands; without `preload` it loads no style sheets: none may from disk."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("preload => axe.run(document, { preload, resultTypes: ['violations'] })", preload)
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
