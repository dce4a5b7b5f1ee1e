"""Checks of a scenario: each file by itself, and the consistency of its values."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ccgsim.foundation.dates import date_of
from ccgsim.foundation.files.reading import MOST_LIST, access_fault
from ccgsim.foundation.inputs.texts import text_fault
from ccgsim.foundation.problems import Problem, gathering, nearest, shown, shown_path
from ccgsim.foundation.quantity import Quantity, faults, quantities, stated_faults
from ccgsim.processes.ties.fading import Ties
from ccgsim.scenario import events
from ccgsim.scenario.brought import ccg_list, control_path, own_calendar
from ccgsim.scenario.brought import network as brought
from ccgsim.scenario.claims import claim_faults
from ccgsim.scenario.parameters import all_parameters
from ccgsim.scenario.sections import HEADLINES, SECTIONS, Site
from ccgsim.scenario.values import Values
from ccgsim.scenario.wording import word_faults

TEXTS = ("name", "title", "question", "source", "based_on")
OF_SEVERAL_LINES = ("question", "source")
TOP = ("schema", *TEXTS, "months", "calendar", "network", "words", "events", "claim")
MONTHS = Quantity(140, 1, events.LAST_MONTH, "months", "Months simulated", "E6", int)
SETTINGS = {"months": MONTHS}
MOST_CAPACITY_ON_BOARD = 0.7  # share of an ordinary member's capacity; measured: docs/decisions/0009-density.md
PATHS = (("ablation", "control_path"), ("england", "file"))  # parameters that name files
DRAWN_BY = ("ccgs", "practices", "population_median", "population_sd", "list_sd")  # [england], without a list
FIRST_EXIT, EXIT_EVERY = 24, 12  # month of the first broker exit by the headline parameter, and months between exits


def file_faults(table: Mapping[str, Any], file: str, path: Path) -> list[Problem]:
    """All faults of one file, without its bases; `file`: its name in messages."""
    found = list(_unknown(table, file))
    found += text_faults(table, TEXTS, OF_SEVERAL_LINES, file)
    found += setting_faults(table, file)
    if own_calendar.is_file(table.get("calendar")):
        found += own_calendar.read(path.parent / table["calendar"], file)[1]
    if "claim" in table:
        found += claim_faults(table["claim"], file, path) + _faults_without(table["claim"], file)
    if "network" in table:
        found += brought.network_faults(table["network"], file)
    if "words" in table:
        found += word_faults(table["words"], file)
    if "events" in table:
        found += _event_faults(table["events"], file)
    return found + list(_path_faults(table, file, path.parent))


def setting_faults(values: Mapping[str, Any], file: str) -> list[Problem]:
    """Faults of `months`, `calendar` and all sections among `values`."""
    found = stated_faults(SETTINGS, values, file)
    if "calendar" in values:
        found += own_calendar.calendar_faults(values["calendar"], file)
    parameters = all_parameters()
    for name, section in SECTIONS.items():
        given = values.get(name, {})
        if isinstance(given, Mapping):
            found += faults(section, dict(given), name, file, parameters)
        else:
            found.append(Problem(file, name, shown(given), f"must be a table [{name}]", _headline_of(name)))
    return found


def _headline_of(section: str) -> str:
    """The headline parameter of a section, or ''."""
    return next((short for short, dotted in HEADLINES.items() if dotted.startswith(f"{section}.")), "")


def unknown_section(name: str, value: object, file: str = "") -> Problem:
    """The fault of an unknown section or top-level key."""
    part, _, parameter = HEADLINES.get(name, name).partition(".")
    if f"{part}.{parameter}" in all_parameters():
        return Problem(file, name, shown(value), f"is written under its section: [{part}], {parameter} = ...")
    near = nearest(name, [*SECTIONS, *TOP])
    what = f"unknown section; there are {', '.join(SECTIONS)}" if isinstance(value, Mapping) else "unknown key"
    return Problem(file, name, "" if isinstance(value, Mapping) else shown(value), what, near)


def _unknown(table: Mapping[str, Any], file: str) -> Iterator[Problem]:
    for key, value in table.items():
        if key not in SECTIONS and key not in TOP:
            yield unknown_section(key, value, file)


def text_faults(
    table: Mapping[str, Any], keys: Iterable[str], of_several_lines: Iterable[str], file: str
) -> Iterator[Problem]:
    """Faults of the texts for readers among the values."""
    for key in keys:
        value = table.get(key, "")
        text = isinstance(value, str)
        if rule := text_fault(value, key in of_several_lines) if text else "must be text in quotes":
            yield Problem(file, key, shown(value), rule)


def _faults_without(claim: object, file: str) -> list[Problem]:
    """Faults of the sections that remove a claim's mechanism."""
    sections = claim.get("without") if isinstance(claim, Mapping) else None
    if not isinstance(sections, Mapping):
        return []
    found = [unknown_section(name, value) for name, value in sections.items() if name not in SECTIONS]
    found += setting_faults({name: value for name, value in sections.items() if name in SECTIONS}, file)
    return [Problem(file, f"claim.without.{p.key}", p.value, p.rule, p.suggestion) for p in found]


def _event_faults(given: object, file: str) -> list[Problem]:
    if not isinstance(given, list):
        return [Problem(file, "events", shown(given), "must be written as [[events]], or events = [] to drop them")]
    return events.read(given, file)[1]


def _path_faults(table: Mapping[str, Any], file: str, folder: Path) -> Iterator[Problem]:
    for section, name in PATHS:
        values = table.get(section, {})
        given = values.get(name) if isinstance(values, Mapping) else None
        if isinstance(given, str) and given and (rule := access_fault(folder / given, MOST_LIST)):
            yield Problem(file, f"{section}.{name}", shown_path(given), rule)


def idle_faults(table: Mapping[str, Any], listed: bool, file: str = "") -> list[Problem]:
    """Faults of parameters for drawing CCGs, if the table (or its base) lists the CCGs in a file."""
    england = table.get("england")
    if not isinstance(england, Mapping) or not (listed or england.get("file") is not None):
        return []
    rule = "has no effect: the CCGs are those of the list england.file"
    return [Problem(file, f"england.{key}", shown(england[key]), rule) for key in DRAWN_BY if key in england]


def sound(table: Mapping[str, Any], found: Iterable[Problem]) -> dict[str, Any]:
    """The values of a table without faults; all events, since their reader leaves out faulty ones."""
    bad = {problem.key for problem in found}
    kept: dict[str, Any] = {}
    for key, value in table.items():
        if key in SECTIONS and isinstance(value, Mapping):
            declared = dict(quantities(SECTIONS[key]))
            kept[key] = {k: v for k, v in value.items() if k in declared and f"{key}.{k}" not in bad}
        elif key in TOP and not any(one == key or one.startswith(f"{key}.") for one in bad):
            kept[key] = value
    return kept


def subjects(found: Iterable[Problem]) -> frozenset[str]:
    """Sections and top-level keys whose values are uncertain because of these faults, or may be meant by them."""
    names = [name for problem in found for name in (problem.key, problem.suggestion)]
    return frozenset(HEADLINES.get(name, name).partition(".")[0] for name in names)


def exit_months(exits: int) -> Iterable[int]:
    """Months in which the most central board member leaves: 24, 36, ..."""
    return range(FIRST_EXIT, FIRST_EXIT + EXIT_EVERY * exits, EXIT_EVERY)


def across(scenario: Values, file: str = "", unsure: frozenset[str] = frozenset()) -> list[Problem]:
    """Faults of values that contradict one another, and of the files that they name.

    Checks that depend on one of the `unsure` subjects are skipped: another fault already covers it.
    """
    many = scenario.england.ccgs > 1 or scenario.england.file is not None
    checks = (
        (("site", "ties", "england"), _idle_site if many else _site_faults),
        (("months", "turnover"), _date_faults),
        (("people", "stepping_in"), _order_faults),
        (("england",), _merger_faults),
        (("england", "ablation"), _contents_faults),
        (("england", "network"), _network_faults),
    )
    return [p for reads, check in checks if unsure.isdisjoint(reads) for p in check(scenario, file)]


def _contents_faults(scenario: Values, file: str) -> list[Problem]:
    """Faults of the list of CCGs and of the path of control, whose files the scenario names."""
    found: list[Problem] = []
    with gathering(found):
        if scenario.england.file is not None:
            ccg_list.read_list(scenario.england.file, scenario.england.footprints)
    with gathering(found):
        if scenario.ablation.control_path is not None:
            control_path.read_control_path(scenario.ablation.control_path)
    return [dataclasses.replace(problem, file=problem.file or file) for problem in found]


def _network_faults(scenario: Values, file: str) -> list[Problem]:
    """Faults of the network that the scenario's world begins with."""
    many = scenario.england.ccgs > 1 or scenario.england.file is not None
    return brought.fit_faults(scenario.network, many, file) if scenario.network is not None else []


def _idle_site(scenario: Values, file: str) -> Iterator[Problem]:
    """Faults of values of [site] if many CCGs are drawn or listed, as they have no effect."""
    for name, quantity in quantities(Site):
        value = getattr(scenario.site, name)
        if value != quantity.default:
            rule = "has no effect on many CCGs: they are drawn, or listed in england.file"
            yield Problem(file, f"site.{name}", shown(value), rule)


def _site_faults(scenario: Values, file: str) -> Iterator[Problem]:
    site = scenario.site
    if site.localities > site.practices:
        yield Problem(
            file, "site.localities", shown(site.localities), f"must not exceed the practices ({site.practices})"
        )
    for event in scenario.events:
        lever = event.value if event.act == "lever" and isinstance(event.value, Mapping) else {}
        if lever.get("name") == "localities" and lever["count"] > site.practices:
            rule = f"must not exceed the practices ({site.practices})"
            yield Problem(file, f"{event.called(file)}, lever.count", shown(lever["count"]), rule)
    if site.density is not None and (rule := _density_fault(site.density, site.board, scenario.ties)):
        yield Problem(file, "site.density", shown(site.density), rule)


def _merger_faults(scenario: Values, file: str) -> Iterator[Problem]:
    """Faults of mergers by an event: of a world of one CCG, of a CCG with itself, of numbers beyond those drawn."""
    england = scenario.england
    for event in scenario.events:
        if event.act != "merge_boards" or not isinstance(event.value, Mapping):
            continue
        one, other = event.value["ccg"], event.value["into"]
        key, pair = f"{event.called(file)}, merge_boards", f"{one} into {other}"
        if england.file is None and england.ccgs == 1:
            yield Problem(file, key, "", "needs several CCGs: england.file, or england.ccgs")
        elif one == other:
            yield Problem(file, key, pair, "must name two CCGs")
        elif england.file is None and max(one, other) >= england.ccgs:
            yield Problem(file, key, pair, f"must be numbers below england.ccgs = {england.ccgs}")


def _density_fault(density: float, board: int, ties: Ties) -> str:
    """Why a board cannot keep this density, or '': too few ties to connect its members, or too many to maintain.

    Members with too many ties to one another hardly form new ones, and density falls from the start.
    """
    if round(density * board * (board - 1)) < board - 1:
        return f"leaves a board of {board} in pieces; at least {1 / board:.3f} is needed"
    held = MOST_CAPACITY_ON_BOARD * ties.capacity
    if density * (board - 1) * ties.board_weight > held:
        most = held / ((board - 1) * ties.board_weight)
        return f"cannot be held by a board of {board} with ties.capacity = {ties.capacity:g}; at most {most:.3f}"
    return ""


def _date_faults(scenario: Values, file: str) -> Iterator[Problem]:
    last = scenario.months - 1
    allowed = f"lies at or after the end of the scenario (months 0 to {last}, {date_of(0)} to {date_of(last)})"
    for event in scenario.events:
        if event.month >= scenario.months:
            yield Problem(file, f"{event.called(file)}, month", shown(event.month), allowed)
    late = [month for month in exit_months(scenario.turnover.broker_exits) if month >= scenario.months]
    if late:
        rule = f"month {late[0]} of an exit {allowed}"
        yield Problem(file, "turnover.broker_exits", shown(scenario.turnover.broker_exits), rule)


def _order_faults(scenario: Values, file: str) -> Iterator[Problem]:
    for section, least, most in (("people", "pct_least", "pct_most"), ("stepping_in", "low", "high")):
        values = getattr(scenario, section)
        low, high = getattr(values, least), getattr(values, most)
        if low > high:
            yield Problem(file, f"{section}.{least}", shown(low), f"must not exceed {section}.{most} = {high:g}")
        for event in sorted(scenario.events, key=lambda event: event.month):
            changed = event.value if event.act == "set" and isinstance(event.value, Mapping) else {}
            low, high = changed.get(f"{section}.{least}", low), changed.get(f"{section}.{most}", high)
            if changed and low > high:
                rule = f"must not exceed {section}.{most} = {high:g} in month {event.month}"
                yield Problem(file, f"{event.called(file)}, set.{section}.{least}", shown(low), rule)
