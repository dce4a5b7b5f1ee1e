"""The command `new`: asks a board about itself, or reads its answers, and writes its scenario."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from ccgsim.cli.options.worlds import New
from ccgsim.cli.parts.answers import DONE, opening, paths_of, place_faults, print_json
from ccgsim.foundation.files.writing import put
from ccgsim.foundation.inputs.hints import value_of
from ccgsim.foundation.problems import Problem, Problems, shown_path
from ccgsim.foundation.quantity import Quantity, plain
from ccgsim.report.words.terminal import print_line
from ccgsim.scenario.files import is_path, names
from ccgsim.scenario.questions import NAMED, QUESTIONS, SETS, answers_in, board_text, change_text, default_of, fault_of
from ccgsim.scenario.scenario import load
from ccgsim.world.population import seats_of

LATER = "reorganised"  # ending of the second file's name


@dataclass(frozen=True, slots=True)
class Places:
    """Where the scenarios are written."""

    board: Path
    change: Path

    def faults(self) -> list[Problem]:
        """Faults of files that are there already, or whose name is no scenario's."""
        found = [] if self.board.suffix == ".toml" else [
            Problem("", "--out", shown_path(self.board), "must end in .toml")
        ]  # fmt: skip
        there = [path for path in (self.board, self.change) if path.exists()]
        return found + [Problem("", "--out", shown_path(path), "is there already; name another file") for path in there]


def answer(asked: New) -> int:
    """Ask or read, check, write, and say what to run next; returns the exit code."""
    faults = place_faults(asked.answers, "--answers") + place_faults(asked.out)
    faults += places_of(asked.out).faults() if asked.out is not None else []
    if faults:
        raise Problems(faults)
    answers = answers_in(asked.answers) if asked.answers is not None else asked_at_the_prompt()
    files = written(answers, places_of(asked.out or Path(f"{_slug(answers['name'])}.toml")), asked.answers)
    commands = list(next_commands(answers, files))
    if asked.as_json:
        print_json(opening("new") | {"answers": answers, "files": paths_of(files), "next": commands})
        return DONE
    print_line(f"Written: {', '.join(str(path) for path in files.values())}")
    for command in ("Next:", *(f"  {each}" for each in commands)):
        print_line(command)
    return DONE


def places_of(board: Path) -> Places:
    """The file of the board, and beside it that of what is coming."""
    return Places(board, board.with_name(f"{board.stem}_{LATER}{board.suffix}"))


def asked_at_the_prompt() -> dict[str, Any]:
    """The answers typed at the prompt, each asked again until it is allowed."""
    answers: dict[str, Any] = {}
    for number, (key, quantity) in enumerate(QUESTIONS.items(), start=1):
        usual = default_of(key, answers.get("body", QUESTIONS["body"].default))
        while True:
            value = typed(key, _line(f"{number}/{len(QUESTIONS)} {_asks(quantity)}", _shown(usual)))
            faults = fault_of(key, value)
            if not faults:
                break
            typer.echo(f"  {faults[0]}", err=True)
        answers[key] = quantity.read(value) if key not in NAMED and key != "besides" else value
    return answers


def _line(question: str, usual: str) -> str:
    """A line typed in answer, what is usual for an empty one; asked on standard error: standard output is for data."""
    typer.echo(f"{question} [{usual}]: " if usual else f"{question}: ", nl=False, err=True)
    text = sys.stdin.readline()
    if not text:
        raise typer.Abort()
    return text.strip() or usual


def _asks(quantity: Quantity) -> str:
    if quantity.options:
        return f"{quantity.meaning} ({' / '.join(quantity.options)})"
    return f"{quantity.meaning} ({plain(quantity.low)} to {plain(quantity.high)})" if quantity.low is not None else (
        quantity.meaning
    )  # fmt: skip


def _shown(usual: Any) -> str:
    return f"{usual:g}" if isinstance(usual, float) else str(usual)


def typed(key: str, text: str) -> Any:
    """The value of a typed answer."""
    text = text.strip()
    if key == "besides":
        return [part.strip() for part in text.split(",") if part.strip() not in ("", "none")]
    if key in NAMED or QUESTIONS[key].options:
        return "" if key == "network" and text in ("none", "-") else text
    return value_of(text.replace(",", "") if QUESTIONS[key].kind is int else text)


def written(answers: Mapping[str, Any], places: Places, source: Path | None) -> dict[str, Path]:
    """Write the scenarios, and check them as any scenario is; nothing stays where one has a fault."""
    if faults := places.faults():
        raise Problems(faults)
    texts = {places.board: board_text(answers, places.board.parent)}
    texts |= {places.change: text} if (text := change_text(answers, places.board.name)) else {}
    try:
        for path, text in texts.items():
            put(path, text.encode("utf-8"))
        for path in texts:
            seats_of(load(path).site)
    except OSError as error:
        _remove(texts)
        fault = Problem("", "--out", shown_path(places.board), f"cannot be written: {error.strerror}")
        raise Problems([fault]) from None
    except Problems as refused:
        _remove(texts)
        raise Problems(_told(problem, source) for problem in refused.problems) from None
    return {path.name: path for path in texts}


def _remove(paths: Mapping[Path, str]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _told(problem: Problem, source: Path | None) -> Problem:
    """A fault of the scenario as one of the answer that led to it."""
    key = SETS.get(problem.key, problem.key)
    return replace(problem, file=str(source or ""), key=key) if key in QUESTIONS else problem


def next_commands(answers: Mapping[str, Any], files: Mapping[str, Path]) -> list[str]:
    """What to run next."""
    board, *more = (str(path) if is_path(str(path)) else f"./{path}" for path in files.values())
    found = [f"ccgsim run {board} --replicates 30 --out as_it_is", "ccgsim report as_it_is"]
    if more:
        found += [f"ccgsim compare {board} {more[0]} --out changed", "ccgsim report changed"]
    if answers["network"]:
        found.append(f"ccgsim depart {answers['network']} --scenario {board} --out departures")
    return found


def _slug(name: str) -> str:
    """The name of a board as that of a file."""
    found = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:40] or "board"
    return f"my_{found}" if found in names() else found
