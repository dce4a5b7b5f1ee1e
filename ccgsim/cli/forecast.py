"""The command `forecast`: the next wave of a survey, sealed before it is there, and scored against it afterwards."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ccgsim.cli.options.surveys import Forecast
from ccgsim.cli.parts.answers import DONE, opening, paths_of, place_faults, print_json, range_faults
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.surveyed import beginning, options_of, reading_faults
from ccgsim.cli.parts.typed import typed
from ccgsim.cli.parts.worlds import compile_rules, last_first_seed
from ccgsim.foundation.files.reading import Unreadable, text_of
from ccgsim.foundation.problems import Problem, Problems, fault_at, gathering, shown_path
from ccgsim.foundation.work.workers import workers_out_of_range
from ccgsim.lab.forecast import forecast, score, sealed, unsealed
from ccgsim.report import folders
from ccgsim.report.findings import forecast as report
from ccgsim.report.words import terminal
from ccgsim.run import fingerprints, provenance
from ccgsim.scenario.brought.network import surveyed
from ccgsim.scenario.events import LAST_MONTH
from ccgsim.scenario.scenario import Scenario, load
from ccgsim.scenario.wording import holding
from ccgsim.survey.network import in_order
from ccgsim.survey.source import survey
from ccgsim.survey.waves import called
from ccgsim.world.surveyed import said

DRAWS, MOST = (10, 10_000), 64_000_000  # fewest and most draws; bytes of a sealed forecast


@dataclass(frozen=True, slots=True)
class Order:
    """A forecast to make, every option checked."""

    asked: Forecast
    scenario: Scenario
    place: folders.Place | None


def answer(asked: Forecast) -> int:
    """Forecast, seal the forecast and write its folder if asked, or score a sealed one; returns the exit code."""
    if asked.against is not None:
        return _scored(asked, asked.against)
    order = checked(asked)
    say(said(order.scenario), asked.talks)
    compile_rules(asked.talks)
    if order.place is None:
        document, written = carried_out(order), dict[str, Path]()
    else:
        with order.place.taken():
            began = time.time()
            document = carried_out(order)
            about = _facts(order.scenario, document, began)
            written = report.write_forecast(document, about, order.place, typed(asked))
    kept = {"forecast": report.write_sealed(document, sealed_path(asked.file))} if asked.seal else {}
    if asked.as_json:
        print_json(document | {"files": paths_of(kept | written)})
    else:
        report.print_forecast(document, kept)
        if written:
            terminal.print_line(f"Written: {', '.join(str(path) for path in written.values())}")
    return DONE


def carried_out(order: Order) -> dict[str, Any]:
    """The forecast with its seal, made while progress is shown."""
    asked, scenario = order.asked, order.scenario
    with terminal.Meter("worlds", shown=asked.talks) as progress:
        found = forecast(scenario, asked.months, asked.draws, asked.seed, progress, asked.workers)
    about = {"scenario": scenario.root, "inputs": fingerprints(scenario), "notes": said(scenario)}
    about["words"] = dict(scenario.words)
    return sealed(opening("forecast") | about | found)


def _facts(scenario: Scenario, document: dict[str, Any], began: float) -> dict[str, Any]:
    """What the manifest tells of a forecast beside its file: seeds, words, names, versions."""
    assert scenario.network is not None
    network = surveyed(scenario.network).network
    return {
        "seeds": list(range(document["seed"], document["seed"] + document["draws"])),
        "months": document["months"],
        "words": document["words"],
        "names": holding(network.people.ids),
        "called": called(network),
        **provenance(began, document["inputs"]),
    }


def sealed_path(file: Path) -> Path:
    """Where the sealed forecast of a file is kept: in the current folder."""
    return Path(f"{file.stem}-forecast.json")


def checked(asked: Forecast) -> Order:
    """The checked order for these options; raises Problems with every fault of the options and of the files."""
    found = place_faults(asked.file, "FILE") + place_faults(asked.out) + reading_faults(asked) + _number_faults(asked)
    if asked.seal and sealed_path(asked.file).exists():
        rule = "is there already, and a sealed forecast is not replaced; move it away"
        found.append(Problem("", "--seal", shown_path(sealed_path(asked.file)), rule))
    scenario, place = None, None
    with gathering(found):
        scenario = load(asked.scenario)
        if not found:
            scenario = scenario.with_(**beginning(asked, asked.file))
    with gathering(found):
        place = folders.target(asked.out, asked.out, asked.force, folders.FORECAST) if asked.out is not None else None
    if found or scenario is None:
        raise Problems(found)
    return Order(asked, scenario, place)


def _number_faults(asked: Forecast) -> list[Problem]:
    found = range_faults(
        ("--months", asked.months, 1, LAST_MONTH),
        ("--draws", asked.draws, *DRAWS),
        ("--seed", asked.seed, 0, last_first_seed(asked.draws, *DRAWS)),
    )
    return found + workers_out_of_range(asked.workers)


def _scored(asked: Forecast, against: Path) -> int:
    """Print the score of a sealed forecast against a later wave."""
    found = place_faults(asked.file, "FILE") + place_faults(against, "--against") + reading_faults(asked)
    if asked.seal:
        found.append(Problem("", "--seal", "", "seals a new forecast; --against scores one that is sealed"))
    if asked.out is not None:
        rule = "is the folder of a new forecast; --against scores one that is sealed"
        found.append(Problem("", "--out", shown_path(asked.out), rule))
    if found:
        raise Problems(found)
    try:
        text = text_of(asked.file, MOST)
    except Unreadable as why:
        raise fault_at("", "FILE", shown_path(asked.file), str(why)) from None
    document = unsealed(text, str(asked.file))
    later = in_order(survey(against, options_of(asked)))
    scores: dict[str, Any] = score(document, later, str(against))
    about = {"months": document["months"], "seal": document["seal"], "warnings": list(later.warnings)}
    if asked.as_json:
        print_json(opening("forecast") | about | scores)
    else:
        report.print_score(about | scores)
    return DONE
