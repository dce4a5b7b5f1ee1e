"""The ledger of a sweep: one line for each part, in the order of writing, by a single writer."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from ccgsim.foundation.files.writing import put, sha256


@dataclass(frozen=True, slots=True)
class Entry:
    """A part: name and SHA-256 of its file, and of the file of its series, if kept."""

    part: str
    sha256: str
    series: str = ""
    series_sha256: str = ""

    def is_whole(self, folder: Path) -> bool:
        """Whether the files exist with the bytes that were written."""
        files = [(self.part, self.sha256), *([(self.series, self.series_sha256)] if self.series else [])]
        try:
            return all(sha256(folder / name) == wanted for name, wanted in files)
        except OSError:
            return False


def entries(path: Path) -> list[Entry]:
    """The readable entries of a ledger; truncated or damaged lines are ignored."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    return [entry for line in lines if (entry := _read(line)) is not None]


def _read(line: bytes) -> Entry | None:
    try:
        stated = json.loads(line)
        entry = Entry(**stated)
    except (ValueError, TypeError):
        return None
    plain = all(isinstance(text, str) and "/" not in text for text in asdict(entry).values())
    return entry if plain else None


def rewrite(path: Path, kept: list[Entry]) -> None:
    """Replace the contents of the ledger by these entries."""
    put(path, b"".join(_line(entry) for entry in kept))


def append(path: Path, entry: Entry) -> None:
    """Append an entry; it is on disk when this returns."""
    with path.open("ab") as stream:
        stream.write(_line(entry))
        stream.flush()
        os.fsync(stream.fileno())


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry)).encode() + b"\n"
