"""Two accounts of one run: what managers and GPs blame in a survey, and the model's causes, arrow by arrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.measures import survey
from ccgsim.run import under_way, watched
from ccgsim.scenario.scenario import Scenario
from ccgsim.teach.worlds.loop import ARROWS

LEAST_FALL = 0.05  # fall of participation that is decomposed
LEAST_VALUE, MOST_OFFERED = 0.3, 0.3  # bounds of declared parameters used by the last cut
_MANAGERS = ("accountable officer", "finance officer", "practice manager")
_GPS = ("chair", "GP member", "locality lead")
_NOTES = (
    "Each seat-holder answers from own contacts and from what every board member is told.",
    "Each arrow is cut alone, by a declared switch, from the month in which the fall begins; same seed, same chance.",
    "Arrows are links of one chain: cutting one also quietens the others, so the parts need not add up.",
)


@dataclass(frozen=True, slots=True)
class Fall:
    """A fall of participation: first and last month, depth, and belief and hearing of GPs at its start."""

    first: int
    last: int
    depth: float
    belief: float
    heard: float


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut arrow: its id, the meaning of the cut, and the scenario in which it is cut."""

    arrow: str
    label: str
    scenario: Scenario


def cuts(scenario: Scenario, seed: int, world: int, run: int) -> dict[str, Any]:
    """The `cuts` message: the fall of participation without each arrow."""
    series = watched(Course(scenario, seed), scenario.months)["participation"].to_numpy(float)
    fall = _fall(scenario, seed, series)
    told: list[dict[str, Any]] = []
    if fall.depth >= LEAST_FALL:
        for cut in cut_scenarios(scenario, fall):
            without = watched(Course(cut.scenario, seed), fall.last)["participation"].to_numpy(float)
            depth = float(without[fall.first] - without[fall.last])
            share = (fall.depth - depth) / fall.depth
            told.append({"arrow": cut.arrow, "label": cut.label, "fall": round(depth, 4), "share": round(share, 3)})
    return {
        "type": "cuts",
        "run": run,
        "world": world,
        "from": fall.first,
        "to": fall.last,
        "fall": round(fall.depth, 4),
        "cuts": told,
    }


def cut_scenarios(scenario: Scenario, fall: Fall) -> Iterator[Cut]:
    """The scenario with each arrow of the circle cut from the start of the fall on, in the order of the arrows."""
    dated, p = list(scenario.events), scenario.engagement
    value = max(LEAST_VALUE, p.value / 2)
    offered = min(MOST_OFFERED, p.soft_incentive + (p.value - value) * fall.belief)

    def setting(**values: float) -> Scenario:
        named = {f"engagement.{name}": number for name, number in values.items()}
        return scenario.with_(events=[*dated, {"month": fall.first, "set": named}])

    changed = (
        ("Managers' control stays as it was", scenario.with_(ablation={"control_from_month": fall.first})),
        ("GPs are heard as before, whatever managers hold", setting(heard_span=0.0, heard_floor=fall.heard)),
        ("GPs keep the belief that they had", setting(learning=0.0)),
        (
            "Belief counts for half of what it did (the least that the model allows)",
            setting(value=value, soft_incentive=offered),
        ),
    )
    for arrow, (label, cut) in zip(ARROWS, changed, strict=True):
        yield Cut(str(arrow["id"]), label, cut)


def _fall(scenario: Scenario, seed: int, series: np.ndarray) -> Fall:
    """The fall from the first event (month 0 if there is none) to the lowest month after it."""
    first = next((event.month for event in scenario.timeline()), 0)
    last = first + int(np.argmin(series[first:]))
    course = Course(scenario, seed)
    for _ in under_way(course, first):
        pass
    people = course.world.actors
    gps = people[(people.kind == v.GP) & (people.active == 1)]
    heard = float(gps.heard.mean()) if first > 0 else float(gps.efficacy.mean())
    return Fall(first, last, float(series[first] - series[last]), float(gps.efficacy.mean()), heard)


def two_stories(scenario: Scenario, seed: int, month: int, told: dict[str, Any]) -> dict[str, Any]:
    """The `stories` message: answers of managers and GPs in that month, and the arrows' shares (`told`: the cuts)."""
    course = Course(scenario, seed)
    for _ in under_way(course, month):
        pass
    answers = survey.survey(course.world)
    return {
        "type": "stories",
        "world": told["world"],
        "run": told["run"],
        "month": month,
        "managers": _counts(answers[answers["role"].isin(_MANAGERS)]),
        "gps": _counts(answers[answers["role"].isin(_GPS)]),
        "model": told,
        "notes": list(_NOTES),
    }


def _counts(answers: Any) -> dict[str, list[list[Any]]]:
    """Counts of all possible answers to each question."""
    return {
        question: [
            [answer, int(((answers["question"] == question) & (answers["answer"] == answer)).sum())] for answer in given
        ]
        for question, given in survey.QUESTIONS.items()
    }
