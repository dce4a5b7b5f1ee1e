"""Section `growth`: how the time of a month, betweenness apart, and the memory grow with agents and their ties."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.timing import Cell, Table
from ccgsim import load
from ccgsim.course import Course
from ccgsim.measures.betweenness import board_betweenness
from ccgsim.measures.observer import Observer

AGENTS = (100, 300, 1_000, 3_000, 10_000, 20_000)
QUICK = (100, 300, 1_000)
AGENTS_PER_PRACTICE = 1.2  # in large worlds; the rest are patients' groups
PEOPLE_BESIDES = 50  # PCT staff, providers and other bodies, whatever the size
PRACTICES_PER_LOCALITY = 6
MOST_PATIENTS = 10_000_000
MONTHS = 12
MOST_POWER = 1.1
MOST_MEGABYTES = 1_000
COLUMNS = ("agents", "ties", "ms a month", "us an agent", "peak MB")


def settings(agents: int) -> dict[str, int]:
    """What makes a CCG of about so many agents: practices, localities of equal size, patients."""
    practices = round((agents - PEOPLE_BESIDES) / AGENTS_PER_PRACTICE)
    localities = max(1, practices // PRACTICES_PER_LOCALITY)
    patients = min(MOST_PATIENTS, 7_000 * practices)
    return {"network_size": practices, "site.localities": localities, "site.population": patients}


def measured(agents: int) -> dict[str, float]:
    """Agents, ties, median seconds of a month with its measures but betweenness, peak memory of this process [MB]."""
    course = Course(load("site_a").overridden(settings(agents)), 0)
    observer, seconds = Observer(course.world, MONTHS + 1), []
    observer.observe(course.world)
    for _ in range(MONTHS + 1):  # the first may load rules
        begin = process_time()
        course.step()
        observer.observe(course.world)
        middle = process_time()
        board_betweenness(course.world)
        seconds.append(middle - begin - (process_time() - middle))
    peak, world = peak_megabytes(), course.world
    return {"agents": len(world.actors), "ties": len(world.ties), "seconds": median(seconds[1:]), "peak": peak}


def peak_megabytes() -> float:
    """Peak memory of this process [MB]. Linux counts a parent's peak in getrusage, so its own file is read there."""
    own = Path("/proc/self/status")
    if own.exists():
        line = next(line for line in own.read_text().splitlines() if line.startswith("VmHWM"))
        return float(line.split()[1]) / 1024
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def in_a_child(agents: int) -> dict[str, float]:
    """The same, measured in a process of its own, so that the peak is that of this world alone."""
    code = f"import json; from benchmarks.growth import measured; print(json.dumps(measured({agents})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def power(sizes: list[float], seconds: list[float]) -> float:
    """The power of size with which seconds grow: slope of the line of least squares through the logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(time) for time in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)


def section(quick: bool) -> Table:
    """Time of a month and peak memory from 100 to 20,000 agents, and the power of growth between them."""
    found = [in_a_child(agents) for agents in (QUICK if quick else AGENTS)]
    rows: list[tuple[Cell, ...]] = [
        (int(f["agents"]), int(f["ties"]), 1e3 * f["seconds"], 1e6 * f["seconds"] / f["agents"], f["peak"])
        for f in found
    ]
    slope = power([f["ties"] for f in found], [f["seconds"] for f in found])
    notes = [
        "One CCG of growing network size, localities of equal size; each size in a process of its own, after burn-in.",
        f"Time grows with the power {slope:.3f} of ties; wanted: at most {MOST_POWER}. Peak memory is to stay below "
        f"{MOST_MEGABYTES:,} MB.",
    ]
    return Table("Growth", COLUMNS, rows, notes, held=max(f["peak"] for f in found) < MOST_MEGABYTES)
