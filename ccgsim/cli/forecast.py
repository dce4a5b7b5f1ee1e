"""The command `forecast`: the next wave of a survey, sealed before it is there, and scored against it afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ccgsim.cli.options.surveys import Forecast
from ccgsim.cli.parts.answers import DONE, opening, paths_of, place_faults, print_json, range_faults
from ccgsim.cli.parts.streams import say
from ccgsim.cli.parts.surveyed import beginning, options_of, reading_faults
from ccgsim.cli.parts.worlds import compile_rules, last_first_seed
from ccgsim.foundation.files.reading import Unreadable, text_of
from ccgsim.foundation.problems import Problem, Problems, fault_at, gathering, shown_path
from ccgsim.foundation.work.workers import workers_out_of_range
from ccgsim.lab.forecast import forecast, score, sealed, unsealed
from ccgsim.report.findings import forecast as report
from ccgsim.report.words import terminal
from ccgsim.run import fingerprints
from ccgsim.scenario.events import LAST_MONTH
from ccgsim.scenario.scenario import Scenario, load
from ccgsim.survey.network import in_order
from ccgsim.survey.source import survey
from ccgsim.world.surveyed import said

DRAWS, MOST = (10, 10_000), 64_000_000  # fewest and most draws; bytes of a sealed forecast


def answer(asked: Forecast) -> int:
    """Forecast, and seal the forecast if asked, or score a sealed one; returns the exit code."""
    if asked.against is not None:
        return _scored(asked, asked.against)
    scenario = checked(asked)
    say(said(scenario), asked.talks)
    compile_rules(asked.talks)
    with terminal.Meter("worlds", shown=asked.talks) as progress:
        found = forecast(scenario, asked.months, asked.draws, asked.seed, progress, asked.workers)
    about = {"scenario": scenario.root, "inputs": fingerprints(scenario), "notes": said(scenario)}
    about["words"] = dict(scenario.words)
    document = sealed(opening("forecast") | about | found)
    files = {"forecast": report.write_sealed(document, sealed_path(asked.file))} if asked.seal else {}
    if asked.as_json:
        print_json(document | {"files": paths_of(files)})
    else:
        report.print_forecast(document, files)
    return DONE


def sealed_path(file: Path) -> Path:
    """Where the sealed forecast of a file is kept: in the current folder."""
    return Path(f"{file.stem}-forecast.json")


def checked(asked: Forecast) -> Scenario:
    """The scenario that begins with the survey; raises Problems with every fault of the options and of the files."""
    found = place_faults(asked.file, "FILE") + reading_faults(asked) + _number_faults(asked)
    if asked.seal and sealed_path(asked.file).exists():
        rule = "is there already, and a sealed forecast is not replaced; move it away"
        found.append(Problem("", "--seal", shown_path(sealed_path(asked.file)), rule))
    scenario = None
    with gathering(found):
        scenario = load(asked.scenario)
        if not found:
            scenario = scenario.with_(**beginning(asked, asked.file))
    if found or scenario is None:
        raise Problems(found)
    return scenario


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
