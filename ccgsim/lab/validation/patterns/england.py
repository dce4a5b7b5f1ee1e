"""P23 to P26, P30: many CCGs at once: imitation, collaboration, pioneers, overspending, influence (E23-E25)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from ccgsim.course import Course
from ccgsim.lab.validation import judging
from ccgsim.lab.validation.bench import Bench
from ccgsim.lab.validation.judging import Verdict
from ccgsim.lab.validation.patterns.pattern import Change, Pattern, world_of
from ccgsim.measures.survey import QUESTIONS, survey
from ccgsim.processes.rating import is_sustained
from ccgsim.run import under_way
from ccgsim.scenario.scenario import Scenario
from ccgsim.world.state import World

WORLDS = 10
IMITATED_FROM, IMITATED_TO = 36, 96  # five years in which CCGs are live
PIONEERS, OVERSPENT, SURVEYED, COLLABORATED = 60, (64, 76), 66, 72  # March 2016 and 2017 end at 64 and 76
FEW_PROJECTS = 1


@dataclass(frozen=True)
class Seen:
    """Readings of one England: an entry for each CCG, missing if it has merged by then."""

    plans: np.ndarray  # (2, CCGs, 6) at the beginning and the end of the years of imitation
    live: np.ndarray  # (2, CCGs) live projects then
    sustained: np.ndarray  # (CCGs,)
    overspent: np.ndarray  # (2,) share of CCGs
    rating: np.ndarray  # (CCGs,) when collaboration is read
    together: np.ndarray  # (CCGs,)
    influence: float  # rank correlation of self-named influence with the rating at the survey


def englands(bench: Bench, change: Change) -> list[Seen]:
    """Readings of England under a change of parameters, one per seed."""
    scenario = world_of("england", change)
    return bench.kept(f"{__name__} {scenario.resolved()}", lambda seed: look(scenario, seed))


def look(scenario: Scenario, seed: int) -> Seen:
    """Run one England through the months of these patterns and take their readings."""
    course = Course(scenario, seed)
    plans, live, overspent = [], [], []
    for month in under_way(course, IMITATED_TO):
        w = course.world
        alive = np.where(w.ccgs.merged_into < 0, 1.0, np.nan)
        if month in (IMITATED_FROM, IMITATED_TO):
            plans.append(w.ccgs.plans * alive[:, None])
            live.append(_count(w, (w.projects.live >= 0) & (w.projects.ended < 0)) * alive)
        if month == PIONEERS:
            sustained = _count(w, np.array([is_sustained(p, month) for p in w.projects], bool)) * alive
        if month in OVERSPENT:
            overspent.append(float(np.nanmean((w.ccgs.balance_of_year < 0) * alive)))
        if month == SURVEYED:
            influence = _influence(w)
        if month == COLLABORATED:
            rating, together = w.ccgs.rating * alive, w.ccgs.collaborating * alive
    return Seen(np.array(plans), np.array(live), sustained, np.array(overspent), rating, together, influence)


def _count(world: World, which: np.ndarray) -> np.ndarray:
    """Number of these projects in each CCG."""
    return np.bincount(world.projects.ccg[which], minlength=len(world.ccgs)).astype(float)


def _influence(world: World) -> float:
    """Rank correlation over CCGs of the rating with the share of seat-holders who name their own CCG first."""
    answers = survey(world)
    question, (own, *_) = next(iter(QUESTIONS.items()))
    asked = answers[answers["question"] == question]
    share = (asked["answer"] == own).groupby(asked["ccg"]).mean()
    return float(stats.spearmanr(share, world.ccgs.rating[share.index.to_numpy()]).statistic)


def _variance(columns: np.ndarray, both: np.ndarray) -> float:
    """Variance between those CCGs, summed over columns."""
    return float(np.var(columns[both].reshape(both.sum(), -1), axis=0).sum())


def imitation(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P23: plans become alike, practice does not."""
    plans, live = [], []
    for seen in englands(bench, change):
        both = np.isfinite(seen.live).all(axis=0)
        plans.append(1 - _variance(seen.plans[1], both) / _variance(seen.plans[0], both))
        live.append(1 - _variance(seen.live[1], both) / _variance(seen.live[0], both))
    return (
        judging.beyond("fall of the variance of plans between CCGs, 36 to 96", np.array(plans), 0.25, above=True),
        judging.beyond("fall of the variance of live projects, 36 to 96", np.array(live), 0.10, above=False),
    )


def collaboration(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P24: those in the middle collaborate more than those at the top and those at the bottom."""
    quarters = []
    for seen in englands(bench, change):
        alive = np.isfinite(seen.rating)
        rank = np.argsort(np.argsort(seen.rating[alive], kind="stable"), kind="stable") * 4 // alive.sum()
        quarters.append([seen.together[alive][rank == q].mean() for q in range(4)])
    bottom, low, high, top = np.array(quarters).T
    middle = (low + high) / 2
    return (
        judging.ratio("collaboration of the middle half over the top quarter at 72", middle, top, low=1.10),
        judging.ratio("collaboration of the middle half over the bottom quarter at 72", middle, bottom, low=1.10),
    )


def pioneers(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P25: a minority of CCGs has most sustained projects."""
    top, few = [], []
    for seen in englands(bench, change):
        counts = np.sort(seen.sustained[np.isfinite(seen.sustained)])[::-1]
        top.append(counts[: len(counts) // 5].sum() / max(1.0, counts.sum()))
        few.append((counts <= FEW_PROJECTS).mean())
    return (
        judging.beyond("share of sustained projects with the top fifth at 60", np.array(top), 0.35, above=True),
        judging.beyond("share of CCGs with at most one at 60", np.array(few), 0.30, above=True),
    )


def overspending(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P26: the share of CCGs that overspend."""
    share = np.array([seen.overspent.mean() for seen in englands(bench, change)])
    return (judging.level("share that overspend, 2015/16 and 2016/17", share, 0.21, 0.33),)


def influence(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P30: respondents of better-rated CCGs more often name their own CCG as influential."""
    found = np.array([seen.influence for seen in englands(bench, change)])
    return (judging.beyond("rank correlation of self-named influence with rating at 66", found, 0.0, above=True),)


PATTERNS = (
    Pattern(
        "P23",
        "CCGs imitate one another's aims, not practice",
        "E25",
        "emergent",
        "england",
        imitation,
        {"collaboration": {"imitation": 0.0}},
        most_seeds=WORLDS,
    ),
    Pattern(
        "P24",
        "Those rated in the middle collaborate most",
        "E24",
        "emergent",
        "england",
        collaboration,
        {"collaboration": {"need": 0.0, "capacity": 0.0}},
        most_seeds=WORLDS,
    ),
    Pattern(
        "P25",
        "Few pioneers have most of what lasts",
        "E23",
        "emergent",
        "england",
        pioneers,
        {"ablation": {"median_composition": True}},
        most_seeds=WORLDS,
    ),
    Pattern(
        "P26",
        "Shares of overspending CCGs in 2015/16 and 2016/17",
        "NAO",
        "fitted",
        "england",
        overspending,
        most_seeds=WORLDS,
    ),
    Pattern(
        "P30",
        "Self-named influence rises with the rating",
        "E24",
        "emergent",
        "england",
        influence,
        {"ablation": {"random_answers": True}},
        most_seeds=WORLDS,
    ),
)
