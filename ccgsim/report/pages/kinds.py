"""Which folders have a report: one function for each kind of results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ccgsim.foundation.problems import Problems, refuse
from ccgsim.lab.sweep.folder_checks import CLAIM, KIND, made_for
from ccgsim.report.folders import COMPARISON, DEPARTURES, FORECAST, MANIFEST, NETWORK, RUN, kind_of
from ccgsim.report.pages.kept import Kept, kept, whole
from ccgsim.report.pages.page import Page
from ccgsim.report.pages.reports.calibration import calibration_page
from ccgsim.report.pages.reports.comparison import comparison_page
from ccgsim.report.pages.reports.departures import departures_page
from ccgsim.report.pages.reports.forecast import forecast_page
from ccgsim.report.pages.reports.run import run_page
from ccgsim.report.pages.reports.sensitivity import sensitivity_page
from ccgsim.report.pages.reports.surveyed import surveyed_page
from ccgsim.report.pages.reports.sweep import sweep_page
from ccgsim.report.pages.reports.validation import COMMAND, judgement_in, validation_page
from ccgsim.report.pages.worded import worded, words_of

# A new kind of folder, written with a manifest that names it, gets its report by one more line here.
MAKERS: dict[str, Callable[[Kept], Page]] = {
    RUN: run_page,
    COMPARISON: comparison_page,
    KIND: sweep_page,
    "sensitivity": sensitivity_page,
    "calibration": calibration_page,
    NETWORK: surveyed_page,
    DEPARTURES: departures_page,
    FORECAST: forecast_page,
}


def page_of(folder: Path) -> tuple[str, Page]:
    """The kind of results in a folder, and the report on them; raises Problems for other and for damaged folders."""
    if not folder.is_dir():
        raise _refused(folder, "is a file, not a folder" if folder.exists() else "there is no such folder")
    kind = CLAIM if _judges_claims(folder) else kind_of(folder)
    if not (folder / MANIFEST).exists() and (judgement := judgement_in(folder)):
        return COMMAND, whole(Kept(folder, {}), lambda _: validation_page(judgement), judgement.name)
    if kind not in MAKERS:
        what = f"holds results of `{kind}`" if kind else "holds no results of ccgsim that can be read"
        raise _refused(folder, f"{what}; there are reports on {', '.join([*MAKERS, COMMAND])}")
    results = kept(folder)
    return kind, worded(whole(results, MAKERS[kind]), words_of(results.manifest))


def _judges_claims(folder: Path) -> bool:
    """Whether the sweep in a folder was made to judge claims, which have a table and a figure of their own."""
    facts = kept(folder).manifest.get("facts") if kind_of(folder) == KIND else None
    return isinstance(facts, dict) and made_for(facts) == CLAIM


def _refused(folder: Path, rule: str) -> Problems:
    return refuse("DIR", str(folder), rule)
