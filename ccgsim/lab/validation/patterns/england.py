"""P23 to P26, P30, P42, P43: many CCGs: imitation, pioneers, money, influence, engagement, size (E10, E23-E25)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from ccgsim.course import Course
from ccgsim.foundation import vocabulary as v
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
ENGAGED, ENGAGED_LATER, BELIEVED, BELIEVED_LATER = 29, (41, 62), 41, 62  # surveys of GPs, 2013 to 2016
ENGAGED_SHARE, BELIEVING_SHARE = 0.74, 0.35  # who was engaged at the first survey, who believed to have influence
RATED = (64, 88)  # the ratings of March 2016 and 2018 are known


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
    engaged: np.ndarray  # (2,) share of GPs without a seat who take part as 74% did at first, at the later surveys
    believing: float  # share who believe as 35% did before
    size: np.ndarray  # (2,) rank correlation of population with the rating


def englands(bench: Bench, change: Change) -> list[Seen]:
    """Readings of England under a change of parameters, one per seed."""
    scenario = world_of("england", change)
    return bench.kept(f"{__name__} {scenario.resolved()}", lambda seed: look(scenario, seed))


def look(scenario: Scenario, seed: int) -> Seen:
    """Run one England through the months of these patterns and take their readings."""
    course = Course(scenario, seed)
    plans, live, overspent, engaged, size = [], [], [], [], []
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
        if month == ENGAGED:
            taking_part = np.quantile(w.actors.participation[_frontline(w)], 1 - ENGAGED_SHARE)
        if month in ENGAGED_LATER:
            engaged.append(float((w.actors.participation[_frontline(w)] > taking_part).mean()))
        if month == BELIEVED:
            belief = np.quantile(w.actors.efficacy[_frontline(w)], 1 - BELIEVING_SHARE)
        if month == BELIEVED_LATER:
            believing = float((w.actors.efficacy[_frontline(w)] > belief).mean())
        if month in RATED:
            here = w.ccgs[w.ccgs.merged_into < 0]
            size.append(float(stats.spearmanr(here.population, here.rating).statistic))
        if month == COLLABORATED:
            rating, together = w.ccgs.rating * alive, w.ccgs.collaborating * alive
    found = (np.array(plans), np.array(live), sustained, np.array(overspent), rating, together, influence)
    return Seen(*found, np.array(engaged), believing, np.array(size))


def _frontline(world: World) -> np.ndarray:
    """Which actors are GPs without a seat."""
    actors = world.actors
    return np.asarray((actors.kind == v.GP) & (actors.board == 0) & (actors.active == 1))


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


def lasting(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P42: engagement lasts, belief does not."""
    worlds = englands(bench, change)
    engaged, believing = np.array([seen.engaged for seen in worlds]), np.array([seen.believing for seen in worlds])
    names = [f"share of GPs who take part at {month} as 74% did at 29" for month in ENGAGED_LATER]
    return (
        *(judging.level(name, engaged[:, place], 0.64, 0.84) for place, name in enumerate(names)),
        judging.level("share who believe at 62 as 35% did at 41", believing, 0.12, 0.28),
    )


def sized(bench: Bench, change: Change) -> tuple[Verdict, ...]:
    """P43: size does not make performance."""
    size = np.array([seen.size for seen in englands(bench, change)])
    names = ("2016", "2018")
    return tuple(
        judging.level(f"rank correlation of population with the rating of {year}", size[:, place], -0.2, 0.2)
        for place, year in enumerate(names)
    )


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
    Pattern(
        "P42", "Engagement lasts, belief does not", "surveys of GPs", "fitted", "england", lasting, most_seeds=WORLDS
    ),
    Pattern(
        "P43", "Size does not make performance", "Greaves et al. 2012", "fitted", "england", sized, most_seeds=WORLDS
    ),
)
