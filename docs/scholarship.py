"""The pages that describe the model by the lists of others: STRESS-ABS, TRACE, and the log of assumptions.

python -m docs.scholarship            rewrites the blocks between the markers
python -m docs.scholarship --check    exits 1 where a block is stale
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from ccgsim.lab.validation.baseline import shipped
from ccgsim.measures.catalogue import MEASURES
from ccgsim.report.drawing.margins import shown_of, yes_or_no
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.scenario import load, names
from docs import assumptions
from docs.metadata import project
from docs.tables import DOCS, model_in_figures, only_checked, rewrite, table
from docs.validation import misses, other_seeds

HEADLINES = ("stability", "coherence", "knowledge_mobility", "participation", "efficacy", "manager_control")
Block = Callable[[], str]


def outputs() -> str:
    """The measures that results speak of most."""
    rows = [(f"`{m.name}`", m.unit, m.meaning) for m in MEASURES if m.name in HEADLINES]
    return table(("measure", "unit", "meaning"), rows)


def run_lengths() -> str:
    """How long the shipped scenarios run, and from when their worlds settle."""
    months = Counter(load(name).months for name in names())
    told = ", ".join(f"{length} months ({count} of them)" for length, count in sorted(months.items(), reverse=True))
    burn_in = all_parameters()["start.burn_in"].default
    return f"The shipped scenarios run {told}. The burn-in before month 0 takes {burn_in} months."


def software() -> str:
    """Language and libraries, with the lowest versions that are tried."""
    needs = ", ".join(f"`{each}`" for each in project()["dependencies"])
    return f"Python {project()['requires-python']}; {needs}. `uv.lock` holds the versions behind the published numbers."


def sources_by_section() -> str:
    """How good the evidence is, section by section."""
    counts: dict[str, Counter[str]] = {}
    for entry in assumptions.entries():
        counts.setdefault(entry.name.partition(".")[0], Counter())[entry.quality] += 1
    rows = [(f"`[{section}]`", *(each[name] for name in assumptions.QUALITIES)) for section, each in counts.items()]
    return table(("section", *assumptions.QUALITIES), rows)


def built_in() -> str:
    """Patterns that were set or fitted, with their verdicts."""
    rows = [
        (row["id"], row["claim"], row["source"], row["origin"], yes_or_no(row["held"]))
        for row in shipped()["patterns"]
        if row["origin"] in ("set", "fitted")
    ]
    return table(("id", "what was put in or fitted", "source", "origin", "holds"), rows)


def analysed() -> str:
    """Patterns that hold and fail without their mechanism, those that do not, and claims under draws of all values."""
    rows = [row for row in shipped()["patterns"] if row["origin"] == "emergent"]
    hanging = ", ".join(row["id"] for row in rows if row["shown"])
    others = ", ".join(row["id"] for row in rows if not row["shown"])
    claims = json.loads(assumptions.CLAIMS.read_text(encoding="utf-8"))["claims"]
    shares = [(row["id"], row["claim"], f"{row['share']:.2f} [{row['low']:.2f}, {row['high']:.2f}]") for row in claims]
    head = ("id", "claim", "share of plausible values in which it holds")
    told = f"Hold, and fail with the mechanism switched off: {hanging}. Not so: {others or 'none'}."
    return f"{told}\n\n{table(head, shares)}"


def corroborated() -> str:
    """What is shown here and on seeds that had no part in choosing values, and what does not hold."""
    return f"On the seeds of the judgement: {shown_of(shipped())}. {other_seeds()}\n\nWhat falls short:\n\n{misses()}"


PAGES: Mapping[str, Mapping[str, Block]] = {
    "assumptions": assumptions.BLOCKS,
    "stress": {
        "figures": model_in_figures,
        "outputs": outputs,
        "lengths": run_lengths,
        "software": software,
    },
    "trace": {
        "sources": sources_by_section,
        "built_in": built_in,
        "analysed": analysed,
        "corroborated": corroborated,
    },
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the pages, or with --check tell whether they are fresh: 0, or 1 where one is stale."""
    command = "docs.scholarship"
    check = only_checked(command, "STRESS-ABS, TRACE and the log of assumptions, from code and data.", arguments)
    return max([rewrite(DOCS / f"{name}.md", blocks, command, check) for name, blocks in PAGES.items()])


if __name__ == "__main__":
    raise SystemExit(main())
