"""Figures of experiments: they draw what they are given, and no label lies on another or off the sheet."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from ccgsim.report.experiments import keep
from ccgsim.report.figures import circle, levers, signs
from ccgsim.studies.levers import MEASURES

from .test_figures import clipped, collisions, texts

LEVERS = ("dialogue", "backfill", "structured_feedback", "second_broker")
WORLDS = ("calm", "under pressure", "collapsed")


def effects() -> pd.DataFrame:
    settings = [(name, None) for name in LEVERS] + list(itertools.combinations(LEVERS, 2))
    rows = []
    for number, (world, (one, other), measure) in enumerate(itertools.product(WORLDS, settings, MEASURES)):
        effect = 0.01 * (number % 13)
        beyond = -0.1 if other == "backfill" and measure == "participation" else np.nan if other is None else 0.001
        row = {"world": world, "lever": one, "second": other, "measure": measure, "n": 5, "effect": effect}
        row |= {"low": effect - 0.01, "high": effect + 0.01}
        rows.append(row | dict.fromkeys(("interaction", "interaction_low", "interaction_high"), beyond))
    return pd.DataFrame(rows)


def phases() -> pd.DataFrame:
    places = itertools.product((0.0, 0.8), (0.0, 0.1), (0.25, 0.5, 0.75))
    rows = [{"dialogue": d, "pressure": p, "uncertainty": u, "high": 1 - u, "either": u - 0.2, "low": 0.2, "gap": u / 2}
            for d, p, u in places]  # fmt: skip
    return pd.DataFrame(rows).assign(months=60)


def folds() -> pd.DataFrame:
    return pd.DataFrame(
        {"dialogue": [0.0, 0.0, 0.8], "pressure": [0, 0.1, 0], "lower": 0.3, "upper": [0.5, 0.4, np.nan]}
    )


def hysteresis():
    way = pd.DataFrame({"value": np.linspace(0, 0.9, 10), "participation": 0.5, "q10": 0.4, "q90": 0.6})
    names = [f"{condition}, slow" for condition in ("uncertainty", "pressure")]
    lines = pd.concat([way.assign(ramp=name, way=side) for name in names for side in ("up", "down")])
    areas = pd.DataFrame({"ramp": names, "months": 240, "falls_at": 0.6, "returns_at": [0.3, np.nan]})
    ends = pd.DataFrame({"condition": ["uncertainty", "pressure"], "lower": 0.3, "upper": 0.5})
    times = pd.DataFrame(
        {"way": ["collapse", "recovery"], "level": 0.5, "n": 3, "q25": 10.0, "median": [20.0, np.inf], "q75": np.inf}
    )
    return circle.hysteresis_figure(lines, areas, ends, times)


def warnings():
    rows = [
        {"approach": f"{c} grows, noise as declared", "sign": s, "world": w, "rise": 0.1, "low": -0.1, "high": 0.4}
        for c, s, w in itertools.product(
            ("uncertainty", "pressure"), ("variance", "autocorrelation"), ("moving", "kept", "beyond")
        )
    ]
    return signs.warning_figure(pd.DataFrame(rows).assign(share_rising=0.8))


def drawn():
    table = pd.DataFrame({name: [0.1, 0.2, 0.4] for name in signs._DRAWN}).assign(expected_gap=[0, 0.3, 0.5])
    return signs.draws_figure(table, table.assign(simulated_gap=[0.0, 0.1, 0.5]))


def clock():
    table = pd.DataFrame({"lever": np.repeat(["dialogue", "second_broker"], 3), "month": [0, 12, 24] * 2})
    table["restored"] = [1.0, 0.9, 0.5, 0.0, 0.0, 0.0]
    summary = pd.DataFrame({"lever": ["dialogue", "second_broker"], "last_month": [12.0, np.nan]})
    return signs.clock_figure(table, summary, 0.8, "How late can one begin?", "share of worlds back")


SHEETS = {
    "levers": lambda: levers.effects_figure(effects(), "A heading"),
    "pairs": lambda: levers.pairs_figure(effects()),
    "phases": lambda: circle.phase_figure(phases(), folds()),
    "hysteresis": hysteresis,
    "warning": warnings,
    "draws": drawn,
    "clock": clock,
}


def own_words(sheet):
    """Texts without the labels of ticks: the library also keeps such as lie outside what is shown."""
    sheet.canvas.draw()
    ticks = {
        label.get_text() for ax in sheet.figure.axes for side in (ax.xaxis, ax.yaxis) for label in side.get_ticklabels()
    }
    return [(words, box) for words, box in texts(sheet) if words not in ticks]


@pytest.mark.parametrize("name", SHEETS)
def test_no_text_lies_on_another_or_off_the_sheet(name):
    sheet = SHEETS[name]()
    found = own_words(sheet)
    assert collisions(found) == []
    assert {words for words, _ in found}.isdisjoint(clipped(sheet))


def test_headings_say_what_the_numbers_say():
    said = {
        words
        for name in ("pairs", "phases", "hysteresis", "warning", "draws", "clock")
        for words, _ in texts(SHEETS[name]())
    }
    assert "Pairs do less for participation than the sum of their levers in 3 cases, more in 0, of 18" in said
    assert "At 33% of places a CCG's past still decides its regime after 5 years" in said
    ways = "managers take over at uncertainty 0.60 and let go at 0.30; at pressure 0.60 and never let go"
    assert f"In half of worlds {ways}" in said
    assert "Of 4 early-warning signs 0 rise against a twin far away, 0 by themselves" in said
    assert "67% of draws have a window; simulation agrees in 67% of a sample of 3" in said
    assert "dialogue: in time until month 12" in said and "second broker: never in time" in said


def test_tables_and_figures_are_kept_under_their_names(tmp_path):
    paths = keep(tmp_path / "new", {"effects": effects()}, {"pairs": SHEETS["pairs"]()})
    assert [path.name for path in paths] == ["effects.csv", "pairs.png", "pairs.svg"]
    assert len(pd.read_csv(paths[0])) == len(effects())
