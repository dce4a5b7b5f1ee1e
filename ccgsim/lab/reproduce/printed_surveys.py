"""Printed results of the two national surveys, line by line, including contradictions (E17, E20-E22, E50)."""

from __future__ import annotations

from dataclasses import dataclass

from ccgsim.foundation.vocabulary import ROLES
from ccgsim.lab.reproduce.cell import Printed

GROUPS = {  # respondents as the sources name them, and the model's seats that represent them
    "all": ROLES[1:],
    "chairs": ("chair",),
    "accountable officers": ("accountable officer",),
    "finance officers": ("finance officer",),
    "GP members": ("GP member", "locality lead"),
    "GPs": ("chair", "GP member", "locality lead"),
    "managers": ("accountable officer", "finance officer", "practice manager"),
    "all but GP members": (
        "chair",
        "accountable officer",
        "finance officer",
        "practice manager",
        "nurse",
        "secondary-care doctor",
        "lay member",
    ),
}
INFLUENCE, VISION = "who is most influential", "who sets the vision"
PLANS, OBSTACLE = "do plans far exceed change", "what is the main obstacle"
UNDATED = "the source does not say which survey"
SEVERAL = "respondents of the source could name several, the model's name one: not comparable"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: the share of a group that gives an answer, minus that of `less`, if given."""

    words: str
    question: str
    answer: str
    group: str
    printed: tuple[Printed, Printed]  # of 2014 and 2016
    less: tuple[str, str] | None = None  # answer and group


def _both(value: float | str | None, key: str = "", note: str = UNDATED) -> tuple[Printed, Printed]:
    return (Printed(value, key, note),) * 2


_NONE = _both(None, "", "no source prints it")


def _line(words: str, question: str, answer: str, group: str, printed: tuple[Printed, Printed]) -> Line:
    return Line(f"{question}: {words}", question, answer, group, printed)


def _less(words: str, first: tuple[str, str, str], less: tuple[str, str], key: str) -> Line:
    """A line for the difference of two shares, of which the source gives only the sign."""
    return Line(f"{first[0]}: {words}", *first, _both("above 0", key), less)


def _own(words: str, group: str, value: float | str, key: str) -> Line:
    return _line(f"own CCG, {words}", INFLUENCE, "own CCG", group, _both(value, key))


LINES = (
    _own("all (2018, text)", "all", 0.38, "E21, S18"),
    _own("all (2018, figure 1)", "all", 0.50, "E21, S18"),
    _own("all (2017)", "all", "majority", "E21, S17"),
    _own("chairs", "chairs", "more often", "E21, S17, S18"),
    _own("accountable off. (2017)", "accountable officers", "more often", "E21, S17"),
    _own("accountable off. (2018)", "accountable officers", "below 0.5", "E21, S18"),
    _own("finance officers", "finance officers", "less often", "E21, S17, S18"),
    _own("GP members", "GP members", "less often", "E21, S17"),
    _less("own CCG, chairs less GP members", (INFLUENCE, "own CCG", "chairs"), ("own CCG", "GP members"), "E21, S17"),
    _less(
        "own CCG, acc. off. less GP members",
        (INFLUENCE, "own CCG", "accountable officers"),
        ("own CCG", "GP members"),
        "E21, S17",
    ),
    _less(
        "own CCG, chairs less finance off.",
        (INFLUENCE, "own CCG", "chairs"),
        ("own CCG", "finance officers"),
        "E21, S17, S18",
    ),
    _line("collaborations, all", INFLUENCE, "collaborations", "all", _both(0.18, "E21, S18")),
    _line("NHS England, all", INFLUENCE, "NHS England", "all", _both(0.14, "E21, S18")),
    _less(
        "NHS Eng., GP members less others",
        (INFLUENCE, "NHS England", "GP members"),
        ("NHS England", "all but GP members"),
        "E21, S18",
    ),
    _line("both equally, all", VISION, "both equally", "all", (Printed(0.33, "E22, S17"), Printed(0.54, "E22, S17"))),
    _less("clinicians less managers, all", (VISION, "clinicians", "all"), ("managers", "all"), "E22, S17"),
    _line("both equally, GP members", VISION, "both equally", "GP members", _NONE),
    _line("both equally, managers", VISION, "both equally", "managers", _NONE),
    _line("agree, all", PLANS, "agree", "all", _both(0.55, "E22, S17")),
    _line("agree, GP members", PLANS, "agree", "GP members", _NONE),
    _line("agree, managers", PLANS, "agree", "managers", _NONE),
    _line("time, all", OBSTACLE, "time", "all", _both("over 92%", "E17, S18", SEVERAL)),
    _less(
        "will and skill, managers less GPs",
        (OBSTACLE, "lack of will and skill", "managers"),
        ("lack of will and skill", "GPs"),
        "E50, S18",
    ),
    _less(
        "bigger forces, GPs less managers",
        (OBSTACLE, "bigger forces", "GPs"),
        ("bigger forces", "managers"),
        "E50, S18",
    ),
    _line("funding, all", OBSTACLE, "funding", "all", _NONE),
)
NOTES = (
    "Another pool: the surveys had 460 to 470 respondents from about four in five of 210 CCGs in England; here it is "
    "every seat-holder of six sites, most of them GPs. A quarter of the surveys' respondents were GP members.",
    "All cells are emergent: no answer was set or fitted. But the scores behind them have assumed, coarse weights, and "
    "defaults of redesign were moved with the line on plans in view (P18, docs/decisions/0008). Read orders of "
    "magnitude.",
    "The sources contradict one another (E21): on their own CCG 38% and about half (both 2018) and a majority (2017); "
    "on accountable officers 'positive' (2017) and under half (2018). Each stands in its own line.",
    "Other bodies could be named in the surveys (hospitals among them), so that 38, 18 and 14% do not add up to all; "
    "the model's respondents choose among three.",
    "Lack of time was named by over 92% who could name several obstacles; the model's respondents name one.",
    "Answers of the model without a printed counterpart: funding as the obstacle, vision and plans by role.",
    "Printed, without a counterpart in the model: clinicians central to nearly all redesigns 35%, to many 25%; who "
    "builds collaborations (managers 43%, jointly 51%, clinicians 5%); influence inside the CCG, which moved a little "
    "to managers.",
    "Which survey a figure comes from is printed for the vision only; all others stand beside both months.",
    "Intervals: 95%, over the model's seeds on the same six sites, not over CCGs. The sources print none.",
)
