"""The measures, in the order of the output: name, label, unit, meaning, and what an empty base gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ccgsim.foundation.tables import Table, as_table


@dataclass(frozen=True, slots=True)
class Measure:
    """One monthly measure: its name, a label for figures, unit, meaning, and what it gives on an empty base."""

    name: str
    label: str
    unit: str
    meaning: str
    empty: str


BOARD = "missing without seat-holders"
PAIR = "missing with fewer than two seat-holders"
PARTS = "missing where all parts are missing, else the geometric mean of the others"
MONTH_0 = "missing at month 0"
OUTSIDE = "missing without ties from the board to outside"
GPS = "missing without active GPs"
CLOSED = "missing once the CCG has no actors left"
COUNT = "0 without projects"


def _ties_to(name: str, whom: str) -> Measure:
    return Measure(f"ties_to_{name}", f"Ties to {whom}", "ties", f"Ties from seat-holders to {whom} as advisers", BOARD)


_HEADLINE = (
    Measure(
        "stability", "Network stability", "share", "Geometric mean of persistence, retention and resilience", PARTS
    ),
    Measure(
        "coherence",
        "Network coherence",
        "share",
        "Geometric mean of coherence within the board, with the frontline, and with needs and practice elsewhere",
        PARTS,
    ),
    Measure(
        "knowledge_mobility", "Knowledge mobility", "share", "Geometric mean of reach, circulation and openness", PARTS
    ),
    Measure("participation", "Participation", "share", "Mean participation of GPs", GPS),
    Measure(
        "participation_board",
        "Participation on the board",
        "share",
        "Mean participation of GPs with a seat",
        "missing without a GP on the board",
    ),
    Measure(
        "participation_frontline",
        "Participation of the frontline",
        "share",
        "Mean participation of GPs without a seat",
        "missing without a GP off the board",
    ),
    Measure("efficacy", "Efficacy", "share", "Mean efficacy of GPs", GPS),
    Measure("manager_control", "Managers' control", "share", "Share of decisions that managers take", CLOSED),
)
_PARTS = (
    Measure(
        "coherence_internal",
        "Coherence within the board",
        "share",
        "1 - mean distance in priorities between two seat-holders",
        PAIR,
    ),
    Measure(
        "coherence_frontline",
        "Coherence with the frontline",
        "share",
        "1 - distance between the board's course and the mean priorities of GPs without a seat",
        "missing without seat-holders or without a GP off the board",
    ),
    Measure(
        "coherence_external",
        "Coherence with needs and practice elsewhere",
        "share",
        "Geometric mean of the course's nearness to needs and best practice, and the board's evidence from elsewhere",
        BOARD,
    ),
    Measure(
        "stability_persistence",
        "Persistence of ties",
        "share",
        "Jaccard index of the board's ties now and 12 months ago; before, now and in month 0, to the power 12/month",
        f"{MONTH_0}, and where there are no ties now or then",
    ),
    Measure(
        "stability_retention",
        "Retention of seat-holders",
        "share",
        "Share of the seats of 12 months ago (in the first year, of month 0) that have the same holder",
        f"{MONTH_0}, and where there were no seats",
    ),
    Measure(
        "stability_resilience",
        "Resilience to a broker's exit",
        "share",
        "Share of the board's outside advisers still reached without its most central member",
        OUTSIDE,
    ),
    Measure(
        "mobility_reach",
        "Reach of knowledge",
        "share",
        "Mean over domains of the knowledge of seat-holders whose job does not come with it",
        BOARD,
    ),
    Measure(
        "mobility_circulation",
        "Circulation of knowledge",
        "share",
        "1 - mean over domains of the difference between the best seat-holder's knowledge and the board's mean",
        BOARD,
    ),
    Measure(
        "mobility_openness", "Openness", "share", "1 - exp(-strength of ties to outside advisers a seat-holder)", BOARD
    ),
)
_NETWORK = (
    Measure(
        "board_density", "Density of the board", "share", "Directed ties among seat-holders over all possible", PAIR
    ),
    Measure("ties_outside", "Outside ties", "ties", "Ties from seat-holders to advisers outside the board", BOARD),
    _ties_to("practices", "practices"),
    _ties_to("pct", "PCT staff"),
    _ties_to("acute", "acute providers"),
    _ties_to("regional", "regional and national bodies"),
    _ties_to("community", "community and mental health providers"),
    _ties_to("local_authorities", "local authorities"),
    _ties_to("other", "others"),
    Measure(
        "broker_reliance",
        "Reliance on the top broker",
        "share",
        "Most central seat-holder's share of the board's betweenness",
        "missing where no seat-holder lies between others",
    ),
    Measure(
        "outside_share_top2", "Outside ties of two", "share", "Share of outside ties held by the two with most", OUTSIDE
    ),
    Measure("broker_centralisation", "Centralisation", "share", "Freeman's centralisation of betweenness", PAIR),
    Measure(
        "cliquishness",
        "Cliquishness",
        "share",
        "Share of board ties that stay inside a legacy group (E-I index, rescaled: 1 all inside)",
        "missing without ties among members of legacy groups",
    ),
    Measure(
        "isolation",
        "Isolation",
        "share",
        "Share of providers and localities without a tie to or from the board",
        "missing without providers and localities",
    ),
    Measure("vacancies", "Vacancies", "share", "Share of seats that are vacant", "missing without seats"),
    Measure(
        "outside_reach",
        "Outside advisers against the start",
        "ratio",
        "Distinct outside advisers of the board over their number at month 0",
        "missing where there were none at month 0",
    ),
    Measure(
        "board_commissioning", "Commissioning knowledge", "share", "Mean commissioning knowledge of seat-holders", BOARD
    ),
    Measure(
        "vision_clinical",
        "Clinicians' part in the vision",
        "share",
        "Share of the weight on the board's course over 12 months that traces to clinicians",
        BOARD,
    ),
    Measure(
        "decision_clinical",
        "Clinicians' part in decisions",
        "share",
        "Share of decided projects that managers did not override",
        "missing without decided projects",
    ),
)
_PROJECTS = (
    Measure("projects_started", "Projects started", "projects", "Projects born since the start", COUNT),
    Measure("projects_approved", "Projects approved", "projects", "Projects past the strategic arena so far", COUNT),
    Measure("projects_live", "Projects live", "projects", "Projects live now", COUNT),
    Measure("projects_sustained", "Projects sustained", "projects", "Projects so far that were live for a year", COUNT),
    Measure("projects_overridden", "Projects overridden", "projects", "Projects overridden by managers so far", COUNT),
    Measure(
        "adoption",
        "Adoption",
        "share",
        "Share of practices using a live project, mean over live projects",
        "missing without live projects",
    ),
    Measure(
        "plan_delivery_gap",
        "Gap between plans and delivery",
        "share",
        "1 - projects that ever went live over projects that reached the programme arena",
        "missing without projects that reached the programme arena",
    ),
)
_STATES = (
    Measure("benchmark", "Comparative data", "share", "Comparative data at hand", CLOSED),
    Measure("cost_transparency", "Cost transparency", "share", "Part of pathway costs that is known", CLOSED),
    Measure("strain", "Financial strain", "share", "Financial strain", CLOSED),
    Measure(
        "overspend",
        "Overspend",
        "share",
        "1 where the last yearly balance lies below 0, else 0; over many CCGs their share",
        "missing before the first yearly balance",
    ),
    Measure("exits", "Exits", "people", "Seat-holders who left this month", CLOSED),
    Measure("migration", "Migration", "people", "Seat-holders whom provider bodies drew away this month", CLOSED),
    Measure("uncertainty", "Policy uncertainty", "share", "National policy uncertainty", CLOSED),
)
MEASURES: tuple[Measure, ...] = (*_HEADLINE, *_PARTS, *_NETWORK, *_PROJECTS, *_STATES)
NAMES: tuple[str, ...] = tuple(measure.name for measure in MEASURES)
MEASURE: dict[str, Measure] = {measure.name: measure for measure in MEASURES}


def rows(*shape: int) -> Table:
    """A table of measures of that shape, a float64 field for each measure, all missing (NaN)."""
    table = np.full((*shape, len(NAMES)), np.nan)
    return as_table(table.view([(name, np.float64) for name in NAMES]).reshape(shape))
