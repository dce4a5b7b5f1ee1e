"""Section `many`: England's CCGs side by side, from their building to their last month, and the memory they take."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from time import process_time

from benchmarks.growth import peak_megabytes
from benchmarks.timing import Cell, Table
from ccgsim import load
from ccgsim.course import Course
from ccgsim.measures.observer import Observer
from ccgsim.run import under_way

MONTHS = 140
MOST_SECONDS, MOST_MEGABYTES = 60, 1_500
COLUMNS = ("CCGs", "agents at the end", "ties at the end", "seconds of one core", "peak MB")


def measured(ccgs: int, months: int) -> dict[str, float]:
    """Agents, ties, processor seconds of world, burn-in and months with all measures, peak memory of this process."""
    scenario = load("england").with_(england={"ccgs": ccgs, "practices": round(8106 * ccgs / 211)})
    Course(scenario.with_(england={"ccgs": 2, "practices": 20}), 0).step()  # loads the rules
    begin = process_time()
    course = Course(scenario, 0)
    observer = Observer(course.world, months)
    for _ in under_way(course, months):
        observer.observe(course.world)
    spent, world = process_time() - begin, course.world
    people = int(world.actors.active.sum())
    return {"agents": people, "ties": len(world.ties), "seconds": spent, "peak": peak_megabytes()}


def section(quick: bool) -> Table:
    """Seconds and megabytes of England, or (quick) of a tenth of it for a year, each in a process of its own."""
    ccgs, months = (21, 12) if quick else (211, MONTHS)
    code = f"import json; from benchmarks.many import measured; print(json.dumps(measured({ccgs}, {months})))"
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    row: tuple[Cell, ...] = (ccgs, found["agents"], found["ties"], found["seconds"], found["peak"])
    notes = [f"{months} months with all measures. Targets for England: {MOST_SECONDS} s, {MOST_MEGABYTES} MB."]
    return Table("Many CCGs", COLUMNS, [row], notes, held=found["peak"] < MOST_MEGABYTES)
