"""Figure 4 of Zachariadis et al. 2013: features of the drawn networks of A and B, as measures (E4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ccgsim.course import Course
from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.reproduce import readings
from ccgsim.lab.reproduce.cell import EMERGENT, FITTED, SET, Beside, Cell, Place, Printed, cell, gathered
from ccgsim.lab.reproduce.readings import Reading
from ccgsim.lab.validation.patterns.network import legacy_gap
from ccgsim.measures.observer import Observer
from ccgsim.run import under_way
from ccgsim.scenario.scenario import load
from ccgsim.world.state import World

AT = 12
SITES = ("site_a", "site_b")
NOTHING = Printed(None)


@dataclass(frozen=True, slots=True)
class Sight:
    """One feature of the drawings: its reading (or measure), what the source says of A, of B and of A less B."""

    words: str
    reading: Reading | str
    a: Printed
    b: Printed
    against: Printed
    origins: tuple[str, str]  # at months 0 and 12


SIGHTS = (
    Sight(
        "density of the board",
        "board_density",
        Printed(0.737, "E3", "directed count: our reading"),
        Printed(0.622, "E3", "directed count: our reading; one of 13 did not answer"),
        Printed(0.115, "E3", "difference of the two printed figures"),
        (SET, FITTED),
    ),
    Sight(
        "spread of ties on the board (sd/mean)",
        readings.evenness,
        Printed("small", "E4", "communication across the board is called uniform; no figure is given"),
        NOTHING,
        NOTHING,
        (SET, EMERGENT),
    ),
    Sight(
        "top member's share of betweenness",
        "broker_reliance",
        Printed("very large", "E4", "one large broker, no figure"),
        NOTHING,
        Printed("above 0", "E4", "the drawing of A has one large broker, that of B several"),
        (SET, SET),
    ),
    Sight(
        "centralisation of betweenness",
        "broker_centralisation",
        Printed("high", "E4", "central leadership, no figure"),
        NOTHING,
        Printed("above 0", "E4", "B's structure is called more distributed"),
        (SET, SET),
    ),
    Sight(
        "top by betweenness has most contacts",
        readings.top_is_one,
        Printed("yes", "E4", "share of worlds"),
        NOTHING,
        NOTHING,
        (SET, SET),
    ),
    Sight(
        "outside ties held by two members",
        "outside_share_top2",
        Printed("above 0.5", "E4", "one or two have the majority (first version)"),
        NOTHING,
        Printed("above 0", "E4", "B is more distributed (first version)"),
        (SET, SET),
    ),
    Sight(
        "betweenness, locality leads over others",
        readings.leads_over_others,
        NOTHING,
        Printed("above 1", "E4", "the larger circles are former groups' leaders"),
        Printed("below 0", "E4", "leads are the hubs in B, one broker in A"),
        (SET, SET),
    ),
    Sight(
        "kinds of outside adviser a lead has, of 5",
        readings.leads_ask,
        NOTHING,
        Printed("high", "E4", "well connected with PCT, practices, providers and local authorities (first version)"),
        NOTHING,
        (SET, SET),
    ),
    Sight(
        "kinds of outside adviser another member has, of 5", readings.others_ask, NOTHING, NOTHING, NOTHING, (SET, SET)
    ),
    Sight(
        "strength of ties to practices",
        readings.strength_to_practices,
        NOTHING,
        Printed("thicker", "E4", "thicker lines to practices than in A, no figure"),
        Printed("below 0", "E4", "lines to practices are thicker in B"),
        (EMERGENT, EMERGENT),
    ),
    Sight(
        "strength of the other outside ties",
        readings.strength_elsewhere,
        NOTHING,
        NOTHING,
        NOTHING,
        (EMERGENT, EMERGENT),
    ),
    Sight(
        "density within less between old groups",
        legacy_gap,
        NOTHING,
        Printed("above 0", "E4", "competition between leaders of former groups"),
        NOTHING,
        (SET, EMERGENT),
    ),
)
NOTES = (
    "The source prints two densities and a drawing; all else it says in words, given here as a sign or an order.",
    "The brokers are set: A's chair has brokerage 15, B's locality leads 1.6 times the rest (scenarios site_a, "
    "site_b), and the start draws outside ties by brokerage. That they are still there at month 12 is not counted as "
    "shown (P5).",
    "Density at month 12 is fitted by flow balance, see table4. The gap between former groups is set at month 0 by "
    "the weights of places, and emergent later: gone without silos (P2).",
    "The strength of ties is emergent: it grows with the participation of both ends and fades; no site sets it.",
    "'A less B' pairs the two sites by seed.",
    "One of B's 13 members did not answer, so that the drawing of B lacks one member's ties; the model's does not.",
)


def reproduced(seeds: range, progress: Progress | None = None) -> Beside:
    """The features of figure 4 beside the model at months 0 and 12 on these seeds."""
    found = gathered(_read, SITES, seeds, progress)
    return Beside("Figure 4: what the drawings of the networks of A and B show", cells_of(found), NOTES)


def cells_of(found: dict[str, np.ndarray]) -> tuple[Cell, ...]:
    """The cells from the readings by site, shape (seeds, 2, features): months 0 and 12."""
    cells: list[Cell] = []
    for n, sight in enumerate(SIGHTS):
        a, b = (found[site][:, :, n] for site in SITES)
        for letter, source, values in (("A", sight.a, a), ("B", sight.b, b)):
            if not np.isnan(values).all():
                cells += _row(sight.words, letter, source, values, sight.origins)
        if sight.against is not NOTHING:
            cells += _row(sight.words, "A less B", sight.against, a - b, sight.origins)
    return tuple(cells)


def _row(words: str, site: str, source: Printed, values: np.ndarray, origins: tuple[str, str]) -> Iterator[Cell]:
    """A feature of a site in both months; `values` has shape (seeds, 2)."""
    for n, (month, origin) in enumerate(zip((0, AT), origins, strict=True)):
        yield cell(Place("figure4", f"{words}: {site}", f"month {month}"), source, values[:, n], origin)


def _read(job: tuple[str, int]) -> np.ndarray:
    """Every feature of a site on a seed in months 0 and 12, shape (2, features)."""
    site, seed = job
    course = Course(load(site), seed)
    observer, rows = Observer(course.world, AT), []
    for month in under_way(course, AT):
        observer.observe(course.world)
        if month in (0, AT):
            rows.append([_value(each.reading, course.world, observer) for each in SIGHTS])
    return np.array(rows, dtype=float)


def _value(reading: Reading | str, world: World, observer: Observer) -> float:
    return observer.latest()[reading] if isinstance(reading, str) else reading(world)
