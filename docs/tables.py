"""The tables of docs/odd.md, written from the code: steps, parameters, states, measures, levers, patterns.

python -m docs.tables            rewrites the blocks between the markers
python -m docs.tables --check    exits 1 where a block is stale
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ccgsim.course import in_words
from ccgsim.foundation import tables
from ccgsim.foundation.files.writing import put
from ccgsim.foundation.quantity import Quantity, plain, quantities
from ccgsim.foundation.vocabulary import KINDS
from ccgsim.lab.validation import baseline
from ccgsim.lab.validation.patterns import PATTERNS as DECLARED_PATTERNS
from ccgsim.lab.validation.patterns import Pattern
from ccgsim.measures.catalogue import MEASURES
from ccgsim.report.drawing.margins import shown_of, yes_or_no
from ccgsim.report.experiments import between_markers
from ccgsim.scenario.events import LEVERS, Lever
from ccgsim.scenario.parameters import dated_parameters, parameter_rows
from ccgsim.scenario.scenario import names
from ccgsim.scenario.sections import HEADLINES, SECTIONS

DOCS = Path(__file__).parent
PAGE = DOCS / "odd.md"
PATTERNS = baseline.SHIPPED
NAMES_OF_TABLES = {
    "actors": "Actors: people and bodies, a row each",
    "ties": "Ties: from the seeker of advice to the adviser",
    "ccgs": "Clinical commissioning groups",
    "seats": "Seats on a board",
    "localities": "Localities",
    "projects": "Projects of service redesign",
    "neighbours": "Pairs of CCGs that may work together",
    "nation": "The nation",
    "parked": "Ties of a vacant seat that wait for a successor",
    "clock": "The clock",
}


def table(head: Collection[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell(value) for value in line)} |" for line in lines)


def cell(value: object) -> str:
    """A value as one cell: no bars, no line ends."""
    return str(value).replace("|", "\\|").replace("\n", " ")


def given(value: object) -> str:
    """A default as a scenario file writes it; a dash for none."""
    if value is None:
        return "–"
    if isinstance(value, bool | str):
        return str(value).lower()
    return plain(value) if isinstance(value, int | float) else str(value)


def allowed(quantity: Quantity) -> str:
    """What a parameter may be."""
    if quantity.options:
        return ", ".join(quantity.options)
    if quantity.kind is bool:
        return "true, false"
    return "" if quantity.low is None else f"{plain(quantity.low)} to {plain(quantity.high)}"


def parameter_tables() -> str:
    """Every parameter, section by section."""
    headlines = {name: headline for headline, name in HEADLINES.items()}
    dated = dated_parameters()
    parts = []
    for section, kind in SECTIONS.items():
        rows = []
        for key, quantity in quantities(kind):
            name = f"{section}.{key}"
            also = f" (headline `{headlines[name]}`)" if name in headlines else ""
            what = (given(quantity.default), allowed(quantity), quantity.unit, quantity.meaning + also, quantity.source)
            rows.append((f"`{name}`", *what, "yes" if name in dated else ""))
        parts.append(f"**[{section}]**\n\n" + table(PARAMETER_HEAD, rows))
    return "\n\n".join(parts)


PARAMETER_HEAD = ("name", "default", "allowed", "unit", "meaning", "source", "may change at a date")


def state_tables() -> str:
    """Every column of the tables that hold a world."""
    parts = []
    for name, title in NAMES_OF_TABLES.items():
        rows = [
            (f"`{c.name}`" + (f" ({c.width})" if c.width > 1 else ""), c.type, c.unit, c.meaning)
            for c in tables.ALL[name]
        ]
        parts.append(f"**{title}** (`{name}`)\n\n" + table(("column", "type", "unit", "meaning"), rows))
    return "\n\n".join(parts)


def measure_table() -> str:
    """Every monthly measure, in the order of the output."""
    rows = [(f"`{m.name}`", m.unit, m.meaning, m.empty) for m in MEASURES]
    return table(("measure", "unit", "meaning", "on an empty base"), rows)


def lever_table() -> str:
    """Every lever with what it takes."""
    rows = [(f"`{name}`", takes(lever), lever.meaning, lever.source) for name, lever in LEVERS.items()]
    return table(("lever", "takes", "meaning", "source"), rows)


def takes(lever: Lever) -> str:
    """The fields of a lever, or the parameter that it is."""
    if lever.sets:
        return f"`value`: sets `{lever.sets}`"
    return ", ".join(f"`{name}`" for name in lever.fields or {}) or "nothing"


def pattern_table() -> str:
    """A row for each pattern, as the command `validate` left them; a line where they were not computed."""
    if not PATTERNS.exists():
        return "Not yet computed."
    document = json.loads(PATTERNS.read_text(encoding="utf-8"))
    declared = {pattern.id: pattern for pattern in DECLARED_PATTERNS}
    rows = [pattern_row(row, declared[row["id"]]) for row in document["patterns"]]
    return (
        f"Version {document['ccgsim']}, {document['seeds']} seeds: {shown_of(document)}.\n\n{table(PATTERN_HEAD, rows)}"
    )


PATTERN_HEAD = ("id", "claim", "source", "origin", "holds", "switched off", "holds without it", "shown")


def pattern_row(row: Mapping[str, Any], pattern: Pattern) -> tuple[str, ...]:
    """A pattern with its verdicts, and what is switched off to show that it hangs on its mechanism."""
    verdicts = [yes_or_no(row[key]) for key in ("held", "held_without_mechanism", "shown")]
    return (*(str(row[key]) for key in ("id", "claim", "source", "origin")), verdicts[0], off(pattern), *verdicts[1:])


def off(pattern: Pattern) -> str:
    """The parameters that the ablation of a pattern sets."""
    names = [f"`{section}.{key}`" for section, values in pattern.ablation.items() for key in values]
    return ", ".join(names) or ("a run of its own" if pattern.ablation_judge else "–")


def model_in_figures() -> str:
    """How much of everything the model has, and how it stands against its sources."""
    sources = [row["source"] for row in parameter_rows()]
    counts = {
        "agents' kinds": len(KINDS),
        "steps of a month": len(in_words()),
        "measures": len(MEASURES),
        "levers": len(LEVERS),
        "shipped scenarios": len(names()),
        "parameters": len(sources),
        "of them assumed": sum(source.startswith("assumed") for source in sources),
    }
    shown = shown_of(json.loads(PATTERNS.read_text(encoding="utf-8")))
    return table(counts, [list(counts.values())]) + f"\n\nAgainst its sources: {shown}."


def step_list() -> str:
    """The steps of the month, numbered, each in a line."""
    return "\n".join(f"{place}. **{name}**: {what}" for place, (name, what) in enumerate(in_words().items(), start=1))


BLOCKS: dict[str, Callable[[], str]] = {
    "figures": model_in_figures,
    "steps": step_list,
    "patterns": pattern_table,
    "states": state_tables,
    "measures": measure_table,
    "levers": lever_table,
    "parameters": parameter_tables,
}


def refreshed(page: str, blocks: Mapping[str, Callable[[], str]] = BLOCKS) -> str:
    """The page with every block as the code has it; ValueError where a marker is missing."""
    for name, block in blocks.items():
        page = between_markers(page, name, block())
    return page


def rewrite(
    page: Path,
    blocks: Mapping[str, Callable[[], str]],
    command: str,
    check: bool,
    figures: Mapping[Path, bytes] = MappingProxyType({}),
) -> int:
    """Rewrite the blocks of a page and its figures, or only tell (`check`) which are stale: 0, or 1 where one is.

    Figures have the same bytes wherever they are drawn with the libraries of uv.lock.
    """
    before = page.read_text(encoding="utf-8")
    fresh = refreshed(before, blocks)
    if not check:
        page.write_text(fresh, encoding="utf-8", newline="\n")
        for path, data in figures.items():
            put(path, data)
        return 0
    stale = [page] if fresh != before else []
    stale += [path for path, data in figures.items() if not path.exists() or path.read_bytes() != data]
    for path in stale:
        print(f"{in_checkout(path)} is {'stale' if path.exists() else 'missing'}: run python -m {command}")
    return 1 if stale else 0


def in_checkout(path: Path) -> str:
    """A path as it is typed in the folder of the checkout."""
    root = Path(__file__).parents[1]
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def only_checked(command: str, about: str, arguments: Sequence[str] | None) -> bool:
    """Whether the command line asks with --check that nothing be changed."""
    parser = argparse.ArgumentParser(prog=f"python -m {command}", description=about)
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 where a block or a figure is stale"
    )
    return bool(parser.parse_args(arguments).check)


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the page, or with --check tell whether it is fresh: 0, or 1 where it is stale."""
    command = "docs.tables"
    return rewrite(PAGE, BLOCKS, command, only_checked(command, "Tables of docs/odd.md from the code.", arguments))


if __name__ == "__main__":
    raise SystemExit(main())
