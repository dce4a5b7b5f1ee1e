"""P14 to P16, P20, P29, P31, P32: size, localities, silos, density, loose or rigid ties (E9-E13, E30, E52)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns.pattern import Change, Pattern, world_of
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.state import World

LIST = 6967


def sized(population: int, localities: int, *changes: Change) -> Scenario:
    """A CCG like site B of another size, with typical ties."""
    site = {
        "population": population,
        "practices": round(population / LIST),
        "localities": localities,
        "ties": "typical",
        "density": None,
        "board": 13,
    }
    return world_of("site_b", {"site": site}, *changes)


def diluted(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P14: without localities efficacy falls with size."""
    large, small = (bench.at(sized(n, 1, change), "efficacy", 60) for n in (400_000, 50_000))
    return (judging.ratio("efficacy at 60, 400,000 over 50,000 without localities", large, small, high=0.85),)


def mitigated(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P15: localities at least halve that fall; full devolution lowers adoption across the CCG."""
    small, large = (bench.at(sized(n, 1, change), "efficacy", 60) for n in (50_000, 400_000))
    local = bench.at(sized(400_000, 5, change), "efficacy", 60)
    devolved = bench.probe(sized(400_000, 19, change), [140], practices_reached)[:, 0]
    grouped = bench.probe(sized(400_000, 5, change), [140], practices_reached)[:, 0]
    return (
        judging.ratio("fall of efficacy with localities over without", small - local, small - large, high=0.5),
        judging.ratio("practices reached by 140, full devolution over five localities", devolved, grouped, high=1.0),
    )


def practices_reached(world: World) -> float:
    """Mean adoptions per practice: adopters of all projects that ever went live, over practices."""
    live = world.projects.live >= 0
    return float(world.projects.adopters[live].sum() / world.ccgs.practices[0])


def reach_of_live(world: World) -> float:
    """Mean share of practices reached by projects that ever went live; NaN without any."""
    live = world.projects.live >= 0
    return float(world.projects.adopters[live].mean() / world.ccgs.practices[0]) if live.any() else float("nan")


def silos(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P16: silos between former groups block spread."""
    apart, joined = (
        bench.probe(world_of("site_b", change, {"ties": {"silo": s}}), [84], reach_of_live)[:, 0] for s in (0.95, 0.0)
    )
    return (
        judging.ratio("share of practices that live projects reach by 84, silo .95 over 0", apart, joined, high=0.7),
    )


def open_or_closed(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P29: dense and open boards sustain most projects; density and openness work together."""
    many: dict[str, Any] = {
        "ties": "surveyed",
        "ties_pct": 18,
        "ties_practices": 6,
        "ties_acute": 3,
        "ties_regional": 2,
    }
    many |= {"ties_community": 4, "ties_local_authorities": 6, "ties_other": 3}
    few: dict[str, Any] = {"ties_pct": 3, "ties_practices": 1, "ties_acute": 0, "ties_regional": 0, "ties_community": 0}
    few |= {"ties": "surveyed", "ties_local_authorities": 1, "ties_other": 0}

    def sustained(density: float, ties: dict[str, Any]) -> np.ndarray:
        world = world_of("site_b", {"site": {"density": density} | ties}, change)
        return bench.at(world, "projects_sustained", 84)

    dense_open, dense_closed = sustained(0.75, many), sustained(0.75, few)
    sparse_open, sparse_closed = sustained(0.3, many), sustained(0.3, few)
    return (
        judging.contrast(
            "projects sustained by 84, dense and open less dense and closed", dense_open - dense_closed, 0.0
        ),
        judging.contrast("the same less sparse and open", dense_open - sparse_open, 0.0),
        judging.beyond("interaction", dense_open - dense_closed - sparse_open + sparse_closed, 0.0, above=True),
    )


def yearly_spread(world: World) -> float:
    """The last yearly balance [share of budget]."""
    return float(world.ccgs.balance_of_year[0])


def steadier(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P31: larger CCGs have steadier balances and less engagement."""
    no_drift = {"finance": {"drift_sd": 0}}
    ends = range(4, 124, 12)
    large, small = (
        bench.probe(sized(n, max(1, round(n / LIST / 12)), no_drift, change), list(ends), yearly_spread)
        for n in (400_000, 50_000)
    )
    spread = large.std(axis=1, ddof=1) - small.std(axis=1, ddof=1)
    part = [bench.at(sized(n, 1, change), "participation", 60) for n in (400_000, 50_000)]
    return (
        judging.beyond("sd of yearly balances, 400,000 less 50,000", spread, 0.0, above=False),
        judging.beyond("participation at 60, 400,000 less 50,000", part[0] - part[1], 0.0, above=False),
    )


TURNOVERS = (0.05, 0.2, 0.5, 1.0, 2.0, 4.0, 7.0)


def loose_or_eroded(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P32: adoption peaks at an intermediate rate of tie turnover."""
    reach = []
    for scale in TURNOVERS:
        turning = {"ties": {"base_loss": 0.026 * scale, "practice_practice": min(0.3, 0.03 * scale)}}
        reach.append(bench.probe(world_of("site_b", turning, change), [84], practices_reached)[:, 0])
    means = np.array([r.mean() for r in reach])
    best = int(means[1:-1].argmax()) + 1
    return (
        judging.contrast(
            f"practices reached by 84, turnover x {TURNOVERS[best]:g} less the slowest", reach[best] - reach[0], 0.0
        ),
        judging.contrast("the same less the fastest", reach[best] - reach[-1], 0.0),
    )


CROSSINGS = (0.02, 0.06, 0.12, 0.25, 0.5, 1.0)


def crossing(world: World) -> float:
    """Share of ties between practices that cross localities."""
    source, target = world.ties.source, world.ties.target
    practices = (world.actors.practice[source] >= 0) & (world.actors.practice[target] >= 0)
    apart = world.actors.locality[source] != world.actors.locality[target]
    return float((practices & apart).sum() / max(1, practices.sum()))


def semi_isolation(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P20 (reported): the share of practices' ties across localities at which most practices are reached."""
    worlds = [world_of("site_b", {"ties": {"across_localities": c}}, change) for c in CROSSINGS]
    reach = np.stack([bench.probe(w, [60, 84], practices_reached)[:, 1] for w in worlds])
    shares = np.stack([bench.probe(w, [60], crossing)[:, 0] for w in worlds])
    best = shares[reach.argmax(axis=0), np.arange(reach.shape[1])]
    return (judging.reported("share of practices' ties across localities where reach by 84 peaks", best),)


PATTERNS = (
    Pattern(
        "P20",
        "Where reach peaks between isolation and mixing",
        "Fang et al. 2010",
        "reported",
        "site_b",
        semi_isolation,
    ),
    Pattern(
        "P14", "Size dilutes", "E10", "emergent", "a CCG like B", diluted, {"ablation": {"heard_everywhere": True}}
    ),
    Pattern(
        "P15",
        "Localities mitigate, and cost",
        "E10, E52",
        "emergent",
        "a CCG of 400,000",
        mitigated,
        {"ablation": {"no_locality_access": True}},
    ),
    Pattern(
        "P16", "Silos block spread", "E11, E30", "emergent", "site_b", silos, {"ablation": {"uniform_adoption": True}}
    ),
    Pattern(
        "P29",
        "Dense and open boards sustain most",
        "E9",
        "emergent",
        "site_b",
        open_or_closed,
        {"ablation": {"arenas_without_network": True}},
    ),
    Pattern(
        "P31",
        "Steadier money, less engagement",
        "E10",
        "emergent",
        "a CCG like B",
        steadier,
        {"ablation": {"size_free": True}},
    ),
    Pattern(
        "P32",
        "Loose against eroded",
        "E13",
        "emergent",
        "site_b",
        loose_or_eroded,
        {"ablation": {"uniform_adoption": True}},
    ),
)
