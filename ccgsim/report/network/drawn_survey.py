"""A surveyed network drawn as that of a run: the known ties, and beside them one draw of what is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.vocabulary import KINDS, ROLES
from ccgsim.report.drawing.canvas import Sheet
from ccgsim.report.network.figure import pictures_figure
from ccgsim.report.network.layout import Layout, layout
from ccgsim.report.network.picture import MOST_NAMED, Picture, cut, picture
from ccgsim.survey.draws import model_of
from ccgsim.survey.network import Network, in_order
from ccgsim.survey.over_draws import between

MOST_DRAWN = 400  # people beyond whom a drawing shows nothing
NOTE = "The board in the middle, all others around it by kind. Pale dots: no known tie to the board."


def survey_figure(network: Network, title: str) -> Sheet | None:
    """One panel, two where ties are unknown; None for networks without a board, or too large to be drawn."""
    network = in_order(network)
    if len(network.people) > MOST_DRAWN or not network.people.board.any():
        return None
    known = network.seeker[network.counted], network.adviser[network.counted], network.frequency[network.counted]
    people = _people(network)
    places = layout(people)
    views = [(_picture(people, known, network, places), "As answered")]
    model = model_of(network)
    if model is not None:
        seeker, adviser = np.nonzero(model.draw(0))
        drawn = seeker, adviser, _frequencies(known, seeker, adviser, len(people))
        views.append((_picture(people, drawn, network, places), "With one draw of\nthe unknown ties"))
    return pictures_figure(views, places, title, NOTE)


def _people(network: Network) -> pd.DataFrame:
    """A row a person, as the layout wants them; the key is the row."""
    people = network.people
    found = pd.DataFrame({"agent": range(len(people)), "board": people.board})
    told = {"kind": [KINDS[kind] for kind in people.kinds], "role": [ROLES[role] for role in people.roles]}
    return found.assign(month=0, ccg=0, locality=-1, sector="", tier="", **told)


def _frequencies(known: tuple[Any, ...], seeker: Any, adviser: Any, people: int) -> Any:
    """The frequency of each tie as answered, the mean where it was drawn."""
    answered = dict(zip((known[0] * people + known[1]).tolist(), known[2].tolist(), strict=True))
    usual = float(known[2].mean()) if len(known[2]) else 1.0
    return np.array([answered.get(pair, usual) for pair in (seeker * people + adviser).tolist()])


def _picture(people: pd.DataFrame, ties: tuple[Any, ...], network: Network, places: Layout) -> Picture:
    seeker, adviser, frequency = ties
    strength = frequency / frequency.max(initial=1e-9)
    frame = pd.DataFrame({"month": 0, "source": seeker, "target": adviser, "strength": strength})
    found = picture(people.assign(betweenness=between(seeker, adviser, len(people))), frame, 0, places)
    named = people["board"] | (int((~people["board"]).sum()) <= MOST_NAMED)
    names = [cut(name) if shown else "" for name, shown in zip(network.people.names, named, strict=True)]
    return replace(found, actors=found.actors.assign(name=names))
