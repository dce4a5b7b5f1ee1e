"""Two invented surveys to try the commands on: a board in the filled template, a network of practices in two waves."""

from __future__ import annotations

import csv
from pathlib import Path

from ccgsim.survey.sheets import template_bytes

KEPT = Path(__file__).parent / "examples"
BOARD = "board_people.csv", "board_ties.csv"  # the sheets of the workbook
_READ_ME = """\
Two invented surveys. No person, place or organisation in them exists.

board.xlsx   The board of an integrated care board: 12 members, one of whom did not answer, and 10 people outside whom
             they ask. It is the workbook of `ccgsim network --template`, filled in.
place_*.csv  The leading group of a primary care network, asked in 2024 and again in 2025 with a survey tool: a row for
             each form, a column for each person. Two of the 11 members did not answer, others each time, and the
             network's manager left in between. The people of each wave stand in place_people_*.csv, and what the
             model shall take their posts for in place_kinds.csv.

  ccgsim network board.xlsx
  ccgsim depart board.xlsx --who "Martin Oyelaran" --out leaving
  ccgsim report leaving
  ccgsim network place_2024.csv --people place_people_2024.csv --kinds place_kinds.csv
  ccgsim forecast place_2024.csv --people place_people_2024.csv --kinds place_kinds.csv --seal
  ccgsim forecast place_2024-forecast.json --against place_2025.csv --people place_people_2025.csv \\
      --kinds place_kinds.csv
"""


def example_files() -> dict[str, bytes]:
    """Contents by file name."""
    people, ties = (_rows(name) for name in BOARD)
    files = {"board.xlsx": template_bytes(people[1:], ties[1:]), "read_me.txt": _READ_ME.encode("utf-8")}
    others = sorted(path for path in KEPT.glob("*.csv") if path.name not in BOARD)
    return files | {path.name: path.read_bytes() for path in others}


def _rows(name: str) -> list[list[str]]:
    with (KEPT / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
