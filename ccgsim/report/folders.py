"""Folders of results: which may be written, and how one comes to be: whole and at once, or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from ccgsim.problems import Problems, refuse

MANIFEST = "manifest.json"
RESULTS = "results"
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)  # names that Windows keeps for itself


def default_folder(name: str, seed: int) -> Path:
    """`results/NAME-seedS` under the current folder, NAME made fit for every file system."""
    safe = re.sub(r"[^\w.-]+", "_", name).strip("._") or "scenario"
    safe = f"_{safe}" if _RESERVED.match(safe) else safe
    return Path(RESULTS) / f"{safe[:100]}-seed{seed}"


def is_ours(folder: Path) -> bool:
    """True where the folder holds a manifest that ccgsim wrote."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(manifest, dict) and isinstance(manifest.get("schema"), int) and "version" in manifest


def target(out: Path | None, default: Path, force: bool) -> Path:
    """The folder to write: `out` (empty or new, or ours with `force`), else `default` (or ours); raises Problems."""
    folder = default if out is None else out
    if folder.exists() and not folder.is_dir():
        raise _refused(folder, "is a file, not a folder")
    if folder.is_dir() and any(folder.iterdir()):
        _may_replace(folder, chosen=out is not None, force=force)
    if Path.cwd().is_relative_to(folder.resolve()):
        raise _refused(folder, "is the current folder or holds it; name a folder in it")
    return folder


def _may_replace(folder: Path, *, chosen: bool, force: bool) -> None:
    if not is_ours(folder):
        what = "--force replaces only folders of results" if force else "choose a folder that is empty or new"
        raise _refused(folder, f"holds files that are not results of ccgsim; {what}")
    if chosen and not force:
        raise _refused(folder, "holds earlier results; --force replaces them")


def _refused(folder: Path, rule: str) -> Problems:
    return refuse("--out", str(folder), rule)


@contextmanager
def written(target: Path) -> Iterator[Path]:
    """A new folder beside the target, which becomes the target once the block ends well.

    On any failure or interruption nothing is left of it, and what stood there before stays. Raises Problems where
    the place cannot be written.
    """
    folder = target.resolve()
    try:
        made = _make_parents(folder.parent)
        part = _new_folder(folder, "part")
    except OSError as error:
        raise _refused(target, f"cannot be written: {error.strerror}") from None
    try:
        yield part
        _move(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        raise


def _make_parents(folder: Path) -> list[Path]:
    """Folders made so that `folder` is there, the innermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _new_folder(beside: Path, ending: str) -> Path:
    for place in (beside.with_name(f".{beside.name}.{os.getpid()}-{turn}.{ending}") for turn in count()):
        with suppress(FileExistsError):
            place.mkdir()
            return place
    raise AssertionError("count() has no end")


def _move(part: Path, folder: Path) -> None:
    """Give the finished folder its name; an earlier one stands aside until that is done."""
    if not folder.exists():
        os.rename(part, folder)
        return
    aside = _new_folder(folder, "old")
    aside.rmdir()
    os.rename(folder, aside)
    try:
        os.rename(part, folder)
    except BaseException:
        if not folder.exists():
            os.rename(aside, folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)
