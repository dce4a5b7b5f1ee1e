"""One small network in many forms, as tests of readers share them."""

from __future__ import annotations

from pathlib import Path

from ccgsim.survey.choices import Asked
from ccgsim.survey.network import Network
from ccgsim.survey.source import survey

TIES = {
    ("Ann", "Bob"): 3.0,
    ("Ann", "Cy Lee"): 1.0,
    ("Bob", "Ann"): 2.0,
    ("Cy Lee", "Dee"): 4.0,
    ("Eve O'Neil", "Ann"): 1.0,
}
PEOPLE = ["Ann", "Bob", "Cy Lee", "Dee", "Eve O'Neil"]


def ties_of(network: Network) -> dict[tuple[str, str], float]:
    """The ties of a network by names."""
    ids = network.people.ids
    rows = zip(network.seeker, network.adviser, network.frequency, strict=True)
    return {(ids[one], ids[other]): float(value) for one, other, value in rows}


def read(folder: Path, name: str, contents: str | bytes, **asked: object) -> Network:
    """The network of a file with these contents."""
    path = folder / name
    path.write_bytes(contents if isinstance(contents, bytes) else contents.encode("utf-8"))
    return survey(path, Asked(**asked))  # type: ignore[arg-type]


def rows(separator: str = ",", header: str = "from,to,frequency", decimal: str = ".") -> str:
    """The ties as a list."""
    lines = [header.replace(",", separator)] if header else []
    lines += [
        separator.join((one, other, f"{value:.1f}".replace(".", decimal))) for (one, other), value in TIES.items()
    ]
    return "\n".join(lines) + "\n"


def cells(blank: str = "0") -> list[list[str]]:
    """The ties as a matrix without labels."""
    return [[f"{TIES[one, other]:g}" if (one, other) in TIES else blank for other in PEOPLE] for one in PEOPLE]
