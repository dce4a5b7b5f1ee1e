"""How the patterns fared before: the shipped document, and when a pattern that held has stopped holding.

On as many seeds as before, or more, every part must hold. On fewer, an interval is wider and one that held may fail
by chance: a part that fails counts as standing where its value lies as near the earlier one as chance allows. The
mean of the first n of N seeds strays from that of all N with standard deviation se sqrt(N/n - 1), se being the
standard error on N seeds, of which the half-width of an interval is 1.7 to 2 (docs/decisions/0012).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("baseline.json")
SURE = 2.0  # half-widths allowed at half the seeds: one false alarm in a thousand parts or fewer
BARE_HALF = 0.025  # half-width assumed for a part without interval, such as a share of worlds
Row = Mapping[str, Any]


def shipped() -> dict[str, Any]:
    """The document that this version of ccgsim ships; without rows where there is none."""
    return json.loads(SHIPPED.read_text(encoding="utf-8")) if SHIPPED.exists() else {"patterns": []}


def compared(document: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The document with `held_before` in each row (None for a new pattern), what has stopped, and the baseline."""
    earlier = {row["id"]: row for row in before["patterns"]}
    rows = [{**row, "held_before": earlier.get(row["id"], {}).get("held")} for row in document["patterns"]]
    fallen = [part for row in rows if row["held_before"] for part in stopped(earlier[row["id"]], row)]
    rules = before.get("rules")
    about = {"seeds": before.get("seeds"), "rules": rules, "same_rules": rules == document["rules"]}
    return {**document, "patterns": rows, "stopped": fallen, "baseline": about}


def stopped(before: Row, now: Row) -> list[dict[str, Any]]:
    """The parts of a pattern that held and no longer does which have fallen, each before and now."""
    fewer = max(0.0, before["seeds"] / now["seeds"] - 1)
    pairs = zip_longest(before["parts"], now["parts"])
    return [
        {"id": now["id"], "statistic": (new or old)["statistic"], "before": old, "now": new}
        for old, new in pairs
        if not stands(old, new, fewer)
    ]


def stands(old: Row | None, new: Row | None, fewer: float) -> bool:
    """Whether a part holds, or strays no farther from its earlier value than seeds fewer by that ratio explain."""
    if new is None or new["held"]:
        return new is not None
    if old is None or old["value"] is None or new["value"] is None:
        return False
    half = (old["high"] - old["low"]) / 2 or BARE_HALF
    return bool(abs(new["value"] - old["value"]) < SURE * half * math.sqrt(fewer))
