"""A survey of seat-holders, asked what the national surveys asked of governing bodies (E21, E22, E50).

Each answers from own contacts and from what every member of a board is told (managers' control, strain, perceived
uncertainty). An answer is the option with the highest score; a little keyed chance breaks ties and blurs what lies
close together. Scores and their weights are assumed; only orders of magnitude are to be read from the answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ccgsim.foundation.chance import stream, uniform
from ccgsim.foundation.compiled import njit
from ccgsim.foundation.kinds import CLINICIAN
from ccgsim.foundation.numbers import saturating
from ccgsim.foundation.vocabulary import (
    ACCOUNTABLE_OFFICER,
    FINANCE_OFFICER,
    PCT_STAFF,
    POLICY_BODY,
    PROVIDER,
    ROLES,
)
from ccgsim.measures.people import planned

if TYPE_CHECKING:
    import pandas as pd

    from ccgsim.world.state import World

SURVEY = stream("survey")
QUESTIONS: dict[str, tuple[str, ...]] = {
    "who is most influential": ("own CCG", "collaborations", "NHS England"),
    "who sets the vision": ("clinicians", "managers", "both equally"),
    "do plans far exceed change": ("agree", "disagree"),
    "what is the main obstacle": ("time", "lack of will and skill", "bigger forces", "funding"),
}
INFLUENCE, VISION, PLANS, OBSTACLE = range(4)
OPTIONS = (3, 3, 2, 4)
NOISE = 0.1  # width of the keyed chance added to every score; assumed
BALANCE = 0.2  # clinicians and managers whose say differs by less than this share set the vision equally; assumed


@njit
def _luck(me, clock, question, option):
    """The respondent's own chance for one option of one question, in [0, 1)."""
    return uniform(clock.seed, SURVEY, clock.month, me.key, 8 * question + option)


@njit
def _highest(me, clock, question, scores):
    """The option with the highest score, a little keyed chance added."""
    best, chosen = -1.0, 0
    for option in range(scores.shape[0]):
        score = scores[option] + NOISE * _luck(me, clock, question, option)
        if score > best:
            best, chosen = score, option
    return chosen


@njit
def _people_known(i, actors, contacts):
    """Means over the respondent and contacts: participation and efficacy of GPs and nurses, of managers, withheld."""
    clinicians, managers = 0, 0
    given, belief, managed, withheld = 0.0, 0.0, 0.0, 0.0
    end = contacts.first[i + 1]
    for k in range(contacts.first[i], end + 1):
        other = actors[contacts.other[k] if k < end else i]
        if CLINICIAN[other.kind]:
            clinicians += 1
            given += other.participation
            belief += other.efficacy
        elif other.kind == PCT_STAFF:
            managers += 1
            managed += other.participation * (1.0 - other.withheld)
            withheld += other.withheld
    c, m = max(1, clinicians), max(1, managers)
    return given / c, belief / c, managed / m, withheld / m, clinicians


@njit
def _influence(i, actors, contacts, here, grip, belief, clock):
    """Own CCG by the belief of clinicians known, collaborations by ties to bodies beyond, NHS England by pressure."""
    beyond = 0.0
    for k in range(contacts.first[i], contacts.first[i + 1]):
        kind = actors[contacts.other[k]].kind
        if kind in (PROVIDER, POLICY_BODY):
            beyond += contacts.strength[k]
    scores = np.zeros(3)
    scores[0] = belief
    scores[1] = saturating(beyond)
    scores[2] = 0.5 * (here.uncertainty_seen + here.strain) + grip
    return _highest(actors[i], clock, INFLUENCE, scores)


@njit
def _vision(me, here, given, managed, clock):
    """Clinicians or managers, by their participation and share of decisions; both equally where that is about even."""
    clinicians = (1.0 - here.manager_control) * given
    managers = here.manager_control * managed
    lead = clinicians - managers + NOISE * BALANCE * (_luck(me, clock, VISION, 0) - 0.5)
    if abs(lead) <= BALANCE * (clinicians + managers):
        return 2
    return 0 if lead > 0.0 else 1


@njit
def _advises(i, champion, ties, contacts):
    """1 where the champion (a key) is the respondent's adviser, else 0."""
    found = 0
    for t in range(contacts.out_first[i], contacts.out_first[i + 1]):
        found = max(found, 1 if ties[t].target_key == champion else 0)
    return found


@njit
def _plans(i, actors, ties, contacts, projects, clock):
    """Agrees with the chance that the next planned project would not go live, judged by those in view.

    In view: of the own locality, led by oneself or an adviser; for the two officers, and for those who have none in
    view, all of the CCG's. Few cases tell little: the rule of succession, one half where nothing was planned.
    """
    me = actors[i]
    officer = me.role == ACCOUNTABLE_OFFICER or me.role == FINANCE_OFFICER
    seen, seen_live, all_planned, all_live = 0, 0, 0, 0
    for n in range(projects.shape[0]):
        project = projects[n]
        if project.ccg != me.ccg or not planned(project):
            continue
        live = 1 if project.live >= 0 else 0
        all_planned += 1
        all_live += live
        near = me.locality >= 0 and project.locality == me.locality
        if officer or near or project.champion == me.key or _advises(i, project.champion, ties, contacts) == 1:
            seen += 1
            seen_live += live
    if seen == 0:
        seen, seen_live = all_planned, all_live
    gap = (seen - seen_live + 1.0) / (seen + 2.0)
    return 0 if _luck(me, clock, PLANS, 0) < gap else 1


@njit
def _obstacle(me, here, hours, known, clock):
    """Time by own hours and load, will by the other side's, forces by uncertainty and control, funding by strain.

    Managers look at the participation of the GPs they know, everyone else at what managers withhold.
    """
    given, withheld, clinicians = known
    manages = me.kind == PCT_STAFF
    scores = np.zeros(4)
    scores[0] = min(1.0, max(me.hours_used / hours, me.load))
    scores[1] = (1.0 - given if clinicians > 0 else 0.0) if manages else withheld
    scores[2] = here.uncertainty_seen if manages else 0.5 * (here.uncertainty_seen + here.manager_control)
    scores[3] = here.strain
    return _highest(me, clock, OBSTACLE, scores)


@njit
def _ask(respondents, world):
    """Code of every respondent's answer to every question, shape (respondents, 4)."""
    actors, contacts, nation = world.actors, world.contacts, world.nation[0]
    rules, clock = world.rules[0], world.clock[0]
    answers = np.zeros((respondents.shape[0], 4), np.int64)
    for n in range(respondents.shape[0]):
        i = respondents[n]
        me, here = actors[i], world.ccgs[actors[i].ccg]
        if rules.ablation.random_answers == 1:
            for q in range(4):
                answers[n, q] = int(_luck(me, clock, q, 7) * OPTIONS[q])
            continue
        given, belief, managed, withheld, clinicians = _people_known(i, actors, contacts)
        hours = max(1.0, rules.engagement.hours * (1.0 - nation.workload) + here.backfill)
        answers[n, 0] = _influence(i, actors, contacts, here, nation.grip, belief, clock)
        answers[n, 1] = _vision(me, here, given, managed, clock)
        answers[n, 2] = _plans(i, actors, world.ties, contacts, world.projects, clock)
        answers[n, 3] = _obstacle(me, here, hours, (given, withheld, clinicians), clock)
    return answers


def survey(world: World) -> pd.DataFrame:
    """The answers of every seat-holder to every question: month, ccg, agent (key), role, question, answer."""
    import pandas as pd  # here: compiling needs the rules alone

    rows = np.flatnonzero(world.actors.board == 1)
    codes = _ask(rows, world.plain)
    asked = len(QUESTIONS)
    words = [[options[code] for options, code in zip(QUESTIONS.values(), row, strict=True)] for row in codes.tolist()]
    return pd.DataFrame(
        {
            "month": np.full(len(rows) * asked, world.month, np.int64),
            "ccg": np.repeat(world.actors.ccg[rows], asked),
            "agent": np.repeat(world.actors.key[rows], asked),
            "role": np.repeat([ROLES[role] for role in world.actors.role[rows]], asked).astype(object),
            "question": np.tile(np.array(list(QUESTIONS), dtype=object), len(rows)),
            "answer": np.array([word for row in words for word in row], dtype=object),
        }
    )
