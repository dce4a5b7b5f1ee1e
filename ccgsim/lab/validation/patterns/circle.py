"""P9 to P13 and P28: uncertainty, dialogue, the two regimes and the vicious circle (E18, E20, E27)."""

from __future__ import annotations

import numpy as np

from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
from ccgsim.lab.validation import judging, mean_field
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns.pattern import Change, Pattern, world_of
from ccgsim.run import watched
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.state import World

UNDISTURBED: Change = {
    "engagement": {"waiting": 0.0},
    "ties": {"uncertainty_loss": 0},
    "turnover": {"uncertainty": 0},
    "stepping_in": {"uncertainty": 0},
}


def uncertainty(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P9: stronger shocks discourage."""
    calm, shaken = world_of("site_b", change), world_of("site_b", change, {"policy": {"shocks": 2.0}})
    part = bench.mean(shaken, "participation", 6, 24) - bench.mean(calm, "participation", 6, 24)
    last = bench.mean(shaken, "stability_persistence", 12, 24) - bench.mean(calm, "stability_persistence", 12, 24)
    return (
        judging.contrast("participation in months 6-24, shocks doubled", part, -0.03),
        judging.beyond("persistence in months 12-24, shocks doubled", last, 0.0, above=False),
    )


def dialogue(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P10: dialogue keeps GPs in."""
    little, much = (world_of("site_b", change, {"policy": {"dialogue": d}}) for d in (0.2, 0.8))
    part = bench.at(much, "participation", 60) - bench.at(little, "participation", 60)
    exits = [bench.path(world, "exits", 60).sum(axis=1) for world in (much, little)]
    return (
        judging.contrast("participation at 60, dialogue .8 less .2", part, 0.03),
        judging.ratio("exits by 60, dialogue .8 over .2", exits[0], exits[1], high=0.85),
    )


HIGH = {"participation": 0.9, "efficacy": 0.9, "manager_control": 0.2}
LOW = {"participation": 0.1, "efficacy": 0.1, "manager_control": 0.85}
LEVELS = tuple(round(0.05 * n, 2) for n in range(1, 21))


def still_world(level: float, start: dict[str, float], change: Change) -> Scenario:
    """Site B without dates, pressure or strain, perceived uncertainty fixed at a level, from a given start."""
    still: Change = {
        "stepping_in": {"finance": 0, "uncertainty": 0, "inherited": 0, "inherited_sd": 0},
        "ablation": {"fixed_u": level},
        "start": start,
    }
    return world_of("site_b", still, change, calendar="none")


def window(bench: Bench, change: Change) -> tuple[tuple[float, float] | None, np.ndarray]:
    """Range of uncertainty in which high and low starts stay apart, and the gap at each level."""
    gaps = []
    for level in LEVELS:
        high, low = (bench.at(still_world(level, start, change), "participation", 60) for start in (HIGH, LOW))
        gaps.append(high - low)
    apart = [level for level, gap in zip(LEVELS, gaps, strict=True) if judging.t_interval(gap, 0.95)[1] >= 0.2]
    return ((min(apart), max(apart)) if apart else None), np.array(gaps)


def predicted() -> mean_field.Window | None:
    """The window that the mean field predicts with the parameters behind the pattern; None if it predicts none."""
    world = world_of("site_b", calendar="none")
    try:
        return mean_field.MeanField(stepping_in=world.stepping_in, engagement=world.engagement).window(0.0)
    except ValueError:  # peers alone would make two regimes: the theory has no window of uncertainty
        return None


def regimes(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P11: two regimes over a window of uncertainty, as the mean field predicts."""
    found, gaps = window(bench, change)
    folds = predicted()
    low, high = found if found else (np.nan, np.nan)
    at_low, at_high = (folds.low, folds.high) if folds else (np.nan, np.nan)
    return (
        judging.beyond("largest gap between starts at 60", gaps.mean(axis=1).max(keepdims=True), 0.2, above=True),
        judging.level("lower end of the window", np.array([low]), at_low - 0.1, at_low + 0.1),
        judging.level("upper end of the window", np.array([high]), at_high - 0.1, at_high + 0.1),
        judging.beyond("gap at uncertainty .05", gaps[0], 0.05, above=False),
    )


def other_gps(world: World) -> float:
    """Mean participation of the GPs below the top quarter by capability."""
    gps = world.actors[(world.actors.kind == v.GP) & (world.actors.active == 1)]
    return float(gps.participation[gps.capability < np.quantile(gps.capability, 0.75)].mean())


CUT_MONTH, AFTER, LATER = 36, 6, 12
ENOUGH = 100  # worlds


def _disturbed(seed: int, scenario: Scenario, control: np.ndarray | None = None) -> tuple[float, float, np.ndarray]:
    """Control summed over the six months after, others' participation a year after, and the path of control."""
    course = Course(scenario, seed)
    if control is not None:
        course.control_path = control[1:]
    path = watched(course, CUT_MONTH + LATER)["manager_control"].to_numpy()
    return float(path[CUT_MONTH + 1 : CUT_MONTH + AFTER + 1].mean()), other_gps(course.world), path


def circle_effects(bench: Bench, change: Change, pressure: float = 0.18) -> np.ndarray:
    """Per seed: rise of control, fall of the others' participation, and that fall with control held to its old path."""
    near = {"stepping_in": {"inherited": pressure, "inherited_sd": 0}}
    calm = world_of("site_b", near, change, calendar="none", events=[])
    cut = {"month": CUT_MONTH, "lower_participation": {"of": "top_quartile", "by": 0.15}}
    hit = world_of("site_b", near, change, calendar="none", events=[cut])

    def act(seed: int) -> tuple[float, float, float]:
        control, others, path = _disturbed(seed, calm)
        control_hit, others_hit, _ = _disturbed(seed, hit)
        _, others_held, _ = _disturbed(seed, hit, path)
        return control_hit - control, others_hit - others, others_held - others

    return np.array(bench.each(act))


def circle(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P12: when the capable give less, managers step in and the others give less too."""
    short = 60 <= len(bench.seeds) < ENOUGH  # a small effect: where a judgement is meant, it takes more worlds
    first = bench.seeds[0]
    effects = circle_effects(Bench(range(first, first + ENOUGH)) if short else bench, change)
    return (
        judging.beyond("control in the 6 months after the capable give less", effects[:, 0], 0.0, above=True),
        judging.beyond("participation of the others a year after", effects[:, 1], 0.0, above=False),
    )


def circle_held(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P12's ablation: with control held to the undisturbed path the effect falls by 60%."""
    effects = circle_effects(bench, change)
    return (judging.ratio("effect on the others, control held over free", effects[:, 2], effects[:, 1], low=0.4),)


def gp_seat_months(world: World) -> float:
    """Number of exits of GPs from their seats so far."""
    return float(world.seats.exits[world.seats.kind == v.GP].sum())


def gp_seats(world: World) -> float:
    """Seats for GPs."""
    return float((world.seats.kind == v.GP).sum())


RESIGNATIONS = (
    2.9,
    5.7,
    10.2,
)  # % a year in 2011/12, 2012/13 and 2013/14 (freedom-of-information survey, GPonline 2013)
YEARS = (4, 16, 28, 40)


def exits(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P13: exits of board GPs rise as observed."""
    world = world_of("site_b", change)
    so_far = bench.probe(world, YEARS, gp_seat_months)
    seats = bench.probe(world, [0], gp_seats)[:, 0]
    yearly = 100 * np.diff(so_far, axis=1) / seats[:, None]
    found = []
    for place, observed in enumerate(RESIGNATIONS):
        name = f"exits of board GPs in {2011 + place}/{12 + place} over those observed"
        found.append(judging.ratio(name, yearly[:, place], np.full(len(yearly), observed), 1 / 1.6, 1.6))
    rising = np.diff(yearly.mean(axis=0)).min(keepdims=True)
    return (*found, judging.beyond("least rise from year to year [% a year]", rising, 0.0, above=True))


ACTIVE = 0.5


def active_capability(world: World) -> float:
    """Mean capability of the GPs who take part."""
    gps = world.actors[(world.actors.kind == v.GP) & (world.actors.active == 1)]
    active = gps.participation >= ACTIVE
    return float(gps.capability[active].mean()) if active.any() else float("nan")


def capable(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P28: in the low regime the capable hold back."""
    level = {"stepping_in": {"inherited": 0.2, "inherited_sd": 0}}
    low = world_of("site_b", level, {"start": LOW}, change, calendar="none")
    high = world_of("site_b", level, {"start": HIGH}, change, calendar="none")
    at_60 = bench.probe(low, [60], active_capability)[:, 0]
    at_start = bench.probe(high, [0], active_capability)[:, 0]
    return (judging.contrast("mean capability of active GPs at 60 against the high start", at_60 - at_start, -0.05),)


PATTERNS = (
    Pattern("P9", "Uncertainty discourages", "E18", "emergent", "site_b", uncertainty, UNDISTURBED),
    Pattern(
        "P10", "Dialogue protects", "E18, E41", "emergent", "site_b", dialogue, {"policy": {"dialogue_effect": 0.0}}
    ),
    Pattern("P11", "Two regimes", "E20", "emergent", "site_b, no dates", regimes, {"stepping_in": {"steepness": 0.0}}),
    Pattern("P12", "The vicious circle", "E20", "emergent", "site_b, pressure .18", circle, ablation_judge=circle_held),
    Pattern(
        "P13",
        "Exits of board GPs rise",
        "GPonline 2013",
        "fitted",
        "site_b",
        exits,
        {"turnover": {"load": 0.0, "disengagement": 0.0}},
    ),
    Pattern(
        "P28",
        "The capable hold back",
        "E20",
        "emergent",
        "site_b, low",
        capable,
        {"engagement": {"capable_outside": 0.0}},
    ),
)
