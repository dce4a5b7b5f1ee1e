"""What a study of sensitivity says in terminal and figure, of measures that move, never move or are never defined."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ccgsim.lab.experiment import design
from ccgsim.lab.experiment.experiment import experiment
from ccgsim.lab.sensitivity.indices import Morris, Sobol
from ccgsim.lab.sensitivity.points import points_of
from ccgsim.lab.sensitivity.study import table_of
from ccgsim.report.figures.sensitivity import blanks, sensitivity_figure
from ccgsim.report.findings.sensitivity import print_indices

RANGES = {"site.density": {"low": 0.4, "high": 0.8}, "ties.closure": [0.1, 0.5]}
FLAT = "no S1 and ST: the measure is the same at every point"


def study_of(act, replicates=2):
    """Indices and noise of coherence as this function of the runs."""
    made = experiment(
        {"scenario": "site_f", "measures": ["coherence"], "levers": RANGES, "seeds": {"replicates": replicates}}
    )
    parts = []
    for method in (Morris(6), Sobol(16)):
        runs = design.runs(made, points_of(made, method)[1])
        values = np.broadcast_to(act(runs), len(runs)).astype(float)
        parts.append(table_of(made, method, pd.DataFrame({"final_coherence": values, "mean_coherence": values * 2})))
    return tuple(pd.concat(each, ignore_index=True) for each in zip(*parts, strict=True))


def words_of(sheet):
    """Everything written in a figure."""
    figure = sheet.figure
    return " ".join(
        text.get_text() for text in [*figure.texts, *(text for ax in figure.axes for text in [*ax.texts, ax.title])]
    )


def test_a_flat_measure_says_that_it_is_flat_in_terminal_and_figure(capsys):
    indices, noise = study_of(lambda runs: 0.3)
    assert blanks(indices) == [FLAT]
    print_indices(indices, noise)
    printed = capsys.readouterr().out
    assert FLAT in printed and "in the last month: the measure is the same at every point" in printed
    assert "one seed" not in printed and "Morris mu*" in printed
    drawn = words_of(sensitivity_figure(indices, noise, "coherence"))
    assert FLAT.removeprefix("no ") in drawn and "no parameter moves it" in drawn and "matters most" not in drawn
    assert "is unknown: the measure is the same at every point" in drawn and "one seed" not in drawn.lower()


def test_an_undefined_measure_says_so_in_terminal_and_figure(capsys):
    indices, noise = study_of(lambda runs: np.nan)
    print_indices(indices, noise)
    printed = capsys.readouterr().out
    assert "whole in 0 of 6 trajectories, 4 are needed" in printed and "Morris mu*" not in printed
    drawn = words_of(sensitivity_figure(indices, noise, "coherence"))
    assert "no index has a value" in drawn and "whole in 0 of 16 base points" in drawn


def test_a_measure_that_moves_has_no_reasons_and_its_luck_in_numbers(capsys):
    indices, noise = study_of(lambda runs: runs["site.density"] + 0.01 * runs["seed"] * runs["ties.closure"])
    assert blanks(indices) == [] and set(noise["note"]) == {""}
    print_indices(indices, noise)
    printed = capsys.readouterr().out
    assert "means of 2 seeds; " in printed and "between points is chance" in printed and "no " not in printed
    assert "site.density matters most" in words_of(sensitivity_figure(indices, noise, "coherence"))


def test_the_figure_says_of_two_that_move_it_alike_that_they_cannot_be_told_apart():
    indices, noise = study_of(lambda runs: runs["site.density"] + 0.577 * runs["ties.closure"])  # alike in variance
    said = words_of(sensitivity_figure(indices, noise, "coherence"))
    assert "matters more cannot be told" in said and "matters most" not in said


def test_one_seed_is_told_as_the_reason(capsys):
    indices, noise = study_of(lambda runs: runs["site.density"], replicates=1)
    print_indices(indices, noise)
    assert "with one seed the share of chance is unknown" in capsys.readouterr().out
    assert noise["share_of_luck"].isna().all()


@pytest.mark.parametrize("act", [lambda runs: 0.3, lambda runs: np.nan], ids=["flat", "undefined"])
def test_tables_keep_a_row_for_every_index_of_such_a_measure(act):
    indices, _ = study_of(act)
    assert len(indices) == 2 * (2 * 3 + 2 * 2)
    assert (indices["value"].isna() == (indices["note"] != "")).all()
