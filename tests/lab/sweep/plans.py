"""Plans of sweeps for tests, and running them in a process of their own.

python -m tests.lab.sweep.plans FOLDER TASK [POINTS [REPLICATES [WORKERS]]]
"""

from __future__ import annotations

import json
import resource
import sys
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ccgsim.foundation.files.in_use import InUse
from ccgsim.foundation.work.stopping import Interrupted
from ccgsim.foundation.work.worker import Work
from ccgsim.lab.sweep.jobs import Task, attempt
from ccgsim.lab.sweep.plan import Plan
from ccgsim.lab.sweep.sweep import carry_out, on_this_machine
from tests.lab.sweep import tasks

COLUMNS = ("final_toy", "mean_toy")


def toy(task: Task = tasks.quick, points: int = 20, replicates: int = 5, **limits: Any) -> Plan:
    """A plan of a toy: so many values of toy.x from 0 up, so many seeds."""
    series = ("toy",) if task is tasks.with_months else ()
    frame = pd.DataFrame(
        {
            "run": np.arange(points * replicates),
            "point": np.repeat(np.arange(points), replicates),
            "seed": np.tile(np.arange(replicates), points),
            "toy.x": np.repeat(np.arange(points, dtype=float), replicates),
        }
    )
    work = Work(partial(attempt, task), tasks.nothing, limits.get("seconds", 60.0), limits.get("memory_mb", 2000))
    return Plan(frame, COLUMNS, work, {"code": "toy", "scenario": {"toy": {"x": 1.0}}}, series)


def main() -> None:
    """Run a toy sweep as the command line says; print how it stands. Exit 5 where the folder is in use."""
    folder, task, *numbers = sys.argv[1:]
    points, replicates, workers = [*map(int, numbers), *(20, 5, 2)[len(numbers) :]]
    plan = toy(getattr(tasks, task), points, replicates)
    try:
        found = carry_out(plan, Path(folder), on_this_machine(workers))
    except Interrupted as stopped:
        found = stopped.found
    except InUse as busy:
        sys.stderr.write(f"{busy}\n")
        raise SystemExit(5) from None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    counts = {key: getattr(found, key) for key in ("planned", "done", "failed", "pending", "interrupted")}
    sys.stdout.write(json.dumps(counts | {"peak_mb": peak}))


if __name__ == "__main__":
    main()
