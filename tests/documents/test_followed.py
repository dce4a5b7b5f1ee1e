"""Tutorials are followed block by block: what they type is done, what it prints is shown, and a failure is told."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from ccgsim.scenario.contrasts import contrasts
from ccgsim.scenario.scenario import load
from docs.followed import Block, blocks, commands, done

DOCS = Path(__file__).parents[2] / "docs"
TUTORIALS = sorted((DOCS / "tutorials").glob("*.md"))
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))
PAGE = """
```{file} my.toml
schema = 1
```

```{shell}
ccgsim run my.toml \\
  --months 3    # short
```

```{picture} out/a.png
Two
lines.
```
"""


def test_the_blocks_of_a_page_are_read_in_order():
    assert list(blocks(PAGE)) == [
        Block("file", "my.toml", "schema = 1\n"),
        Block("shell", "", "ccgsim run my.toml \\\n  --months 3    # short\n"),
        Block("picture", "out/a.png", "Two\nlines.\n"),
    ]


def test_commands_are_read_without_comments_and_others_are_left_to_the_reader():
    text = "ccgsim run 'my own.toml' \\\n  --months 3    # short\npython3 -m pip install ccgsim\n\nccgsim warm\n"
    assert commands(text) == [["run", "my own.toml", "--months", "3"], ["warm"]]


def test_a_file_is_written_a_script_runs_beside_it_and_a_command_prints(tmp_path):
    assert done(Block("file", "a.txt", "seven\n"), tmp_path) == ""
    assert done(Block("python", "", "print(open('a.txt').read().strip())\n"), tmp_path) == "seven\n"
    assert "stability" in done(Block("shell", "", "ccgsim measures stability\n"), tmp_path)


def test_a_picture_holds_its_data_and_its_words(tmp_path):
    (tmp_path / "a.svg").write_bytes(b"<svg/>")
    html = done(Block("picture", "a.svg", 'Two\n"lines".\n'), tmp_path)
    assert 'alt="Two &quot;lines&quot;."' in html
    assert f"data:image/svg+xml;base64,{base64.b64encode(b'<svg/>').decode()}" in html


def test_a_command_that_fails_is_told_with_what_it_said(tmp_path):
    with pytest.raises(RuntimeError, match=r"run no_such_place\nended with 3:\n(.|\n)*no_such_place"):
        done(Block("shell", "", "ccgsim run no_such_place\n"), tmp_path)


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda path: path.stem)
def test_a_tutorial_runs_something_and_shows_no_output_of_another_day(page):
    text = page.read_text(encoding="utf-8")
    assert [block for block in blocks(text) if block.kind == "shell"]
    assert text.count("```{") == len(list(blocks(text)))
    assert text.count("\n```sh\n") <= 1  # an installation, which the build does not repeat


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_small_and_kept_without_output(notebook):
    assert notebook.stat().st_size < 10_000
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        assert cell["cell_type"] == "markdown" or (cell["outputs"], cell["execution_count"]) == ([], None)


def test_the_what_if_differs_from_its_base_in_what_the_page_says(tmp_path):
    what_if = list(blocks((DOCS / "tutorials" / "what_if.md").read_text(encoding="utf-8")))
    done(next(block for block in what_if if block.kind == "file"), tmp_path)
    world = load(tmp_path / "my.toml")
    assert [(event.month, event.act) for event in world.events] == [(30, "broker_exit"), (36, "set")]
    assert [each.kind for each in contrasts(load("site_b"), world, 140)] == ["based_on", "event", "event"]


def test_the_scenarios_compared_to_separate_causes_differ_in_one_thing():
    text = (DOCS / "tutorials" / "what_if.md").read_text(encoding="utf-8").split("## Separate two causes")[1]
    _, one, other, *_ = next(words for block in blocks(text) for words in commands(block.text))
    assert len([each for each in contrasts(load(one), load(other), 140) if each.kind != "based_on"]) == 1


def test_there_are_tutorials_and_notebooks():
    assert (len(TUTORIALS), len(NOTEBOOKS)) == (5, 3)
