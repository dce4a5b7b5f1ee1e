"""Pages that are followed while the site is built: their blocks are done in order, and what they print is shown.

A tutorial has blocks of four kinds, which any reader of Markdown sees as code:

    ```{shell}              commands, as one types them; those of ccgsim are run
    ```{python}             a Python script, run
    ```{file} my.toml       a file, written under that name
    ```{picture} a/b.png    a picture that a command left; the block has the words for those who cannot see it

Each page has a folder of its own, which is empty when the page begins. A block that fails ends the build, so a tutorial
shows what its commands print today, or nothing.
"""

from __future__ import annotations

import base64
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

BLOCK = re.compile(r"^```\{(shell|python|file|picture)\} ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WIDTH = 110
KINDS_OF_PICTURES = {".png": "image/png", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Block:
    """One block of a page: its kind, what stands beside the kind, its text."""

    kind: str
    beside: str
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page, in order."""
    for kind, beside, text in BLOCK.findall(page):
        yield Block(kind, beside.strip(), text)


def commands(text: str) -> list[list[str]]:
    """The words of each command of ccgsim in a block, without comments; a backslash continues a line."""
    lines = text.replace("\\\n", " ").splitlines()
    typed = (shlex.split(line, comments=True) for line in lines)
    return [words[1:] for words in typed if words[:1] == ["ccgsim"]]


def done(block: Block, folder: Path) -> str:
    """Do what a block says in this folder; returns what it prints. RuntimeError where it fails."""
    if block.kind == "file":
        (folder / block.beside).write_text(block.text, encoding="utf-8")
        return ""
    if block.kind == "picture":
        return pictured(folder / block.beside, block.text)
    if block.kind == "python":
        return told(["-c", block.text], folder)
    return "".join(told(["-m", "ccgsim", *words], folder) for words in commands(block.text))


def told(arguments: list[str], folder: Path) -> str:
    """What Python prints on standard output when it is called so in this folder; RuntimeError where it fails."""
    plain = os.environ | {"COLUMNS": str(WIDTH), "NO_COLOR": "1", "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=plain, capture_output=True, text=True, encoding="utf-8"
    )
    if run.returncode:
        raise RuntimeError(f"{' '.join(arguments)}\nended with {run.returncode}:\n{run.stdout}{run.stderr}")
    return run.stdout


def pictured(path: Path, words: str) -> str:
    """A picture as HTML that needs no other file."""
    kind = KINDS_OF_PICTURES[path.suffix]
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f'<img class="made" alt="{escape(" ".join(words.split()))}" src="data:{kind};base64,{data}">'
