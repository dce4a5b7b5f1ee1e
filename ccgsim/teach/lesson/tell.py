"""The `told` message: what the scene of a run says of it, before it is played and at its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ccgsim.teach.lesson import looking
from ccgsim.teach.lesson.past import SAME, Past, Said, percents
from ccgsim.teach.lesson.scenes import followed
from ccgsim.teach.lesson.verdicts import TELLINGS, Telling, outcomes
from ccgsim.teach.lesson.words import text
from ccgsim.teach.worlds.run import LessonRun


def told(run: LessonRun) -> dict[str, Any]:
    """What can be said of the run as far as it is simulated."""
    past = Past(run.config, tuple(lane.series for lane in run.lanes), tuple(lane.loops for lane in run.lanes))
    over = run.month >= run.config.months
    return {
        "type": "told",
        "run": run.number,
        "month": run.month,
        "before": [said.text for said in telling_of(run).before(past)],
        "after": [said.text for said in after(run, past)] if over else [],
        "outcome": outcomes(run.config.scene, past) if over else None,
    }


def telling_of(run: LessonRun) -> Telling:
    """What the scene of the run has to say; nothing where it was made for another number of worlds."""
    telling = TELLINGS.get(run.config.scene, Telling())
    return telling if len(run.lanes) >= telling.worlds else Telling()


def after(run: LessonRun, past: Past) -> Iterator[Said]:
    """What is said at the end of a run."""
    key = followed(run.config)
    if run.config.scene == "one_gp" and key is not None:
        yield from _her_story(looking.about(run, 0, key), past)
    else:
        yield from telling_of(run).after(past)


def _her_story(about: dict[str, Any], past: Past) -> Iterator[Said]:
    """What the GP gave, how she was heard, and what fell most in the worth of taking part, first and in the end."""
    months, given = about["history"]["month"], percents(about["history"]["participation"])
    heard, best = percents(about["history"]["heard"]), int(np.argmax(about["history"]["participation"]))
    yield Said(text("gp.ends", name=about["name"], first=given[0], last=given[-1], month=months[-1]))
    if given[best] - given[-1] < SAME:
        return
    if heard[0] - heard[-1] >= SAME:
        yield Said(text("gp.heard", first=heard[0], last=heard[-1]))
    unclear = int(past.series[0]["uncertainty"].to_numpy(float).argmax())
    for place, when in ((months.index(unclear), "gp.unclear"), (-1, "gp.end")):
        if part := _fell_most(about["why"]["parts"], best, place):
            yield Said(text(when, month=unclear, part=part))


def _fell_most(parts: dict[str, list[float]], best: int, place: int) -> str:
    """The part of the worth of taking part that fell most since her best month; '' if none fell."""
    change, name = min((values[place] - values[best], name) for name, values in parts.items())
    return name if round(100 * change) < 0 else ""
