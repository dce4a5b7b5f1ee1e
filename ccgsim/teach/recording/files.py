"""The files of a recorded lesson: the built page, a script of data for the lesson and for each seed, a manifest.

The page may be opened from the disk, where a browser loads scripts of the same folder and nothing else: so data are
scripts, and no script is a module.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.writing import plain
from ccgsim.teach import messages
from ccgsim.teach.config import plain as as_json
from ccgsim.teach.lesson import welcome
from ccgsim.teach.lesson.scenes import Scene
from ccgsim.teach.recording import runs
from ccgsim.teach.recording.lanes import Lanes
from ccgsim.teach.server.session import Session

SEEDS = range(20)
BUILT = Path(__file__).parents[1] / "static"
COPIED = ("index.css", "icon.svg", "OFL.txt", "atkinson-hyperlegible-next-latin-wght-normal.woff2")
TITLE = "Why do good people pull back? The vicious circle in a commissioning network"
DATED = (1980, 1, 1, 0, 0, 0)  # of files in the archive: the same bytes each time
SCRIPT = "app.js"
# What a browser refuses from the disk, and what it takes instead.
FROM_DISK = (
    ('<script type="module" crossorigin src', '<script src="./lesson.js"></script>\n    <script defer src'),
    ('<link rel="stylesheet" crossorigin href', '<link rel="stylesheet" href'),
)


def files(scenes: Sequence[Scene], seeds: Sequence[int]) -> Iterator[tuple[str, bytes]]:
    """Name and contents of each file but the manifest, one after another: a seed takes seconds to minutes."""
    yield from ((name, (BUILT / name).read_bytes()) for name in COPIED)
    yield SCRIPT, plain_script((BUILT / SCRIPT).read_text(encoding="utf-8")).encode("utf-8")
    yield "index.html", page((BUILT / "index.html").read_text(encoding="utf-8")).encode("utf-8")
    yield "lesson.js", f"var ccgsimRecording={_text(lesson(scenes, seeds))};\n".encode()
    for seed in seeds:
        data = base64.b64encode(district(scenes, seed)).decode("ascii")
        yield f"seed-{seed}.js", f'ccgsimRecording.seeds[{seed}]="{data}";\n'.encode("ascii")


def page(built: str) -> str:
    """The built page as it can be opened from the disk."""
    for served, opened in FROM_DISK:
        if served not in built:
            raise ValueError(f"the built page holds no {served}")
        built = built.replace(served, opened)
    return built


def plain_script(module: str) -> str:
    """A module without imports as a script that keeps its names to itself."""
    return f'(() => {{"use strict";{module}\n}})();\n'


def lesson(scenes: Sequence[Scene], seeds: Sequence[int]) -> dict[str, Any]:
    """What holds on every seed: the welcome with the runs that are recorded, and papers that belong to no run."""
    known = {scene.id for scene in scenes}
    greeting = welcome.document("", resumed=False)
    kept = [as_json(config) for seed in seeds for scene in scenes for config in runs.configs(scene, seed)]
    session = Session()
    return {
        "welcome": greeting
        | {"scenes": [each for each in greeting["scenes"] if each["id"] in known], "recorded": kept},
        "answers": {f"export/{what}": runs.paper(session, messages.Export(what)) for what in ("guide", "card")},
        "seeds": {},
    }


def district(scenes: Sequence[Scene], seed: int) -> bytes:
    """All runs of the scenes on a seed, packed."""
    lanes, tables = Lanes(), []
    for scene in scenes:
        for config in runs.configs(scene, seed):
            run = runs.recorded(scene, config)
            tables.append(run.as_table([lanes.add(seen) for seen in run.frames]))
    return lanes.pack.closed({"runs": tables, "lanes": lanes.tables})


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(plain(document), separators=(",", ":"), allow_nan=False)


def manifest(names: Sequence[str]) -> bytes:
    """The manifest by which a learning environment knows the folder: SCORM 1.2, one page that keeps no score."""
    listed = "".join(f'<file href="{escape(name)}"/>' for name in names)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest identifier="ccgsim-lesson" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
        'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">'
        "<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>"
        f'<organizations default="lesson"><organization identifier="lesson"><title>{escape(TITLE)}</title>'
        f'<item identifier="page" identifierref="files"><title>{escape(TITLE)}</title></item>'
        "</organization></organizations>"
        '<resources><resource identifier="files" type="webcontent" adlcp:scormtype="asset" href="index.html">'
        f"{listed}</resource></resources></manifest>\n"
    )
    return text.encode("utf-8")


def archive(contents: Mapping[str, bytes]) -> bytes:
    """The files as a ZIP archive, the manifest at its root, as a learning environment takes it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, data in contents.items():
            packed.writestr(zipfile.ZipInfo(name, DATED), data, zipfile.ZIP_DEFLATED)
    return held.getvalue()
