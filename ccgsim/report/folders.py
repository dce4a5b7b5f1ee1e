"""Folders of results: which may be written, and how they are written: completely or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from ccgsim.foundation.files import lock
from ccgsim.foundation.files.held import PART, hold, left_over, made
from ccgsim.foundation.problems import Problems, refuse, telling
from ccgsim.foundation.work.stopping import undisturbed
from ccgsim.scenario.sections import HEADLINES

MANIFEST = "manifest.json"
RESULTS = "results"
RUN, COMPARISON, REPRODUCTION, NETWORK, DEPARTURES, FORECAST = (
    "run",
    "compare",
    "reproduce",
    "network",
    "depart",
    "forecast",
)  # kinds of results, each replaced as a whole
OLD = "old"  # suffix of earlier results until the new ones have their name
LONGEST_NAME, LONGEST_SET = 100, 60  # characters
_UNSAFE = re.compile(r"[^\w.=-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)  # names reserved by Windows
_ASIDE = re.compile(rf"\.(.+)\.\d+-\d+\.({PART}|{OLD})")


def default_folder(name: str, seed: int, settings: Mapping[str, Any] | None = None) -> Path:
    """`results/NAME-seedS` in the current folder, or `results/NAME-KEY=VALUE-seedS` if parameters are set.

    NAME and settings are made valid for every file system; settings that are long or had to be altered get a hash, so
    that different settings have different folders.
    """
    safe = _UNSAFE.sub("_", name).strip("._") or "scenario"
    safe = f"_{safe}" if _RESERVED.match(safe) else safe
    return Path(RESULTS) / f"{safe[:LONGEST_NAME]}{_set(settings or {})}-seed{seed}"


def _set(settings: Mapping[str, Any]) -> str:
    """The settings as part of a name: '-density=0.5-policy.dialogue=0.2', independent of order and alias."""
    short = {dotted: headline for headline, dotted in HEADLINES.items()}
    values = {short.get(key, key): _written(value) for key, value in settings.items()}
    text = "".join(f"-{key}={values[key]}" for key in sorted(values))
    safe = _UNSAFE.sub("_", text)
    if safe == text and len(text) <= LONGEST_SET:
        return text
    return f"{safe[:LONGEST_SET]}-{hashlib.sha256(text.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"


def _written(value: Any) -> str:
    """A value as typed; 2.0 and 2 are the same."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def kind_of(folder: Path) -> str:
    """The kind of results in a folder, from its manifest; '' if ccgsim did not write it."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return ""
    if not (isinstance(manifest, dict) and isinstance(manifest.get("schema"), int)):
        return ""
    kind = manifest.get("kind") or manifest.get("command") or ("version" in manifest and RUN)
    return kind if isinstance(kind, str) else ""


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for results of one kind. Earlier ones of that kind are replaced in the default folder or by `force`."""

    folder: Path
    kind: str
    chosen: bool  # by the user, not the default
    force: bool = False

    def check(self) -> None:
        """Raise Problems if the folder must not be written; leftovers of a killed process are ignored."""
        folder = self.folder
        with _reading(folder):
            if folder.exists() and not folder.is_dir():
                raise _refused(folder, "is a file, not a folder")
            if folder.is_dir() and any(path.name != lock.NAME for path in folder.iterdir()):
                self._may_be_replaced()
            if Path.cwd().is_relative_to(folder.resolve()):
                raise _refused(folder, "is the current folder or holds it; name a folder in it")

    def _may_be_replaced(self) -> None:
        there = kind_of(self.folder)
        if not there:
            what = "--force replaces only folders of results" if self.force else "choose an empty or new folder"
            raise _refused(self.folder, f"holds files that are not results of ccgsim; {what}")
        if there != self.kind:
            raise _refused(self.folder, f"holds results of another kind ({there}), which `{self.kind}` never replaces")
        if self.chosen and not self.force:
            raise _refused(self.folder, "holds earlier results; --force replaces them")

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Lock the folder for this process, creating it if missing; raises InUse if another process holds it.

        If the block fails or is interrupted, everything is restored. Raises Problems if the folder cannot be written.
        """
        folder = self.folder.resolve()
        with telling(self.folder):
            _clear_leftovers(folder)
        with made(self.folder), ExitStack() as stack:
            with telling(self.folder):
                stack.enter_context(_locked(folder))
            self.check()  # again, now that no other process can fill it
            yield

    @contextmanager
    def written(self) -> Iterator[Path]:
        """A new folder beside the locked one, which replaces it when the block succeeds.

        On failure or interruption it is removed and the earlier folder stays. Raises Problems if the disk is full or
        writing fails otherwise.
        """
        folder = self.folder.resolve()
        with telling(self.folder), _new_folder(folder, PART) as part:
            try:
                yield part
                self.check()
                with undisturbed():
                    _move(part, folder)
            except BaseException:
                with undisturbed():
                    shutil.rmtree(part, ignore_errors=True)
                raise


def target(out: Path | None, default: Path, force: bool, kind: str) -> Place:
    """The folder for results of this kind: `out`, else `default`; raises Problems or InUse."""
    place = Place(default if out is None else out, kind, chosen=out is not None, force=force)
    lock.check_free(place.folder)
    place.check()
    return place


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _refused(folder, f"cannot be read: {os.strerror(error.errno or 0)}") from None


def _refused(folder: Path, rule: str) -> Problems:
    return refuse("--out", str(folder), rule)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; its file is removed afterwards."""
    with lock.locked(folder):
        try:
            yield
        finally:
            with suppress(OSError):
                (folder / lock.NAME).unlink()


@contextmanager
def _new_folder(beside: Path, ending: str) -> Iterator[Path]:
    """A new folder with a unique name, locked inside the block."""
    for place in (beside.with_name(f".{beside.name}.{os.getpid()}-{turn}.{ending}") for turn in count()):
        with suppress(FileExistsError):
            place.mkdir()
            break
    with _holding(place):
        yield place


@contextmanager
def _holding(folder: Path) -> Iterator[None]:
    """Lock a folder inside the block, even if it is moved; not on Windows, which cannot open folders."""
    number = None if os.name == "nt" else os.open(folder, os.O_RDONLY)
    try:
        if number is not None:
            hold(number)
        yield
    finally:
        if number is not None:
            os.close(number)


def _move(part: Path, folder: Path) -> None:
    """Give the finished folder its name; an earlier folder is renamed until that is done, then removed."""
    earlier = part.with_suffix(f".{OLD}")
    with _holding(folder):
        os.rename(folder, earlier)
        try:
            os.rename(part, folder)
        except BaseException:
            if not folder.exists():
                os.rename(earlier, folder)
            raise
        shutil.rmtree(earlier, ignore_errors=True)


def _clear_leftovers(folder: Path) -> None:
    """Remove leftovers of killed processes beside a folder; earlier results that were renamed get their name back."""
    beside = folder.parent.iterdir() if folder.parent.is_dir() else ()
    for path in list(beside):
        found = _ASIDE.fullmatch(path.name)
        if found is None or not path.is_dir():
            continue
        with left_over(path) as nobodys:
            if nobodys and kind_of(path) and found[2] == OLD and not kind_of(path.with_name(found[1])):
                with suppress(OSError):
                    os.rename(path, path.with_name(found[1]))
            elif nobodys:
                shutil.rmtree(path, ignore_errors=True)
