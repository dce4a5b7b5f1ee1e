"""P1 to P8: the advice networks of the surveyed boards, brokers, and persistence of ties (E2-E5, E8, E14)."""

from __future__ import annotations

from functools import partial

import numpy as np

from ccgsim.course import Course
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns.pattern import Change, Pattern, world_of
from ccgsim.processes.ties.contacts import embeddedness
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.state import World

EVEN = {"site": {"top_brokerage": 1, "lead_brokerage": 1}, "people": {"brokerage_sd": 0}}
EXIT_MONTH = 24


def densities(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P1: board densities at month 12."""
    return (
        judging.level("A's board density at 12", bench.at(world_of("site_a", change), "board_density", 12), 0.66, 0.82),
        judging.level("B's board density at 12", bench.at(world_of("site_b", change), "board_density", 12), 0.56, 0.76),
    )


def legacy_gap(world: World) -> float:
    """Density of board ties within legacy groups less that between them."""
    board = np.flatnonzero((world.actors.board == 1) & (world.actors.legacy >= 0))
    group = world.actors.legacy[board]
    pairs_within = sum(int(n) * (int(n) - 1) for n in np.bincount(group))
    pairs_between = len(board) * (len(board) - 1) - pairs_within
    inside = np.isin(world.ties.source, board) & np.isin(world.ties.target, board)
    same = world.actors.legacy[world.ties.source[inside]] == world.actors.legacy[world.ties.target[inside]]
    if pairs_within == 0 or pairs_between == 0:
        return float("nan")
    return float(same.sum() / pairs_within - (~same).sum() / pairs_between)


def legacy(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P2: former groups are visible on B's board, which is sparser than A's and closer to practices."""
    a, b = world_of("site_a", change), world_of("site_b", change)
    gap = bench.probe(b, [12], legacy_gap)[:, 0]
    density = bench.at(b, "board_density", 12) - bench.at(a, "board_density", 12)
    practices = bench.at(b, "ties_to_practices", 12), bench.at(a, "ties_to_practices", 12)
    return (
        judging.beyond("B: density within less between legacy groups at 12", gap, 0.0, above=True),
        judging.beyond("B's density less A's at 12", density, 0.0, above=False),
        judging.ratio("B's practice ties over A's at 12", *practices, low=1.5),
    )


def mix(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P3: the mix of outside ties."""
    found = []
    for site in ("site_a", "site_b"):
        here, name = world_of(site, change), site[-1].upper()
        found += [
            judging.level(f"{name}: ties to the PCT at 12", bench.at(here, "ties_to_pct", 12), 10, 22),
            judging.level(f"{name}: ties to practices at 12", bench.at(here, "ties_to_practices", 12), 2, 8),
            judging.most(f"{name}: at most 3 acute ties at 12", bench.at(here, "ties_to_acute", 12) <= 3, 0.85),
            judging.level(f"{name}: outside ties at 12", bench.at(here, "ties_outside", 12), 20, 45),
        ]
    return tuple(found)


TYPICAL = {"site": {"ties": "typical", "density": None}}


def colocation(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P4: co-located boards have more PCT ties."""
    near, far = (world_of("site_b", TYPICAL, {"site": {"colocation": c}}, change) for c in (1.0, 0.0))
    ties = bench.at(near, "ties_to_pct", 12), bench.at(far, "ties_to_pct", 12)
    return (judging.ratio("PCT ties at 12, co-located over detached", *ties, low=1.15, high=2.0),)


def brokers(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P5: two members of A hold most outside ties, fewer in B."""
    a, b = (bench.at(world_of(site, change), "outside_share_top2", 12) for site in ("site_a", "site_b"))
    return (
        judging.beyond("A: share of outside ties of the top two at 12", a, 0.5, above=True),
        judging.beyond("the same share, A less B", a - b, 0.0, above=True),
    )


def exit_loss(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P6: a broker's exit costs the centralised board more of its reach."""
    losses = []
    for site in ("site_a", "site_b"):
        calm = world_of(site, change)
        left = world_of(site, change, events=[{"month": EXIT_MONTH, "broker_exit": 1}])
        month = EXIT_MONTH + 6
        losses.append(1 - bench.at(left, "outside_reach", month) / bench.at(calm, "outside_reach", month))
    more = losses[0] - 1.5 * losses[1]  # B may lose almost nothing, so that a ratio would be meaningless
    return (judging.beyond("relative fall of outside reach 6 months after, A less 1.5 x B", more, 0.0, above=True),)


def _hazards_of(scenario: Scenario, months: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Ties at risk and ties lost over the months, for bridges (no common contact) and embedded ties (half)."""
    course, risk, lost = Course(scenario, seed), np.zeros(2), np.zeros(2)
    for _ in range(months):
        ties, contacts = course.world.ties, course.world.contacts
        shared = np.array([embeddedness(t.source, t.target, contacts) for t in ties])
        before = ties.source_key * 2**32 + ties.target_key
        course.step()
        after = course.world.ties.source_key * 2**32 + course.world.ties.target_key
        stays = course.world.actors.active == 1  # a tie that ends because someone left the world has not decayed
        present = course.world.actors.key[stays]
        gone = ~np.isin(before, after) & np.isin(ties.source_key, present) & np.isin(ties.target_key, present)
        for place, group in enumerate((shared == 0, shared >= 0.5)):
            risk[place] += group.sum()
            lost[place] += (gone & group).sum()
    return risk, lost


def bridges(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P7: bridges break sooner than embedded ties."""
    found = []
    for site in ("site_a", "site_b"):
        here = world_of(site, change)
        counts = np.array(bench.each(partial(_hazards_of, here, 12)))
        hazards = counts[:, 1] / counts[:, 0]
        name = f"{site[-1].upper()}: loss of bridges over loss of embedded ties, months 0-12"
        found.append(judging.ratio(name, hazards[:, 0], hazards[:, 1], low=2.0))
    return tuple(found)


def persistence(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P8: ties last moderately."""
    return tuple(
        judging.level(
            f"{site[-1].upper()}: Jaccard index of board ties over 12 months, at 24",
            bench.at(world_of(site, change), "stability_persistence", 24),
            0.30,
            0.65,
        )
        for site in ("site_a", "site_b")
    )


PATTERNS = (
    Pattern("P1", "Boards keep their densities", "E2, E3", "set", "site_a, site_b", densities),
    Pattern(
        "P2",
        "Former groups divide B's board",
        "E4",
        "emergent",
        "site_a, site_b",
        legacy,
        {"ties": {"silo": 0.0, "across_legacy_board": 1.0}},
    ),
    Pattern("P3", "The mix of outside ties", "E2, E5", "fitted", "site_a, site_b", mix),
    Pattern("P4", "Co-location brings PCT ties", "E14", "fitted", "site_b, typical ties", colocation),
    Pattern("P5", "One or two brokers in A", "E4", "set", "site_a, site_b", brokers, EVEN),
    Pattern("P6", "A centralised board loses more with a broker", "E8", "emergent", "site_a, site_b", exit_loss, EVEN),
    Pattern("P7", "Bridges decay", "Burt 2002", "fitted", "site_a, site_b", bridges),
    Pattern("P8", "Moderate persistence", "assumed", "fitted", "site_a, site_b", persistence),
)
