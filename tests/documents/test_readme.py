"""The README can be followed: its commands are the agreed ones, its ways in lead somewhere, it fits one screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from teach.browsing import chromium

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (
    "python3 -m pip install uv && python3 -m uv run ccgsim run site_a",
    "python3 -m pip install uv && python3 -m uv run --group dev pytest",
)
SCREEN = {"width": 1280, "height": 800}
AS_SHOWN = """<base href="{root}/"><style>
body {{ font: 16px/1.5 sans-serif; width: 1012px; margin: 0 auto }} h1 {{ margin: 0; border-bottom: 1px solid }}
p, pre, table {{ margin: 0 0 12px }} pre {{ padding: 12px; font-size: 85%; line-height: 1.45 }}
td, th {{ padding: 6px 13px; border: 1px solid }} table {{ border-collapse: collapse }}
</style>{body}"""


def test_the_two_commands_stand_as_agreed():
    lines = [line.split("#")[0].strip() for line in README.splitlines()]
    assert all(command in lines for command in COMMANDS)


def test_the_first_line_that_runs_a_site_is_the_command():
    """`.ci/run` takes it from there."""
    line = next(line for line in README.splitlines() if "ccgsim run site_a" in line)
    assert re.sub(r" *#.*", "", line) == COMMANDS[0]


def test_there_are_three_ways_in_each_with_a_page():
    rows = [line for line in README.splitlines() if line.startswith("| a")]
    assert len(rows) == 3
    assert all("`" in row and re.search(r"\]\(docs/\S+\.md\)", row) for row in rows)


def test_every_picture_is_there():
    pictures = re.findall(r'src="([^"]+)"', README)
    assert len(pictures) == 3
    assert all((ROOT / picture).exists() for picture in pictures)


@pytest.mark.slow
def test_it_fits_one_screen(tmp_path):
    """As a page of code shows it: 16 pixels a letter, no wider than 1012 pixels."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": True}).enable("table").render(README)
    file = tmp_path / "readme.html"
    file.write_text(AS_SHOWN.format(root=ROOT.as_uri(), body=body), encoding="utf-8")
    with chromium() as browser:
        page = browser.new_page(viewport=SCREEN)
        page.goto(file.as_uri())
        page.wait_for_function("[...document.images].every(each => each.complete && each.naturalWidth)")
        assert page.evaluate("document.documentElement.scrollHeight") <= SCREEN["height"]
