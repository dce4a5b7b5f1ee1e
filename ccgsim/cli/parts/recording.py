"""`teach --static`: the lesson as a folder of files, and as an archive of them; both complete or not there at all."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ccgsim.cli.options.worlds import Teach
from ccgsim.cli.parts.streams import say
from ccgsim.foundation.problems import Problem, Problems, fault_at, shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccgsim.teach.lesson.scenes import Scene

OPTION = "--static"
SERVING = {"port": "--port", "host": "--host", "class_": "--class", "no_browser": "--no-browser"}
MANIFEST = "imsmanifest.xml"


def write(asked: Teach, folder: Path) -> None:
    """Record the lesson into a new or empty folder, and pack it beside; raises Problems before anything is computed."""
    faults = [*_serving(asked), *_taken(folder)]
    if faults:
        raise Problems(faults)
    with _new(folder) as (part, packed):
        from ccgsim.cli.parts.worlds import compile_rules  # brings the whole model: faults must not wait for it
        from ccgsim.teach.recording import files, runs

        compile_rules(asked.talks)
        fill(part, packed, runs.scenes(), files.SEEDS, asked.talks)
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    say([f"Written: {folder} ({size:.1f} MB; open {folder / 'index.html'}) and {archive_of(folder)}"], asked.talks)


def fill(part: Path, packed: Path, scenes: Sequence[Scene], seeds: Sequence[int], talk: bool) -> None:
    """Write the files of these scenes and seeds, the manifest, and the archive of all."""
    from ccgsim.teach.recording import files

    names = []
    for name, data in files.files(scenes, seeds):
        (part / name).write_bytes(data)
        names.append(name)
        if name.startswith("seed-"):
            say([f"Recorded: {len([each for each in names if each.startswith('seed-')])} of {len(seeds)} seeds"], talk)
    (part / MANIFEST).write_bytes(files.manifest(names))
    packed.write_bytes(files.archive({name: (part / name).read_bytes() for name in (MANIFEST, *names)}))


def archive_of(folder: Path) -> Path:
    """Where the archive of a folder lies: beside it."""
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}.zip")


def _serving(asked: Teach) -> Iterator[Problem]:
    """A fault for each option that only a server can follow."""
    usual = {field.name: field.default for field in dataclasses.fields(Teach)}
    for name, option in SERVING.items():
        if getattr(asked, name) != usual[name]:
            yield Problem("", option, "", f"is for a lesson that is served; {OPTION} writes files and serves nothing")


def _taken(folder: Path) -> Iterator[Problem]:
    """A fault where the folder or its archive is there already."""
    if folder.exists() and not folder.is_dir():
        yield Problem("", OPTION, shown_path(folder), "is a file, not a folder")
    elif folder.is_dir() and (any(folder.iterdir()) or folder.resolve() == Path.cwd()):
        yield Problem("", OPTION, shown_path(folder), "is not empty or is the current folder; name a new folder")
    if archive_of(folder).exists():
        yield Problem("", OPTION, shown_path(archive_of(folder)), "is there already; name another folder")


@contextmanager
def _new(folder: Path) -> Iterator[tuple[Path, Path]]:
    """A folder and an archive that get their names when the block has succeeded, and leave nothing where it has not."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            part, packed = aside / "folder", aside / "archive"
            part.mkdir()
            yield part, packed
            if folder.exists():
                folder.rmdir()  # empty: where it has been filled meanwhile, this fails
            os.replace(part, folder)
            os.replace(packed, archive_of(folder))
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as fault:
        raise fault_at("", OPTION, shown_path(folder), f"cannot be written: {fault.strerror}") from None
