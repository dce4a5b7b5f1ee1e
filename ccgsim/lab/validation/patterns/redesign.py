"""P17 to P19, P21, P22, P27 and P33: projects, plans and change, the PCT, patients and providers."""

from __future__ import annotations

import numpy as np

from ccgsim.foundation import vocabulary as v
from ccgsim.foundation.tables import as_table
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns.pattern import Change, Pattern, world_of
from ccgsim.measures.survey import survey
from ccgsim.world.state import World

EFFORTS = ("strategic_effort", "programme_effort", "delivery_effort")


def arenas(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P17: any weak arena makes projects fail; strengthening one weak arena alone does little."""

    def sustained(**efforts: float) -> np.ndarray:
        return bench.at(world_of("site_b", change, {"redesign": efforts}), "projects_sustained", 84)

    usual = sustained()
    found = [
        judging.ratio(
            f"projects sustained by 84, {name.split('_')[0]} input x .3 over usual",
            sustained(**{name: 0.3}),
            usual,
            high=0.65,
        )
        for name in EFFORTS
    ]
    weak = sustained(**dict.fromkeys(EFFORTS, 0.5))
    gain = usual - weak
    for name in EFFORTS:
        raised = sustained(**(dict.fromkeys(EFFORTS, 0.5) | {name: 1.0})) - weak
        found.append(
            judging.ratio(f"gain from raising {name.split('_')[0]} alone over raising all", raised, gain, high=0.5)
        )
    return tuple(found)


def exceeding(world: World) -> float:
    """Share of survey respondents who agree that plans far exceed change."""
    answers = survey(world)
    asked = answers[answers["question"].str.contains("plans")]
    return float((asked["answer"] == "agree").mean()) if len(asked) else float("nan")


def plans(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P18: about half of respondents say that plans far exceed change."""
    agree = bench.probe(world_of("site_b", change), [66], exceeding)[:, 0]
    return (judging.level("share who agree at 66", agree, 0.45, 0.65),)


def approvals(world: World) -> float:
    """Projects past the strategic arena."""
    return float((world.projects.approved >= 0).sum())


def insecurity(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P19: an insecure, distant PCT lets fewer projects pass."""
    far, near = (
        np.diff(bench.probe(world_of("site_b", change, {"site": {"colocation": c}}), [3, 28], approvals), axis=1)[:, 0]
        for c in (0.0, 1.0)
    )
    return (judging.ratio("approvals in months 3-27, no co-location over co-location", far, near, high=0.8),)


def patients(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P21: structured feedback brings the board closer to needs without more density."""
    little, much = (world_of("site_b", change, {"patients": {"structure": s}}) for s in (0.2, 0.8))
    external = bench.at(much, "coherence_external", 60) - bench.at(little, "coherence_external", 60)
    density = bench.at(much, "board_density", 60) - bench.at(little, "board_density", 60)
    return (
        judging.contrast("external coherence at 60, structure .8 less .2", external, 0.04),
        judging.level("board density, the same", np.array([np.nanmean(density)]), -0.03, 0.03),
    )


def black_box(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P22: costs stay unknown with a single tie to acute providers."""

    def known(ties: int, seats: int) -> np.ndarray:
        events = [{"month": 0, "lever": {"name": "provider_seat", "count": seats}}] if seats else []
        world = world_of("site_b", change, {"site": {"ties_acute": ties}}, events=events)
        return bench.at(world, "cost_transparency", 24)

    one = known(1, 0)
    return (
        judging.beyond("cost transparency at 24 with one acute tie", one, 0.5, above=False),
        judging.contrast("with three acute ties less with one", known(3, 0) - one, 0.0),
        judging.contrast("with a provider's seat less without", known(1, 1) - one, 0.0),
    )


def seats_open(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P33: provider seats on the board make costs known."""
    seats = [{"month": 0, "lever": {"name": "provider_seat", "count": 2}}]
    with_seats = bench.at(world_of("site_b", change, events=seats), "cost_transparency", 36)
    without = bench.at(world_of("site_b", change), "cost_transparency", 36)
    return (judging.contrast("cost transparency at 36, two provider seats less none", with_seats - without, 0.10),)


def data_births(world: World) -> float:
    """Share of projects so far that were started from data; NaN without any."""
    return float((world.projects.origin == v.DATA).mean()) if len(world.projects) else float("nan")


def pathways_at_once(world: World) -> float:
    """Number of pathways with a project in progress or live."""
    return float(len(np.unique(world.projects.pathway[world.projects.outcome == v.OPEN])))


def _adoption_by_legacy(world: World, inside: bool) -> float:
    """Share of practices inside (or outside) the origin's former group that use projects which went live."""
    w, shares = world, []
    gps = as_table(w.actors[w.ccgs.first[0] : w.ccgs.last_gp[0]])
    for project in w.projects[w.projects.live >= 0]:
        using = w.adoption[project.first_adopter : project.first_adopter + len(gps)]
        same = gps.legacy == gps.legacy[gps.locality == project.locality][0]
        shares.append(float(using[same == inside].mean()))
    return float(np.mean(shares)) if shares else float("nan")


def adopted_inside(world: World) -> float:
    """Adoption of projects inside the origin's former group."""
    return _adoption_by_legacy(world, True)


def adopted_outside(world: World) -> float:
    """Adoption of projects outside the origin's former group."""
    return _adoption_by_legacy(world, False)


def origins(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P27: in A data start projects, several at once; in B projects stay inside the former group of their origin."""
    a, b = world_of("site_a", change), world_of("site_b", change)
    share = bench.probe(a, [84], data_births)[:, 0] - bench.probe(b, [84], data_births)[:, 0]
    at_once = bench.probe(a, [60], pathways_at_once)[:, 0]
    inside, outside = (bench.probe(b, [84], p)[:, 0] for p in (adopted_inside, adopted_outside))
    return (
        judging.beyond("data-led share of births by 84, A less B", share, 0.0, above=True),
        judging.beyond("A: pathways at once at 60", at_once, 2.999, above=True),
        judging.beyond(
            "B: adoption inside the origin's former group less twice that outside",
            inside - 2 * outside,
            0.0,
            above=True,
        ),
    )


PATTERNS = (
    Pattern("P17", "Three arenas", "E28", "emergent", "site_b", arenas, {"ablation": {"pooled_arenas": True}}),
    Pattern(
        "P18", "Plans exceed change", "E22", "emergent", "site_b", plans, {"ablation": {"effortless_delivery": True}}
    ),
    Pattern(
        "P19",
        "An insecure PCT holds projects up",
        "E14",
        "emergent",
        "site_b",
        insecurity,
        {"insecurity": {"withholding": 0.0, "devaluation": 1.0}},
    ),
    Pattern(
        "P21",
        "Structured patient voice",
        "E16",
        "emergent",
        "site_b",
        patients,
        {"ablation": {"deaf_to_patients": True}},
    ),
    Pattern("P22", "The black box of costs", "E15", "fitted", "site_b", black_box),
    Pattern(
        "P27",
        "Where projects begin and end",
        "E29, E30",
        "emergent",
        "site_a, site_b",
        origins,
        {"transparency": {"benchmark_gain": 0.0}},
    ),
    Pattern(
        "P33",
        "Provider seats open the box",
        "E15, E43",
        "emergent",
        "site_b",
        seats_open,
        {"transparency": {"seat_weight": 0.0}},
    ),
)
