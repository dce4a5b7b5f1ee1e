"""Bets live: a class bets on a scene, the lecturer plays it, and the run says who was right and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ccgsim.foundation.problems import nearest, refuse
from ccgsim.teach.lesson import tell, when
from ccgsim.teach.lesson.past import Past, Said
from ccgsim.teach.lesson.scenes import SCENE
from ccgsim.teach.lesson.verdicts import outcomes
from ccgsim.teach.lesson.why import reasons
from ccgsim.teach.worlds.run import LessonRun

ON_GIVING = ("pressure", "when")  # scenes whose bet is about what GPs give: what they weigh tells why


@dataclass
class Poll:
    """The bets on one scene, by seat, and in the end which option came true, and why."""

    scene: str
    bets: dict[str, str] = field(default_factory=dict)
    outcome: str | None = None
    says: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.options:
            rule = f"nobody can bet on it; scenes with a bet: {', '.join(bettable())}"
            raise refuse("scene", self.scene, rule, suggestion=nearest(self.scene, bettable()))

    @property
    def options(self) -> tuple[str, ...]:
        """What one may bet on."""
        return SCENE[self.scene].bet if self.scene in SCENE else ()

    def bet(self, seat: str, scene: str, option: str) -> None:
        """Somebody bets; raises Problems if the bets are closed or there is no such option."""
        if scene != self.scene:
            raise refuse("scene", scene, f"the class bets on {self.scene}")
        if self.outcome is not None:
            raise refuse("option", option, "the bets are closed: the run has been played")
        if option not in self.options:
            raise refuse("option", option, f"must be one of {', '.join(self.options)}")
        self.bets[seat] = option

    @property
    def counts(self) -> dict[str, int]:
        """How many bet on each option."""
        made = list(self.bets.values())
        return {option: made.count(option) for option in self.options}

    def reveal(self, run: LessonRun) -> None:
        """Read from the lecturer's run what came true, and why; raises Problems before its end."""
        if run.config.scene != self.scene:
            raise refuse("scene", run.config.scene, f"the class bets on {self.scene}: play that scene")
        if run.month < run.config.months:
            raise refuse("month", run.month, f"the run has not ended: play it to month {run.config.months}")
        outcome, told = judged(run)
        if outcome is None:
            raise refuse("worlds", len(run.lanes), "this run cannot judge the bet: it needs worlds A and B")
        self.outcome = outcome
        self.says = tuple(said.text for said in told)


def bettable() -> list[str]:
    """Scenes on which one may bet."""
    return [name for name, scene in SCENE.items() if scene.bet]


def judged(run: LessonRun) -> tuple[str | None, list[Said]]:
    """Which option came true in a run that has ended, and what the run says of it."""
    past = Past(run.config, tuple(lane.series for lane in run.lanes), tuple(lane.loops for lane in run.lanes))
    return _outcome(run, past), [*_told(run, past), *(reasons(run, past) if run.config.scene in ON_GIVING else ())]


def _outcome(run: LessonRun, past: Past) -> str | None:
    return _curve(run).outcome if run.config.scene == "when" else outcomes(run.config.scene, past)


def _told(run: LessonRun, past: Past) -> Iterator[Said]:
    if run.config.scene == "when":
        yield from when.says(_curve(run))
    else:
        yield from tell.telling_of(run).before(past)
        yield from tell.after(run, past)


def _curve(run: LessonRun) -> when.Curve:
    """What help brings by its month, for the help that the run shows in B."""
    done = run.config.worlds[-1].actions
    action = next((each.action for each in done if each.action in when.OFFERED), when.OFFERED[0])
    return when.curve(run.config, action, run.config.seed)
