"""P34 to P41 and P44: the network and the circle drive each other (Z12, Z13, S18; E7 to E20)."""

from __future__ import annotations

import numpy as np

from ccgsim.course import Course, Step
from ccgsim.foundation import vocabulary as v
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns.pattern import Change, Pattern, world_of
from ccgsim.lab.validation.patterns.redesign import EFFORTS
from ccgsim.run import watched
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.state import World

NO_COURSE: Change = {"decisions": {"course": 0.0}}
UNSEEN: Change = {"engagement": {"results": 0.0, "results_worth": 0.0}}
KNOWLEDGE_UNREAD: Change = {"redesign": {"knowledge": 0.0}}
NOTHING_CARRIED: Change = {"redesign": {"carrying": 0.0}}
NO_LETTING_GO: Change = {"ties": {"letting_go": 0.0, "search_engaged": 0.0}}


def circle_less_none(bench: Bench, change: Change, measure: str) -> np.ndarray:
    """A measure of the vicious circle at 60, less the same without its announcements, one value per seed."""
    circle, none = (world_of(name, change) for name in ("vicious_circle", "vicious_circle_no_shock"))
    apart: np.ndarray = bench.at(circle, measure, 60) - bench.at(none, measure, 60)
    return apart


def turned_away(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P34: the circle turns the board from its frontline."""
    found = {name: circle_less_none(bench, change, name) for name in ("coherence_frontline", "coherence")}
    return (
        judging.contrast(
            "coherence with the frontline at 60, the circle less none", found["coherence_frontline"], -0.05
        ),
        judging.contrast("coherence at 60, the same", found["coherence"], -0.05),
    )


def misaligned(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P35: uncertainty costs alignment."""
    unsure, sure = (
        bench.mean(world_of("site_b", {"policy": {"uncertainty": u}}, change), "coherence_frontline", 1, 72)
        for u in (0.6, 0.15)
    )
    return (judging.contrast("coherence with the frontline in 1-72, uncertainty .6 less .15", unsure - sure, -0.05),)


def dense_engages(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P36: a dense board engages."""
    dense, sparse = (world_of("site_b", {"site": {"density": d}}, change) for d in (0.9, 0.3))
    part = bench.mean(dense, "participation", 1, 72) - bench.mean(sparse, "participation", 1, 72)
    many, few = (bench.at(world, "projects_sustained", 72) for world in (dense, sparse))
    return (
        judging.contrast("participation in 1-72, density .9 less .3", part, 0.03),
        judging.ratio("projects sustained by 72, the same", many, few, low=1.3),
    )


def results_engage(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P37: where any arena is weak, little comes of taking part, and fewer take part."""
    usual = bench.mean(world_of("site_b", change), "participation", 13, 84)
    found = []
    for effort in EFFORTS:
        weak = bench.mean(world_of("site_b", {"redesign": {effort: 0.3}}, change), "participation", 13, 84)
        name = f"participation in 13-84, {effort.split('_')[0]} input x .3 less usual"
        found.append(judging.contrast(name, weak - usual, -0.03))
    return tuple(found)


FORGET_MONTH, FORGET_UNTIL = 12, 84


def forget(world: World) -> None:
    """At month 12 the board loses half of what it knows of commissioning, for good."""
    if world.month == FORGET_MONTH:
        seated = world.actors.board == 1
        world.actors.knowledge[seated, v.COMMISSIONING] *= 0.5
        world.actors.native[seated, v.COMMISSIONING] *= 0.5


def sustained_after_forgetting(seed: int, scenario: Scenario) -> float:
    """Projects sustained by 84 where the board forgets."""
    series = watched(Course(scenario, seed, [Step("forgetting", forget)]), FORGET_UNTIL)
    return float(series["projects_sustained"].iloc[FORGET_UNTIL])


def knowledge_serves(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P38: knowledge serves decisions."""
    world = world_of("site_b", change)
    usual = bench.at(world, "projects_sustained", 84)
    read = bench.at(world_of("site_b", {"knowledge": {"depository": 0.5}}, change), "projects_sustained", 84)
    forgot = np.array(bench.each(lambda seed: sustained_after_forgetting(seed, world)))
    return (
        judging.ratio("projects sustained by 84, depository .5 over none", read, usual, low=1.08),
        judging.ratio(
            "the same, the board's knowledge of commissioning halved at 12 over usual", forgot, usual, high=0.9
        ),
    )


def brokers_carry(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P39: a great broker's exits cost output, where one carries more than where several do."""
    part, left, usual = {}, {}, {}
    for site in ("site_a", "site_b"):
        stays, leaves = (world_of(site, {"turnover": {"broker_exits": n}}, change) for n in (0, 3))
        part[site] = bench.mean(leaves, "participation", 25, 84) - bench.mean(stays, "participation", 25, 84)
        usual[site], left[site] = (bench.at(world, "projects_sustained", 84) for world in (stays, leaves))
    kept = {site: left[site] / usual[site].mean() for site in left}
    return (
        judging.contrast("A: participation in 25-84, exits at 24, 36 and 48 less none", part["site_a"], -0.015),
        judging.ratio("A: projects sustained by 84, the same", left["site_a"], usual["site_a"], high=0.9),
        judging.ratio("share of sustained projects kept, A over B", kept["site_a"], kept["site_b"], high=1.0),
    )


def withdrawal(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P40: withdrawal erodes the network."""
    circle, none = (
        bench.at(world_of(name, change), "ties_to_practices", 60)
        for name in ("vicious_circle", "vicious_circle_no_shock")
    )
    stability, mobility = (circle_less_none(bench, change, name) for name in ("stability", "knowledge_mobility"))
    return (
        judging.contrast("stability at 60, the circle less none", stability, -0.06),
        judging.contrast("knowledge mobility at 60, the same", mobility, -0.04),
        judging.ratio("ties to practices at 60, the circle over none", circle, none, high=0.85),
    )


def voice_engages(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P41: patients' structured voice engages."""
    much, little = (
        bench.mean(world_of("site_b", {"patients": {"structure": s}}, change), "participation", 37, 84)
        for s in (0.6, 0.2)
    )
    return (judging.contrast("participation in 37-84, structure .6 less .2", much - little, 0.015),)


HEADLINES: dict[str, list[Change]] = {  # each headline parameter of site B from its low to its high value
    "network size 20 to 120": [{"site": {"practices": n, "hold": "localities"}} for n in (20, 120)],
    "density .3 to .9": [{"site": {"density": d}} for d in (0.3, 0.9)],
    "broker exits 0 to 3": [{"turnover": {"broker_exits": n}} for n in (0, 3)],
    "uncertainty .15 to .6": [{"policy": {"uncertainty": u}} for u in (0.15, 0.6)],
}
REACHED = ("stability", "coherence", "participation")
REACH_MONTHS = 72


def reaches(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P44 (reported): each headline parameter moves both headline measures and participation."""
    found = []
    for name, (low, high) in HEADLINES.items():
        for measure in REACHED:
            paths = [bench.path(world_of("site_b", end, change), measure, REACH_MONTHS) for end in (low, high)]
            moved = paths[1] - paths[0]
            month = int(np.abs(np.nanmean(moved, axis=0)).argmax())
            found.append(judging.reported(f"{measure}, {name}, most at {month}", moved[:, month]))
    return tuple(found)


PATTERNS = (
    Pattern(
        "P34",
        "The circle turns the board from its frontline",
        "S18",
        "emergent",
        "vicious_circle",
        turned_away,
        NO_COURSE,
    ),
    Pattern("P35", "Uncertainty costs alignment", "Z13", "emergent", "site_b", misaligned, NO_COURSE),
    Pattern("P36", "A dense board engages", "E9, E17", "emergent", "site_b", dense_engages, UNSEEN),
    Pattern("P37", "Results engage", "E17", "emergent", "site_b", results_engage, UNSEEN),
    Pattern("P38", "Knowledge serves decisions", "E14, E37", "emergent", "site_b", knowledge_serves, KNOWLEDGE_UNREAD),
    Pattern(
        "P39", "A great broker's exits cost output", "E8", "emergent", "site_a, site_b", brokers_carry, NOTHING_CARRIED
    ),
    Pattern(
        "P40", "Withdrawal erodes the network", "E12, E13", "emergent", "vicious_circle", withdrawal, NO_LETTING_GO
    ),
    Pattern("P41", "Patients' structured voice engages", "E16", "emergent", "site_b", voice_engages, UNSEEN),
    Pattern("P44", "Each headline parameter reaches the headline measures", "E9, E10", "reported", "site_b", reaches),
)
