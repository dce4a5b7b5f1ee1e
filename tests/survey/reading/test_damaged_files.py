"""Damaged files of every format: each is read or refused with faults that name it; never an internal error.

`python tests/survey/reading/test_damaged_files.py 5000` tries so many and prints how many were read.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from ccgsim.foundation.inputs.texts import is_harmful
from ccgsim.foundation.problems import Problems
from ccgsim.survey.choices import Asked
from ccgsim.survey.describe import board_of, components, degrees, thresholds
from ccgsim.survey.source import survey
from tests.survey.reading.forms import FORMS
from tests.survey.reading.test_workbooks import LIST, SQUARE, WHO, WIDE, book

SIGNS = [
    ",",
    ";",
    "\t",
    '"',
    "'",
    "\n",
    "\r",
    "*",
    ":",
    "!",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "&",
    "->",
    "--",
    "=",
    "\\",
    "%",
    "#",
]
SIGNS += [
    "\0",
    "\x1b",
    "\u202e",
    "\ufeff",
    "0",
    "-1",
    "1e999",
    "nan",
    "NA",
    "9" * 30,
    "9" * 5000,
    "\u00b2",
    "x" * 300,
    "e1",
    "1.5",
    "0,5",
]
SIGNS += [
    "*Vertices 3\n",
    "*Arcs\n",
    "*Matrix\n",
    "data:\n",
    "n=3 ",
    "nm=2 ",
    "labels embedded\n",
    "format=nodelist1 ",
    "*Tie data\n",
]
SIGNS += [
    "<node/>",
    '<edge source="a"/>',
    "<!DOCTYPE a [",
    "null",
    "true",
    '{"nodes": 3}',
    "subgraph",
    "edge",
    "from,to\n",
    "Name,Board\n",
]
SEEDS: dict[str, bytes] = {
    name: contents if isinstance(contents, bytes) else contents.encode("utf-8") for name, contents in FORMS.items()
}
SEEDS |= {
    "people.xlsx": book(People=WHO, Ties=LIST),
    "matrix.xlsx": book(Matrix=SQUARE),
    "wide.xlsx": book(Form=WIDE),
}


def damaged(data: bytes, luck: np.random.Generator) -> bytes:
    """The bytes with up to three wounds: cut, doubled, overwritten, or with something put in."""
    for _ in range(luck.integers(1, 4)):
        if not data:
            return data
        one, other = sorted(int(place) for place in luck.integers(0, len(data) + 1, 2))
        sign = SIGNS[luck.integers(len(SIGNS))].encode("utf-8")
        kind = luck.integers(6)
        if kind == 0:
            data = data[:one] + data[min(other, one + 40) :]
        elif kind == 1:
            data = data[:other] + data[one:]
        elif kind == 2:
            data = data[:one] + sign + data[one:]
        elif kind == 3:
            data = data[:one] + sign + data[one + len(sign) :]
        elif kind == 4:
            data = data[:one]
        else:
            data = data[:one] + bytes([int(luck.integers(256))]) + data[one + 1 :]
    return data


def tried(folder: Path, name: str, data: bytes, people: Path) -> bool:
    """Whether the file is read; refusals must name it and show nothing harmful."""
    path = folder / name
    path.write_bytes(data)
    try:
        network = survey(path, Asked(people=people if len(data) % 2 else None))
    except Problems as refused:
        assert refused.problems
        for problem in refused.problems:
            assert problem.rule and (problem.file or problem.key), problem
            assert not any(is_harmful(sign) for sign in str(problem).replace("\n", "")), problem
        return False
    assert not any(is_harmful(sign) for name in (*network.people.ids, *network.warnings) for sign in name)
    found, n = degrees(network), len(network.people)
    assert (network.seeker != network.adviser).all() and (network.frequency > 0).all()
    assert (found.most_out < n).all() and (found.most_in < n).all() and components(network).sum() == n
    assert len(network.unknown_pairs()[0]) == network.unknown_out().sum() == network.unknown_in().sum()
    assert 0 <= (board_of(network)["low"] or 0) <= (board_of(network)["high"] or 0) <= 1
    thresholds(network)
    return True


def run(seed: int, many: int) -> int:
    """Try so many damaged files; returns how many were read."""
    luck, read, names = np.random.default_rng(seed), 0, sorted(SEEDS)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        people = folder / "who.csv"
        people.write_text(
            "id,kind,board\nAnn,GP,yes\nBob,GP,yes\nCy Lee,nurse,yes\nDee,GP,no\nEve O'Neil,GP,no\n", "utf-8"
        )
        for _ in range(many):
            name = names[luck.integers(len(names))]
            data = damaged(SEEDS[name], luck)
            try:
                read += tried(folder, name, data, people)
            except Exception as error:
                raise AssertionError(f"{name}: {data[:2000]!r}: {type(error).__name__}: {error}") from error
    return read


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_is_read_or_refused_and_never_breaks_the_reader(seed):
    read = run(seed, 250)
    assert 10 < read < 240, "some damage is harmless, most is not"


if __name__ == "__main__":
    sys.stdout.write(f"{run(99, int(sys.argv[1]))} were read\n")
