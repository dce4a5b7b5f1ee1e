"""Run every section beside its peers and print the tables: python -m benchmarks.run [--quick] [--json] [--record] ...

A section is a function from `quick` to a Table; a new one needs one line in SECTIONS.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version

from benchmarks import growth, history, lab, many, same_work, site, start, teach
from benchmarks.timing import Table

SECTIONS: dict[str, Callable[[bool], Table]] = {
    "start": start.section,
    "site": site.section,
    "growth": growth.section,
    "many": many.section,
    "reference": same_work.section,
    "lab": lab.section,
    "teach": teach.section,
}
CHECK_FAILED = 6
_LIBRARIES = ("ccgsim", "mesa", "numba", "numpy")


def surroundings() -> dict[str, str | int | None]:
    """Versions and machine, as far as speed depends on them."""
    versions: dict[str, str | int | None] = {name: version(name) for name in _LIBRARIES}
    return versions | {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="Speed beside peers, same work.")
    parser.add_argument("--quick", action="store_true", help="small worlds, few repeats")
    parser.add_argument("--json", action="store_true", help="one JSON document and nothing else")
    parser.add_argument("--only", action="append", choices=list(SECTIONS), help="run this section (may be repeated)")
    parser.add_argument("--record", action="store_true", help="append the ratios to benchmarks/history.csv")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sections asked for; 0, or 6 where a check of numbers failed."""
    asked = parsed(arguments)
    found = {}
    for name in asked.only or SECTIONS:
        found[name] = SECTIONS[name](asked.quick)
        if not asked.json:
            print(found[name].text(), end="\n\n", flush=True)
    if asked.record:
        history.record(found, asked.quick, surroundings())
    if asked.json:
        tables = {name: table.as_json() for name, table in found.items()}
        document = {"ccgsim": version("ccgsim"), "command": "benchmark", "with": surroundings(), "sections": tables}
        print(json.dumps(document, allow_nan=False))
    else:
        print("  ".join(f"{name} {value}" for name, value in surroundings().items()))
    return 0 if all(table.held for table in found.values()) else CHECK_FAILED


if __name__ == "__main__":
    sys.exit(main())
