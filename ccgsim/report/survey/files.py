"""What `ccgsim network` writes: the description in a folder, an export, the key to codes, the template."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from ccgsim.foundation.files.lists import Columns, read_list
from ccgsim.foundation.files.writing import csv_bytes, json_bytes, put, sha256
from ccgsim.foundation.problems import Problem, Problems, fault_at, shown_path
from ccgsim.report import folders
from ccgsim.report.manifest import NAME, SCHEMA
from ccgsim.report.network.surveyed import people_frame, people_path, ties_bytes
from ccgsim.survey.network import Network
from ccgsim.survey.reading.grid import unescaped

_MOST_CODES = 100_000


@contextmanager
def _told(option: str, path: Path) -> Iterator[None]:
    """Turn errors of the file system into a fault of this option."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise fault_at("", option, shown_path(path), f"cannot be written: {why}") from None


def export_faults(path: Path | None, force: bool) -> list[Problem]:
    """A fault where the file is there already, unless it may be replaced."""
    if path is None or force:
        return []
    there = [each for each in (path, people_path(path)) if each.exists()]
    return [Problem("", "--export", shown_path(each), "is there already; --force replaces it") for each in there]


def write_export(contents: Mapping[Path, bytes]) -> dict[str, Path]:
    """Write what `files_of` made of a network; returns the files by name."""
    for path, data in contents.items():
        with _told("--export", path):
            put(path, data)
    return {path.name: path for path in contents}


def write_description(
    document: Mapping[str, Any], network: Network, place: folders.Place, typed: Sequence[str], inputs: Sequence[Path]
) -> dict[str, Path]:
    """Write network.json, people.csv with what is known of each, ties.csv and the manifest; the files by name.

    The manifest keeps the command that was `typed`, and the checksums of the files that were read.
    """
    people, measured = people_frame(network), pd.DataFrame(document["people"])
    if len(people):
        people = people.merge(measured.drop(columns=people.columns.drop("id"), errors="ignore"), on="id")
    contents = {
        "network.json": json_bytes(document),
        "people.csv": csv_bytes(people),
        "ties.csv": ties_bytes(network),
    }
    with place.taken(), place.written() as part:
        written = {name: put(part / name, data) for name, data in contents.items()}
        prints = {name: sha256(path) for name, path in sorted(written.items())}
        about = {"schema": SCHEMA, "kind": folders.NETWORK, "version": document["ccgsim"], "typed": list(typed)}
        put(part / NAME, json_bytes(about | {"inputs": {str(path): sha256(path) for path in inputs}, "files": prints}))
    return {name: place.folder / name for name in (*contents, NAME)}


def key_path(file: Path) -> Path:
    """Where the key to the codes of a file is kept: apart from the results, in the current folder."""
    return Path(f"{file.stem}-key.csv")


def earlier_key(file: Path) -> dict[str, str]:
    """The codes of an earlier reading, by person; {} if there is none. Raises Problems for a key that is no key."""
    path = key_path(file)
    if not path.exists():
        return {}
    listing = read_list(path, Columns(("code", "person")), _MOST_CODES, key="--anonymise")
    faults = list(listing.faults)
    codes = [row.cells["code"] for row in listing.rows]
    if len(set(codes)) < len(codes):
        faults.append(Problem(str(path), "code", "", "holds a code twice; restore the key, or move it away"))
    if faults:
        raise Problems(faults)
    return {unescaped(row.cells["person"]): row.cells["code"] for row in listing.rows}


def write_key(file: Path, key: Mapping[str, str], earlier: Mapping[str, str]) -> Path:
    """Write the key, which only its owner may read where the system knows owners."""
    path, codes = key_path(file), {**earlier, **key}
    frame = pd.DataFrame({"code": list(codes.values()), "person": list(codes)}).sort_values("code")
    with _told("--anonymise", path):
        put(path, csv_bytes(frame))
        path.chmod(0o600)
    return path


def folder_faults(folder: Path, option: str) -> list[Problem]:
    """A fault where the folder holds something already."""
    if folder.is_dir() and not any(folder.iterdir()):
        return []
    if folder.exists():
        what = "is not empty; name a new folder" if folder.is_dir() else "is a file, not a folder"
        return [Problem("", option, shown_path(folder), what)]
    return []


def write_folder(contents: Mapping[str, bytes], folder: Path, option: str) -> dict[str, Path]:
    """Write these files into a folder, created if missing; returns them by name."""
    with _told(option, folder):
        folder.mkdir(parents=True, exist_ok=True)
        return {name: put(folder / name, data) for name, data in contents.items()}
