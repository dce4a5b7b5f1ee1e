"""The command `sensitivity`: checks the experiment, runs its points, prints the indices as text or JSON."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ccgsim.cli.options import studies as options
from ccgsim.cli.parts.answers import opening, place_faults, print_json
from ccgsim.cli.parts.experiments import (
    Order,
    carried_out,
    counts,
    exit_code,
    file_faults,
    print_counts,
    say_pending,
    workers_faults,
    workers_of,
)
from ccgsim.cli.parts.streams import say
from ccgsim.foundation.extras import needs
from ccgsim.foundation.files.writing import plain
from ccgsim.foundation.problems import Problem, Problems, gathering
from ccgsim.lab.experiment.experiment import Experiment, experiment
from ccgsim.lab.sensitivity.points import check_samples, varying
from ccgsim.lab.sensitivity.study import Study, check_folder, opened, study
from ccgsim.lab.sweep.plan import facts_of
from ccgsim.report.findings import sensitivity
from ccgsim.report.words import terminal
from ccgsim.run import provenance


@dataclass(frozen=True, slots=True)
class Done:
    """A study and its files by name."""

    found: Study
    files: dict[str, Path] = field(default_factory=dict)


def answer(asked: options.Sensitivity) -> int:
    """Run the experiment's points, print and write the indices; returns the exit code."""
    order = checked(asked)
    done = carry_out(order)
    if asked.as_json:
        print_json(opening("sensitivity") | document(done))
    else:
        show(order, done)
    warn(done, asked.talks)
    return exit_code(done.found.interrupted, done.found.failed)


def checked(asked: options.Sensitivity) -> Order:
    """The checked order for these options; raises Problems with every fault."""
    found: list[Problem] = workers_faults(asked) + place_faults(asked.out)
    missing: list[Problem] = []
    read: Experiment | None = None
    with gathering(missing):
        needs("lab", "SALib")
    with gathering(found):
        read = experiment(asked.experiment)
        varying(read)
        if not missing:
            check_samples(read)
    found += missing
    with gathering(found):
        check_folder(asked.out)
    found += file_faults(asked.out)
    if found or read is None:
        raise Problems(found)
    return Order(asked=asked, experiment=read, workers=workers_of(asked))


def carry_out(order: Order) -> Done:
    """Do the pending runs, and write the indices once no run is pending."""
    began = time.time()
    with opened(order.asked.out):
        found: Study = carried_out(order, study)
        if found.interrupted:
            return Done(found)
        titles = {"title": order.experiment.title, "question": order.experiment.question}
        facts = {**facts_of(order.experiment), **titles, **provenance(began)}
        return Done(found, sensitivity.write_sensitivity(found.indices, found.noise, facts, order.asked.out))


def document(done: Done) -> dict[str, Any]:
    """The JSON document of a study."""
    found = done.found
    return {
        **counts(found),
        "table": str(done.files["indices.parquet"]) if done.files else None,
        "failures": found.failures,
        "indices": plain(found.indices.to_dict("records")),
        "noise": plain(found.noise.to_dict("records")),
        "files": {name: str(path) for name, path in done.files.items()},
    }


def show(order: Order, done: Done) -> None:
    """Print the counts, the first failures, the indices and where the files are."""
    found = done.found
    print_counts(found)
    if done.files:
        sensitivity.print_indices(found.indices, found.noise)
        terminal.print_line(
            "95% bootstrap intervals. mu* is a change over a whole range, from the lowest to the highest value or from "
            "one word to another; S1 and ST are shares of the variance."
        )
        terminal.print_line(f"Tables and figures in {order.asked.out}")


def warn(done: Done, talk: bool) -> None:
    """Warn how to resume an interrupted study, and which indices have no value."""
    found = done.found
    if found.interrupted:
        say_pending(found, talk)
    elif missing := sorted(set(found.experiment.measures) - set(found.indices.dropna(subset=["value"])["measure"])):
        say([f"no index for {', '.join(missing)}: the column note of indices.csv says why"], talk)
