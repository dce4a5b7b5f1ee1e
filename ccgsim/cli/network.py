"""The command `network`: reads a surveyed network, checks and describes it, and writes it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ccgsim.cli.options.surveys import Network
from ccgsim.cli.parts.answers import DONE, opening, paths_of, place_faults, print_json, range_faults
from ccgsim.cli.parts.surveyed import beginning, options_of, reading_faults
from ccgsim.cli.parts.typed import typed
from ccgsim.foundation.problems import Problem, Problems, gathering
from ccgsim.report import folders
from ccgsim.report.network.surveyed import files_of
from ccgsim.report.survey.files import (
    earlier_key,
    export_faults,
    folder_faults,
    write_description,
    write_export,
    write_folder,
    write_key,
)
from ccgsim.report.survey.waves import print_change
from ccgsim.report.survey.words import print_survey
from ccgsim.report.words.terminal import Meter, print_line
from ccgsim.scenario.brought.network import Brought
from ccgsim.scenario.events import LAST_MONTH
from ccgsim.scenario.scenario import load
from ccgsim.survey.anonymise import anonymised
from ccgsim.survey.describe import describe
from ccgsim.survey.examples import example_files
from ccgsim.survey.network import Network as Network_
from ccgsim.survey.source import survey
from ccgsim.survey.template import template_files
from ccgsim.survey.waves import change

MOST_DRAWS = 10_000
SCENARIO = "site_a"  # where everything comes from that a survey does not say
NEXT = {
    "template": "Fill in network.xlsx, then: ccgsim network {folder}/network.xlsx",
    "examples": "Try: ccgsim network {folder}/board.xlsx (read_me.txt says what else)",
}
HIDES = "codes alone do not hide people in a small network: roles and the pattern of ties may tell who they are"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be read and written, every option checked."""

    asked: Network
    file: Path
    place: folders.Place | None


def answer(asked: Network) -> int:
    """Write the template or the examples, or read, describe and write the file; returns the exit code."""
    if asked.template is not None or asked.examples is not None:
        return _written(asked)
    order = checked(asked)
    surveyed = survey(order.file, options_of(asked))
    earlier = earlier_key(order.file) if asked.anonymise else {}
    key: dict[str, str] = {}
    if asked.anonymise:
        surveyed, key = anonymised(surveyed, earlier)
    with Meter("people", shown=asked.talks) as progress:
        document = opening("network") | describe(surveyed, asked.draws, progress) | _change(order, surveyed, key)
    contents = files_of(surveyed, asked.export) if asked.export is not None else {}
    files: dict[str, Path] = {}
    if order.place is not None:
        inputs = list(Brought(order.file, options_of(asked)).files().values())
        files = write_description(document, surveyed, order.place, typed(asked), inputs)
    files |= write_export(contents)
    if asked.anonymise:
        files["key"] = write_key(order.file, key, earlier)
    _show(order, document, files)
    return DONE


def _change(order: Order, first: Network_, key: dict[str, str]) -> dict[str, Any]:
    """What changed up to the later survey, if one is named; people have the codes of the first one."""
    asked = order.asked
    if asked.against is None:
        return {}
    choices = replace(options_of(asked), people=asked.against_people, wave=asked.against_wave)
    later = survey(asked.against, choices, "--against")
    expected = _expected(asked, order.file, later)
    if asked.anonymise:
        later, more = anonymised(later, key)
        key |= more
    return {"change": change(first, later, str(asked.against)) | {"file": asked.against.name} | expected}


def _expected(asked: Network, file: Path, later: Network_) -> dict[str, Any]:
    """What the model expects of the ties, if it is said how many months lie between the surveys."""
    if asked.months is None:
        return {}
    from ccgsim.cli.parts.worlds import compile_rules  # brings the whole model: reading must not wait for it
    from ccgsim.lab.waves import expected

    scenario = load(SCENARIO).with_(**beginning(asked, file))
    compile_rules(asked.talks)
    with Meter("worlds", shown=asked.talks) as progress:
        return {"expected": expected(scenario, asked.months, later, progress)}


def checked(asked: Network) -> Order:
    """What is to be done, if every option is allowed; raises Problems with every fault."""
    faults, place = _faults(asked), None
    with gathering(faults):
        place = folders.target(asked.out, asked.out, asked.force, folders.NETWORK) if asked.out is not None else None
    if faults or asked.file is None:
        raise Problems(faults)
    return Order(asked, asked.file, place)


def _faults(asked: Network) -> list[Problem]:
    named = (asked.export, "--export"), (asked.out, "--out")
    faults = reading_faults(asked) + [fault for path, option in named for fault in place_faults(path, option)]
    if asked.file is None:
        rule = "is missing: name a file with a network, or --template FOLDER, or --examples FOLDER"
        faults.append(Problem("", "FILE", "", rule))
    later = (asked.against, "--against"), (asked.against_people, "--against-people")
    faults += [fault for path, option in later for fault in place_faults(path, option)]
    if asked.against is None and (asked.against_people or asked.against_wave or asked.months is not None):
        faults.append(Problem("", "--against", "", "is missing: the later survey of these people or this wave"))
    faults += place_faults(asked.file, "FILE") + export_faults(asked.export, asked.force)
    months = [] if asked.months is None else [("--months", asked.months, 1, LAST_MONTH)]
    return faults + range_faults(("--draws", asked.draws, 0, MOST_DRAWS), *months)


def _written(asked: Network) -> int:
    """Write what does not depend on a file: the template to fill in, the example surveys."""
    given = [("template", asked.template, template_files), ("examples", asked.examples, example_files)]
    kinds = [(name, folder, made) for name, folder, made in given if folder is not None]
    name, folder, made = kinds[0]
    option = f"--{name}"
    faults = place_faults(folder, option) or folder_faults(folder, option)
    if asked.file is not None or len(kinds) > 1:
        others = "FILE" if asked.file is not None else "--examples"
        faults.append(Problem("", option, "", f"goes without {others}; give one or the other"))
    if faults:
        raise Problems(faults)
    files = write_folder(made(), folder, option)
    if asked.as_json:
        print_json(opening("network") | {name: str(folder), "files": paths_of(files)})
        return DONE
    print_line(f"Written to {folder}: {', '.join(files)}")
    print_line(NEXT[name].format(folder=folder))
    return DONE


def _show(order: Order, document: dict[str, Any], files: dict[str, Path]) -> None:
    if order.asked.as_json:
        print_json(document | {"files": paths_of(files)})
        return
    print_survey(str(order.file), document)
    if "change" in document:
        print_change(str(order.asked.against), document["change"])
    if order.asked.anonymise:
        print_line(f"Note: {HIDES}")
    if files:
        print_line(f"Written: {', '.join(str(path) for path in files.values())}")
