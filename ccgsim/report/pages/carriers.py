"""Who carries the network: the board members on whom its advice rests, at the start and at the end."""

from __future__ import annotations

import pandas as pd

from ccgsim.foundation.kinds import TABLE
from ccgsim.report.drawing.inputs import Run, people_called
from ccgsim.report.drawing.marks import begins_of
from ccgsim.report.drawing.time_axis import moment
from ccgsim.report.network.figure import OF_THE_SURVEY
from ccgsim.report.network.picture import drawn_ccg, names
from ccgsim.report.pages.page import Section, Table

WHO = "AO: accountable officer; FO: finance officer; PM: practice manager; lead 1: GP who leads locality 1."
HEAD = ("board member", "kind", "asked by", "asks", "betweenness", "part of the board's")


def carriers(run: Run) -> Section:
    """How much of the board's betweenness its first members hold, at the start and at the end."""
    months = _months(run)
    begins = begins_of(run.scenario.resolved())
    told = tuple(f"{moment(month, begins).capitalize()}: {_told(board(run, month))}" for month in months)
    return Section("Who carries it", told)


def _months(run: Run) -> list[int]:
    return sorted({int(run.agents["month"].min()), int(run.agents["month"].max())})


def board(run: Run, month: int) -> pd.DataFrame:
    """The board members of the drawn CCG in a month, by betweenness, each with its part of the board's."""
    agents = run.agents[run.agents["ccg"] == drawn_ccg(run.agents)]
    now = agents[agents["month"] == month]
    here = now.assign(name=names(now, agents, people_called(run)))[now["board"].astype(bool)]
    between = here["betweenness"].fillna(0.0)
    part = between / between.sum() if between.sum() > 0 else between
    return here.assign(part=part).sort_values(["part", "agent"], ascending=[False, True], ignore_index=True)


def _told(people: pd.DataFrame) -> str:
    if people.empty:
        return "nobody has a seat."
    if not people["part"].iloc[0] > 0:
        return "no board member stands between two others."
    top, three = people["part"].iloc[0], people["part"].iloc[:3].sum()
    others = f", the first three of {len(people)} hold {100 * three:.0f}%" if len(people) > 3 else ""
    return f"{people['name'].iloc[0]} holds {100 * top:.0f}% of the board's betweenness{others}."


def people_table(run: Run) -> Table:
    """The board members of the first and of the last month, with their ties and betweenness."""
    begins = begins_of(run.scenario.resolved())
    rows = tuple(
        (f"{person['name']}, month {month}", *_cells(person))
        for month in _months(run)
        for person in board(run, month).to_dict("records")
    )
    ends = " and in ".join(moment(month, begins) for month in _months(run))
    return Table(f"The board in {ends}", HEAD, rows, f"{OF_THE_SURVEY if people_called(run) else ''}{WHO}")


def _cells(person: dict) -> tuple[str, ...]:  # type: ignore[type-arg]
    between = person["betweenness"]
    return (
        TABLE[person["kind"]].called[0] if person["kind"] in TABLE else str(person["kind"]),
        str(int(person["degree_in"])),
        str(int(person["degree_out"])),
        "–" if pd.isna(between) else f"{between:.3f}",
        f"{100 * person['part']:.0f}%",
    )
