"""Pictures of the lesson and of a report for the README: `python -m docs.pictures`, with group `dev` and Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docs.followed import told
from docs.tables import DOCS

SIZE = {"width": 1280, "height": 800}
WAIT = 300_000  # milliseconds: the first lesson compiles the rules
QUESTION = ["policy_uncertainty", "dialogue", "--months", "60", "--replicates", "10", "--out", "answer"]


@contextmanager
def lesson() -> Iterator[str]:
    """The address of a lesson, which ends with the block."""
    words = [sys.executable, "-m", "ccgsim", "teach", "--no-browser", "--port", "0"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        try:
            lines = running.stdout or []
            yield next(found[0] for line in lines if (found := re.search(r"http://[\d.]+:\d+\S*", line)))
        finally:
            running.terminate()


def picture(browser: Any, address: str, name: str, ready: str) -> None:
    """The first screen of an address, once there is something of this selector."""
    page = browser.new_page(viewport=SIZE)
    page.set_default_timeout(WAIT)
    page.goto(address)
    page.wait_for_selector(ready)
    page.screenshot(path=str(DOCS / "figures" / name))


def main() -> None:
    """Take both pictures."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, lesson() as address, sync_playwright() as play:
        told(["-m", "ccgsim", "compare", *QUESTION], Path(folder))
        told(["-m", "ccgsim", "report", "answer"], Path(folder))
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        picture(browser, address, "lesson.png", "body[data-ready=true]")
        picture(browser, (Path(folder) / "answer" / "report.html").as_uri(), "report.png", "body")


if __name__ == "__main__":
    main()
