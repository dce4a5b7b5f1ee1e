"""The page docs/claims.md and its figure, written from docs/claims.json, as `ccgsim claim --out` leaves it.

python -m docs.claims            rewrites the blocks between the markers and draws the figure
python -m docs.claims --check    exits 1 where a block or the figure is stale
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ccgsim.report.drawing.margins import yes_or_no
from ccgsim.report.figures.claims import claims_figure
from ccgsim.report.findings.claims import break_of, places_of, share_of
from docs.tables import DOCS, only_checked, rewrite, table

PAGE, FIGURES, SOURCE = DOCS / "claims.md", DOCS / "figures", DOCS / "claims.json"
HEAD = ("id", "claim", "holds in", "at the defaults", "without its mechanism", "what breaks it", "it acts in")
Row = Mapping[str, Any]


def document() -> dict[str, Any]:
    """The committed claims."""
    found: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))
    return found


def headline() -> str:
    """How many patterns hold in most of the space, and how that was found."""
    found = document()
    rows = found["claims"]
    most = sum((row["low"] or 0) > 0.5 for row in rows)
    return (
        f"**{most} of {len(rows)} patterns hold in more than half of the plausible space** (the whole interval lies "
        f"above .5), version {found['ccgsim']}, {found['draws']} draws on {found['seeds']} seeds each."
    )


def claim_table() -> str:
    """Every claim in a row."""
    return table(HEAD, [claim_row(row) for row in document()["claims"]])


def claim_row(row: Row) -> tuple[str, ...]:
    """One claim: its share, its fate at the defaults and without its mechanism, what breaks it, where it acts."""
    without = "–" if row["without"] is None else share_of(row["without"])
    breaking = "; ".join(break_of(found) for found in row["breaks"]) or "–"
    acts = ", ".join(places_of(row["mechanism"], lines=False)) or "–"
    return row["id"], row["claim"], share_of(row), yes_or_no(row["at_defaults"]), without, breaking, acts


def weakest() -> str:
    """For each claim of several parts, in what share each part holds."""
    rows = [
        (row["id"], part["statistic"], "–" if part["share"] is None else f"{part['share']:.2f}")
        for row in document()["claims"]
        if len(row["parts"]) > 1
        for part in row["parts"]
    ]
    return table(("id", "part", "holds in"), rows) if rows else "No claim has several parts."


def drawn() -> str:
    """How many parameters were drawn, and from how much of their ranges."""
    found = document()
    return (
        f"{found['parameters']} parameters were drawn, each from {found['half']:.0%} of the way to either end of what "
        "`ccgsim parameters` declares, and from no further than half and twice its default."
    )


BLOCKS = {"headline": headline, "claims": claim_table, "parts": weakest, "drawn": drawn}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite the page and draw the figure, or with --check tell whether it is fresh: 0, or 1 where it is stale."""
    command = "docs.claims"
    check = only_checked(command, "docs/claims.md, from docs/claims.json.", arguments)
    figures = {FIGURES / file: data for file, data in claims_figure(document()).files("claims")}
    return rewrite(PAGE, BLOCKS, command, check, figures)


if __name__ == "__main__":
    raise SystemExit(main())
