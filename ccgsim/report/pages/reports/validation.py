"""The report on a judgement of the patterns: what the model shows, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ccgsim.foundation.inputs.texts import listed
from ccgsim.foundation.problems import Problems, fault_at
from ccgsim.report.drawing.margins import ORIGINS, shown_of, verdict_on
from ccgsim.report.figures.forest import forest_figure
from ccgsim.report.figures.intervals import Bar, intervals_figure
from ccgsim.report.findings.evidence import numbers
from ccgsim.report.pages.assumed import assumed
from ccgsim.report.pages.kept import document
from ccgsim.report.pages.page import Figure, Items, Page, Section, Table
from ccgsim.report.pages.patterns import HEAD, row_of
from ccgsim.report.pages.repeat import repeating

COMMAND = "validate"
KEYS = ("seeds", "patterns")
Row = Mapping[str, Any]
QUESTION = "Does the model show what its sources found, and because of the mechanism that they name?"


def judgement_in(folder: Path) -> Path | None:
    """The one file in a folder that `ccgsim validate --out` wrote, or None; raises Problems for several."""
    found = [path for path in sorted(folder.glob("*.json")) if _is_judgement(path)]
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise fault_at("", "DIR", str(folder), f"holds several judgements ({names}): keep one to a folder")
    return found[0] if found else None


def _is_judgement(path: Path) -> bool:
    try:
        found = document(path)
    except Problems:
        return False
    return found.get("command") == COMMAND and all(key in found for key in KEYS)


def validation_page(path: Path) -> Page:
    """The report on the judgement in a file; raises Problems."""
    found = document(path)
    rows: Sequence[Row] = found["patterns"]
    if not rows:
        raise fault_at(path.as_posix(), "patterns", "", "is empty: no pattern has been judged")
    misses = tuple(_miss(row) for row in rows if not row["held"])
    return Page(
        title="What the model shows of what its sources found",
        about=f"{len(rows)} patterns judged on {found['seeds']} seeds, version {found.get('ccgsim', '–')}.",
        question=QUESTION,
        answer=tuple(answer(found)),
        sure=tuple(sure(found)),
        figure=opening(rows),
        sections=(
            Section("What does not hold", (Items(misses),) if misses else ("Every pattern holds.",)),
            Section("Every pattern", (_forest(found),)),
            assumed(tuple(limits())),
            repeating({"version": found.get("ccgsim")}, _command(found)),
        ),
    )


def _command(found: Row) -> list[str]:
    return [
        "ccgsim",
        "validate",
        "--seeds",
        str(found["seeds"]),
        "--only",
        ",".join(row["id"] for row in found["patterns"]),
    ]


def answer(found: Row) -> Iterator[str]:
    """How many patterns are shown, and how the others stand."""
    yield f"{shown_of(found)}: neither set nor fitted, they hold, and fail without their mechanism."
    for origin in ("set", "fitted"):
        rows = [row for row in found["patterns"] if row["origin"] == origin]
        if rows:
            yield f"{sum(row['held'] for row in rows)} of {len(rows)} {origin} patterns hold ({ORIGINS[origin]})."
    idle = [row["id"] for row in found["patterns"] if verdict_on(row) == "held without"]
    if idle:
        verbs = ("hold", "they do") if len(idle) > 1 else ("holds", "it does")
        yield f"{listed(idle)} {verbs[0]}, but without the mechanism too, so {verbs[1]} not count as shown."


def sure(found: Row) -> Iterator[str]:
    """How sure the answer is."""
    yield (
        f"Levels are held against 90% intervals over {found['seeds']} seeds, contrasts against 95% intervals paired by "
        "seed, and 80% of the worlds must agree as well."
    )
    yield "A pattern may hold because of assumed values: the column robust says in what share of them it does."


def opening(rows: Sequence[Row]) -> Figure:
    """For each origin the part of its patterns that hold, and of the emergent ones the part that is shown."""
    counts = []
    for origin in ORIGINS:
        mine = [row for row in rows if row["origin"] == origin]
        if mine and origin != "reported":
            counts.append((f"{origin}: hold", sum(row["held"] for row in mine), len(mine)))
        if mine and origin == "emergent":
            counts.append((f"{origin}: shown", sum(row["shown"] for row in mine), len(mine)))
    bars = [Bar(name, ((100 * part / whole, None, None, 0.0, 100 * part / whole),)) for name, part, whole in counts]
    cells = tuple((name, str(part), str(whole)) for name, part, whole in counts)
    shows = "; ".join(f"{name} {part} of {whole}" for name, part, whole in cells)
    title = "How many patterns hold, by where they come from"
    twin = Table("Patterns that hold", ("origin", "patterns", "of"), cells)
    return Figure(title, shows, intervals_figure(bars, "% of the patterns"), twin, wide=False)


def _miss(row: Row) -> str:
    parts = [part for part in row["parts"] if not part["held"]]
    words = "; ".join(f"{part['statistic']}: {numbers(part)}, wanted {part['tolerance']}" for part in parts)
    return f"{row['id']} {row['claim']} ({row['origin']}). {words}."


def _forest(found: Row) -> Figure:
    shows = (
        "Each pattern's statistic against its tolerance, with and without its mechanism; the table gives the numbers."
    )
    twin = Table("Every pattern, its most telling part", HEAD, tuple(map(row_of, found["patterns"])))
    return Figure("Every pattern against its tolerance", shows, forest_figure(found), twin)


def limits() -> Iterator[str]:
    """What these results do not show."""
    yield "That the model is right about anything of which no pattern speaks."
    yield "That a real CCG behaves so: patterns are held against published findings, most of them from a few places."
