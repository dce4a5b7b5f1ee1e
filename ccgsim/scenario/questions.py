"""Fourteen questions that a board can answer, and the scenario files that follow from the answers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.foundation.files.reading import toml_of
from ccgsim.foundation.inputs.texts import text_fault
from ccgsim.foundation.problems import Problem, Problems, nearest, shown
from ccgsim.foundation.quantity import Quantity, quantities
from ccgsim.scenario.events import ACTS
from ccgsim.scenario.sections import People, Site

SITE, PEOPLE = dict(quantities(Site)), dict(quantities(People))
NAMED, LONGEST = ("name", "network"), 120  # answers that are free texts; letters of a name
BESIDES = {"nurse": "nurse", "hospital doctor": "secondary_care", "lay member": "patient"}  # seats as site has them
BUILDING = {"no": 0.0, "partly": 0.5, "yes": 1.0}
LISTENS = {"hardly": 0.2, "somewhat": 0.5, "well": 0.8}
POLICY = {"clear": 0.2, "mixed": 0.35, "unclear": 0.6}
OFFICER = ("no", "ours", "theirs")
NOTICE, SHARED = 3, 9  # months of what is coming, assumed
MONTHS = 60


@dataclass(frozen=True, slots=True)
class Body:
    """What is simulated: its words, and typical answers where none is given (assumed but for the CCG's)."""

    words: Mapping[str, str]
    typical: Mapping[str, Any]


BODIES = {
    "integrated care board": Body(
        {"ccg": "integrated care board", "locality": "place", "pct": "support unit"},
        {"population": 1_500_000, "practices": 200, "parts": 5, "members": 16, "staff": 60},
    ),
    "place": Body(
        {"ccg": "place", "locality": "neighbourhood", "pct": "integrated care board"},
        {"population": 300_000, "practices": 40, "parts": 6, "members": 13, "staff": 20},
    ),
    "primary care network": Body(
        {"ccg": "primary care network", "locality": "group of practices", "pct": "integrated care board"},
        {"population": 45_000, "practices": 6, "parts": 1, "members": 8, "staff": 6},
    ),
    "clinical commissioning group": Body(
        {}, {"population": 226_000, "practices": 32, "parts": 3, "members": 13, "staff": 12}
    ),
}


def _word(options: Iterable[str], meaning: str, default: str) -> Quantity:
    return Quantity(default, None, None, "", meaning, "", str, tuple(options))


def _sized(like: Quantity, meaning: str) -> Quantity:
    return Quantity(None, like.low, like.high, "", meaning, "", like.kind)


_SHARE = ACTS["cut_staff"]["share"]  # type: ignore[index]
# The questions by key, in the order in which they are asked; `besides` may name several of its options.
QUESTIONS: dict[str, Quantity] = {
    "name": Quantity("", None, None, "", "What is the board called?", "", str),
    "body": _word(BODIES, "What is it the board of?", "integrated care board"),
    "population": _sized(SITE["population"], "How many patients are registered in its area?"),
    "practices": _sized(SITE["practices"], "How many practices has it?"),
    "parts": _sized(SITE["localities"], "Into how many parts, such as places or neighbourhoods, is it divided?"),
    "members": _sized(SITE["board"], "How many people sit on the board?"),
    "besides": _word(BESIDES, "Who sits on it besides GPs and officers? Several, with commas, or none", ""),
    "staff": _sized(PEOPLE["pct_least"], "How many staff work on commissioning for the board?"),
    "building": _word(BUILDING, "Do they work in the same building as its members?", "partly"),
    "listens": _word(LISTENS, "How well do those above it listen?", "hardly"),
    "policy": _word(POLICY, "How clear is national policy just now?", "mixed"),
    "network": Quantity("", None, None, "", "File of a survey of its network, or none", "", str),
    "cut": Quantity(0.0, _SHARE.low, _SHARE.high, "", "What share of the staff must go within a year? 0 for none", "",
                    float),
    "officer": _word(OFFICER, "Is it about to share its accountable officer with a neighbour, and whose?", "no"),
}  # fmt: skip
SETS = {  # the parameter of a scenario that an answer sets, for faults that only the whole scenario shows
    "site.population": "population", "site.practices": "practices", "site.localities": "parts", "site.board": "members",
    "network": "network", "network.file": "network", "board": "members",
}  # fmt: skip


def default_of(key: str, body: str) -> Any:
    """The answer where none is given: typical of the body, or the question's own."""
    return BODIES[body].typical.get(key, QUESTIONS[key].default)


def fault_of(key: str, value: object, file: str = "") -> list[Problem]:
    """The faults of an answer."""
    quantity = QUESTIONS[key]
    if key == "besides":
        given = value if isinstance(value, list) else [value]
        return [problem for one in given if one not in ("", "none") for problem in quantity.problems(one, key, file)]
    if key not in NAMED:
        return quantity.problems(value, key, file)
    if not isinstance(value, str):
        return [Problem(file, key, shown(value), "must be text in quotes")]
    rule = text_fault(value) or (f"is longer than {LONGEST} letters" if key == "name" and len(value) > LONGEST else "")
    rule = rule or ("is empty: a board has a name" if key == "name" and not value.strip() else "")
    return [Problem(file, key, shown(value), rule)] if rule else []


def answers_in(path: Path) -> dict[str, Any]:
    """The answers in a TOML file, typical ones for those left out; raises Problems with every fault."""
    given = toml_of(path, str(path))
    found = [
        Problem(str(path), key, shown(value), f"unknown; the answers are {', '.join(QUESTIONS)}",
                nearest(key, list(QUESTIONS)))
        for key, value in given.items()
        if key not in QUESTIONS
    ]  # fmt: skip
    for key in QUESTIONS:
        found += fault_of(key, given[key], str(path)) if key in given else []
    if "name" not in given:
        found.append(Problem(str(path), "name", "", "is missing: what the board is called"))
    if found:
        raise Problems(found)
    body = given.get("body", QUESTIONS["body"].default)
    answers = {key: given.get(key, default_of(key, body)) for key in QUESTIONS}
    if answers["network"]:
        answers["network"] = str(path.parent / answers["network"])
    return answers


def board_text(answers: Mapping[str, Any], folder: Path) -> str:
    """The scenario of the board as it is, as a file in this folder, each value with what it was the answer to."""
    return "\n".join([*_head(answers, folder), *_sections(answers)]) + "\n"


def _head(answers: Mapping[str, Any], folder: Path) -> Iterator[str]:
    name = answers["name"].strip()
    yield "schema = 1"
    yield f"title = {_text(name)}"
    yield f"question = {_text(f'How does the board of {name} fare?')}"
    yield 'source = "answers to the questions of ccgsim new; whatever they do not say is a default of the model"'
    yield 'calendar = "none"          # the dates of England, 2010 to 2022, do not happen: month 0 is today'
    yield f"months = {MONTHS}"
    if answers["network"]:
        path = Path(os.path.relpath(answers["network"], folder)).as_posix()
        yield f"network = {_text(path)}  # the surveyed board takes the seats: its members and ties are in the file"
    words = BODIES[answers["body"]].words
    if words:
        yield "\n[words]                    # what figures, reports and messages say"
        yield from (f"{key} = {_text(word)}" for key, word in words.items())


def _sections(answers: Mapping[str, Any]) -> Iterator[str]:
    besides = answers["besides"] if isinstance(answers["besides"], list) else [answers["besides"]]
    site = {"population": "population", "practices": "practices", "localities": "parts", "board": "members"}
    yield "\n[site]"
    yield from (f"{name} = {answers[key]}" for name, key in site.items())
    yield from (f"{BESIDES[seat]} = true" for seat in besides if seat in BESIDES)
    yield _scaled("colocation", "building", BUILDING, answers)
    yield "\n[people]"
    yield f"pct_least = {answers['staff']}             # staff who work on commissioning for the board"
    yield f"pct_most = {answers['staff']}"
    yield "\n[policy]"
    yield _scaled("dialogue", "listens", LISTENS, answers)
    yield _scaled("uncertainty", "policy", POLICY, answers)


def _scaled(name: str, key: str, scale: Mapping[str, float], answers: Mapping[str, Any]) -> str:
    """A word on a scale as a number, with the question and what the other words would be."""
    told = ", ".join(f"{word} {value:g}" for word, value in scale.items())
    return f"{name} = {scale[answers[key]]:g}  # {QUESTIONS[key].meaning} {answers[key]} ({told}: assumed)"


def change_text(answers: Mapping[str, Any], base: str) -> str:
    """The scenario of what is coming, based on that of the board; '' where nothing is."""
    events = list(_events(answers))
    if not events:
        return ""
    name = answers["name"].strip()
    head = [
        "schema = 1",
        f"title = {_text(f'{name}, with what is coming')}",
        f"question = {_text(f'What does the reorganisation do to the board of {name}?')}",
        f"based_on = {_text(base)}",
        'source = "answers to the questions of ccgsim new; months and sizes are assumed where the file says so"',
    ]
    return "\n".join([*head, *events]) + "\n"


def _events(answers: Mapping[str, Any]) -> Iterator[str]:
    if answers["cut"]:
        yield f"\n[[events]]                 # staff are told in month {NOTICE}, and go nine months later: both assumed"
        yield f"month = {NOTICE}\ncut_staff = {{ share = {float(answers['cut']):g}, after = 9 }}"
    if answers["officer"] != "no":
        whose = {"ours": "own", "theirs": "neighbour"}[answers["officer"]]
        yield "\n[[events]]                 # month, and what is left of her reach for each board: assumed"
        yield f"month = {SHARED}\ncluster = {{ share = 0.5, officer = {_text(whose)} }}"


def _text(words: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(words, ensure_ascii=False)
