"""The tables that hold the state of a world: each column with type, unit and meaning.

Flags and integers are int64, all else float64, so that compiled rules and plain Python give the same bits. Actors
are sorted by CCG, GPs first, then by key; ties by the row of their source, then of their target.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from ccgsim.foundation.table import Table as Table  # taken from here with the columns
from ccgsim.foundation.table import as_table as as_table
from ccgsim.foundation.table import record_type


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: its name, whether it is an integer ('whole') or a float ('real'), width, unit and meaning.

    Each equals only itself, so that tables find their record type without comparing columns word by word.
    """

    name: str
    type: str
    meaning: str
    unit: str = ""
    width: int = 1
    start: float = 0

    @property
    def field(self) -> tuple[Any, ...]:
        scalar = np.int64 if self.type == "whole" else np.float64
        return (self.name, scalar) if self.width == 1 else (self.name, scalar, (self.width,))


def whole(name: str, meaning: str, unit: str = "", start: int = 0) -> Column:
    """A column of int64."""
    return Column(name, "whole", meaning, unit, 1, start)


def real(name: str, meaning: str, unit: str = "share", width: int = 1, start: float = 0.0) -> Column:
    """A column of float64, or of float64 vectors of this width."""
    return Column(name, "real", meaning, unit, width, start)


ACTORS = (
    whole("key", "Permanent number: CCG, kind, place within the kind"),
    whole("ccg", "Row of the actor's CCG"),
    whole("kind", "Code in KINDS"),
    whole("active", "1 while the actor takes part in the world", start=1),
    whole("board", "1 while the actor holds a seat"),
    whole("role", "Code in ROLES of the seat held"),
    whole("seat", "Row of the seat held, or -1", start=-1),
    whole("category", "Code in CATEGORIES of the actor as the other end of a board member's tie"),
    whole("practice", "Number of the practice within the CCG, or -1", start=-1),
    whole("lead", "1 for the lead GP of a practice"),
    whole("locality", "Row of the locality, or -1", start=-1),
    whole("legacy", "Number of the practice-based commissioning group, or -1", start=-1),
    whole("sector", "Code in SECTORS (providers)"),
    whole("tier", "Code in TIERS (policy bodies)"),
    whole("employer", "Code in EMPLOYERS"),
    whole("specialist", "Key of the specialist a GP with a special interest works with, or -1", start=-1),
    whole("pathway", "Pathway of the special interest, or -1", start=-1),
    real("participation", "Part of the time for commissioning that the actor gives"),
    real("efficacy", "Belief that taking part changes decisions (GPs, nurses)"),
    real("capability", "Skill for leading change"),
    real("brokerage", "Reach in holding ties, 1 for an ordinary member", "ratio", start=1.0),
    real("disposition", "Standing reluctance to take part; a seat lowers it", "utility"),
    real("security", "Confidence of a PCT employee in keeping a job"),
    real("withheld", "Part of cooperation withheld for insecurity"),
    real("load", "Advisers held over the number that can be held", "ratio"),
    real("activity", "Seeking of new advice", "rate factor"),
    real("heard", "Being heard, in expectation"),
    real("results", "What the actor sees come of taking part, 1 as usual", "ratio", start=1.0),
    real("hours_used", "Hours of commissioning work a month", "hours"),
    real("sheltered", "Insecurity taken away by pairing with a GP"),
    whole("allied_until", "Month in which a funded alliance of providers ends", "month"),
    real("capacity", "Provider's capacity left by a shortage", start=1.0),
    real("knowledge", "Knowledge of each of the nine domains", width=9),
    real("native", "Knowledge that comes with the job and does not fade", width=9),
    real("priorities", "Weight given to each of the six needs", width=6),
    real("logic", "Weight of market, bureaucratic and network logic", width=3),
)
TIES = (
    whole("source_key", "Key of the seeker of advice"),
    whole("target_key", "Key of the adviser"),
    whole("source", "Row of the seeker"),
    whole("target", "Row of the adviser"),
    real("strength", "Frequency of contact"),
    real("held_at", "Strength below which pairing keeps the tie from falling, 0 for none"),
)
CCGS = (
    whole("number", "Number of the CCG, the high part of its actors' keys"),
    whole("footprint", "Number of the footprint"),
    whole("merged_into", "Row of the CCG that it merged into, or -1", start=-1),
    whole("officer_from", "Row of the CCG whose accountable officer leads this one too, or -1", start=-1),
    whole("first", "Row of the first actor"),
    whole("last", "Row after the last actor"),
    whole("last_gp", "Row after the last GP; GPs come first"),
    whole("places", "Size of the fixed space from which distant practices are looked up"),
    whole("seats", "Seats on the board"),
    whole("localities", "Localities"),
    whole("practices", "Practices"),
    whole("executive_support", "1 where a management team supports the board"),
    whole("exits", "Seat-holders who left this month", "people"),
    whole("migrated", "Seat-holders whom provider bodies drew away this month", "people"),
    whole("staff_at_notice", "Staff off the board when a cut was announced", "people"),
    whole("mandated", "Months for which practices have had to take up projects", "months"),
    real("population", "Registered patients", "people"),
    real("colocation", "Board and PCT work in one building"),
    real("dialogue", "Two-way dialogue with policy bodies"),
    real("structure", "Structure of patients' feedback"),
    real("patients_heard", "How far board members hear patients, on average"),
    real("inherited", "Pressure inherited at the start", "share of participation"),
    real("soft_incentive", "Vision and motivation offered", "utility"),
    real("hard_incentive", "Money offered for usual results", "utility"),
    real("backfill", "Locum hours paid a GP", "hours a month"),
    real("depository", "Reach of a shared digital depository"),
    real("mandate", "Adoption under a mandate", "per month"),
    real("benchmarking", "Comparative data had from elsewhere than the PCT"),
    real("uncertainty_seen", "Policy uncertainty as perceived"),
    real("ambiguity", "Mix of logics on the board, normalised entropy"),
    real("trust", "GPs' trust in the PCT's knowledge", start=1.0),
    real("refused", "Projects refused or overridden last month", "count"),
    real("manager_control", "Share of decisions that managers take"),
    real("engagement", "Weighted participation that managers watch"),
    real("benchmark", "Comparative data at hand"),
    real("cost_transparency", "Part of pathway costs that is known"),
    real("strain", "Financial strain"),
    real("balance_of_year", "Last yearly balance over budget", "share of budget", start=float("nan")),
    real("drift", "Standing surplus or deficit", "share of budget a year"),
    real("threatened", "1 where projects move more income from a sector than its providers bear", "", width=6),
    real("density", "Density of directed ties on the board"),
    real("withheld", "Mean withholding of PCT staff"),
    real("board_participation", "Mean participation of GPs on the board"),
    real("frontline_participation", "Mean participation of GPs without a seat"),
    real("rating", "Result of the last yearly assessment", start=0.5),
    real("standing", "Share of CCGs that were rated lower", start=0.5),
    real("collaborating", "Mean collaboration with neighbours"),
    real("needs", "Needs of the population", width=6),
    real("plans", "Espoused plans", width=6),
    real("flow_balance", "Factor on tie formation for each category", "ratio", width=8, start=1.0),
    real("usual_ties", "Ties that the board held to each category at month 0", "ties", width=8),
    real(
        "search",
        "Factor on tie formation this month: flow balance, more where advisers were lost",
        "ratio",
        width=8,
        start=1.0,
    ),
)
SEATS = (
    whole("ccg", "Row of the CCG"),
    whole("number", "Number of the seat within the CCG"),
    whole("role", "Code in ROLES"),
    whole("kind", "Code in KINDS of those who may hold it"),
    whole("locality", "Row of the locality that the seat leads, or -1", start=-1),
    whole("holder", "Key of the holder, or -1 while vacant", start=-1),
    whole("since", "Month in which the holder's present term began", "month"),
    whole("fill_month", "First month in which a vacancy may be filled", "month"),
    whole("exits", "Holders who have left so far"),
    real("standing", "Reach that comes with the seat: multiplies its holder's brokerage", "ratio", start=1.0),
)
LOCALITIES = (
    whole("ccg", "Row of the CCG"),
    whole("number", "Number within the CCG"),
    whole("key", "Permanent number: CCG, place within it at birth"),
    whole("practices", "Practices"),
    whole("lead", "Row of the lead GP, or -1", start=-1),
    real("participation", "Mean participation of its GPs"),
    real("priorities", "Mean priorities of its GPs", width=6),
    real("gap", "Room for improvement on each pathway", width=8),
)
PROJECTS = (
    whole("number", "Number of the project within the CCG where it was born"),
    whole("home", "Number of the CCG where it was born"),
    whole("ccg", "Row of the CCG"),
    whole("pathway", "Code in PATHWAYS"),
    whole("origin", "Code in ORIGINS"),
    whole("champion", "Key of the champion"),
    whole("champion_row", "Row of the champion"),
    whole("address", "Number that addresses the project's chance within its home"),
    whole("locality", "Row of the locality where it begins"),
    whole("arena", "Code in ARENAS of where it stands or ended"),
    whole("started", "Month of birth", "month"),
    whole("approved", "Month of passing the strategic arena, or -1", "month", start=-1),
    whole("live", "Month of going live, or -1", "month", start=-1),
    whole("ended", "Month of its end, or -1", "month", start=-1),
    whole("outcome", "Code in OUTCOMES"),
    whole("first_adopter", "Place of its first practice in the adoption list"),
    whole("adopters", "Practices that have taken it up"),
    real("reach", "Brokerage of its champion, if she held a seat when it was born; else 0", "ratio"),
    real("support", "Support of the strategic, programme and delivery arenas", "ratio", width=3),
)
NEIGHBOURS = (
    whole("one", "Row of a CCG"),
    whole("other", "Row of a neighbour, a later one"),
    whole("same_pct", "1 where both come from one primary care trust"),
    real("together", "Collaboration of the two"),
)
NATION = (
    real("uncertainty", "Policy uncertainty"),
    real("grip", "National grip on CCGs", "share of participation"),
    real("centre", "Part of a CCG's decisions that the centre takes"),
    real("workload", "Part of GPs' hours taken by other work"),
    real("insecurity", "Insecurity of PCT staff"),
    real("announced", "Uncertainty added by this month's announcements"),
    whole("abolished", "1 once PCTs are closed"),
    whole("cut_notice", "Month in which staff learnt of a cut, or -1", "month", start=-1),
    whole("cut_month", "Month of the cut, or -1", "month", start=-1),
    real("cut_share", "Part of the staff that goes by the cut"),
    real("priorities", "National priorities", width=6),
    real("logic", "National logic", width=3),
)
PARKED = (
    whole("seat", "Row of the vacant seat that a successor may take the tie over from"),
    whole("other_key", "Key of the other end"),
    whole("advises", "1 where the other end is the adviser"),
    real("strength", "Strength that the tie had"),
)
CLOCK = (
    whole("seed", "Seed of the run"),
    whole("month", "Months since month 0", "month"),
    whole("luck_month", "Month in the address of chance", "month"),
    whole("burning", "1 during the burn-in, when surveyed ties and seats are held"),
    whole("english", "1 where the national calendar applies in this month"),
)
ALL = {
    "parked": PARKED,
    "clock": CLOCK,
    "actors": ACTORS,
    "ties": TIES,
    "ccgs": CCGS,
    "seats": SEATS,
    "localities": LOCALITIES,
    "projects": PROJECTS,
    "neighbours": NEIGHBOURS,
    "nation": NATION,
}


@cache
def dtype_of(columns: tuple[Column, ...]) -> np.dtype[Any]:
    """The record type of a table with these columns."""
    return record_type(np.dtype([column.field for column in columns]))


def empty(columns: tuple[Column, ...], rows: int) -> Table:
    """A table with this many uninitialised rows."""
    return np.empty(rows, dtype_of(columns)).view(Table)


@cache
def _start(columns: tuple[Column, ...]) -> Table:
    row = empty(columns, 1)
    for column in columns:
        row[column.name] = column.start
    return row


def new(columns: tuple[Column, ...], rows: int) -> Table:
    """A table with this many rows, each column at its start value."""
    table = empty(columns, rows)
    table[:] = _start(columns)
    return table


def joined(*parts: Table) -> Table:
    """A new table with the rows of all parts, copied as bytes: NumPy would copy records column by column."""
    rows = np.concatenate([part.view(np.uint8) for part in parts])
    return rows.view(parts[0].dtype).view(Table)
