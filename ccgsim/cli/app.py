"""The command `ccgsim`. Nothing slow is imported here: each command imports what it needs when called."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

import typer

from ccgsim.cli.answers import (
    FAILED,
    INTERRUPTED,
    RUNS_FAILED,
    UNPARSABLE,
    answering,
    fail,
    opening,
    place_of,
    print_json,
    version,
    whole_of,
)
from ccgsim.cli.streams import REFUSED, heard, output, stand_in, warn
from ccgsim.foundation.problems import Problem

DASHES = ("\u2012", "\u2013", "\u2014", "\u2212")  # dashes into which some programs turn two hyphens

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _place(help: str, metavar: str = "PATH") -> Any:
    """An option that takes the path of a file or folder."""
    return typer.Option(parser=place_of, metavar=metavar, help=help)


def _whole(help: str) -> Any:
    """An option that takes a whole number."""
    return typer.Option(parser=whole_of, metavar="<int>", help=help)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"ccgsim {version()}")
        raise typer.Exit()


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Cluster = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Run on the Dask cluster with this scheduler: tcp://HOST:PORT."),
]
Wait = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", help="Longest wait for the cluster; default 60."),
]
WHERE = "Folder for the results; default results/NAME-seedS, with --set results/NAME-KEY=VALUE-seedS."
WHERE_COMPARED = "Folder for the results; default results/compare-NAMES-seedS, with --set -KEY=VALUE before -seedS."
Quiet = Annotated[bool, typer.Option("--quiet", help="Print only results.")]


def _talks(quiet: bool, as_json: bool) -> bool:
    """Whether a command reports its progress; with --json only if standard error is a terminal."""
    return not quiet and (not as_json or sys.stderr.isatty())


@app.callback()
def ccgsim(
    _: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """A laboratory for knowledge exchange in the advice networks of clinical commissioning groups."""


@app.command()
def run(  # noqa: PLR0913
    scenario: Annotated[str, typer.Argument(help="A shipped name, or a path that ends in .toml.")],
    seed: Annotated[int, _whole("A whole number from 0.")] = 0,
    months: Annotated[int | None, _whole("Months to simulate instead of the scenario's own.")] = None,
    replicates: Annotated[int, _whole("Number of worlds, with seeds SEED, SEED + 1, ...")] = 1,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter; may be repeated.")
    ] = None,
    out: Annotated[Path | None, _place(WHERE)] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace earlier results in --out.")] = False,
    no_figures: Annotated[bool, typer.Option("--no-figures", help="Write no figures.")] = False,
    arrows: Annotated[
        str,
        typer.Option(help="Arrows in figure, GEXF, GraphML: 'flow' (adviser to asker) or 'advice' (asker to adviser)."),
    ] = "flow",
    csv: Annotated[bool, typer.Option("--csv", help="Write agents, ties, projects and ccgs as CSV too.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Simulate one world, or several with intervals; print the headline measures and write the results."""
    with answering(as_json):
        from ccgsim.cli import run as cli_run

        asked = cli_run.Asked(
            scenario=scenario,
            seed=seed,
            months=months,
            replicates=replicates,
            settings=tuple(settings or ()),
            out=out,
            force=force,
            figures=not no_figures,
            arrows=arrows,
            csv=csv,
            writes=out is not None or not as_json,
        )
        order = cli_run.checked(asked)
        done = cli_run.carry_out(order, talk=_talks(quiet, as_json))
        if as_json:
            print_json(opening("run") | cli_run.document(order, done))
        else:
            cli_run.show(order, done)


@app.command()
def compare(
    scenarios: Annotated[list[str], typer.Argument(help="Two or more: shipped names, or paths that end in .toml.")],
    seed: Annotated[int, _whole("A whole number from 0.")] = 0,
    months: Annotated[int | None, _whole("Months to simulate; default: those of the shortest scenario.")] = None,
    replicates: Annotated[int, _whole("Worlds of each scenario, with seeds SEED, SEED + 1, ...")] = 30,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a parameter in every scenario.")
    ] = None,
    out: Annotated[Path | None, _place(WHERE_COMPARED)] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace earlier results in --out.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Compare scenarios on the same seeds: differences from the first, with intervals, for every measure."""
    with answering(as_json):
        from ccgsim.cli import compare as cli_compare

        asked = cli_compare.Asked(
            scenarios=tuple(scenarios),
            seed=seed,
            months=months,
            replicates=replicates,
            settings=tuple(settings or ()),
            out=out,
            force=force,
            writes=out is not None or not as_json,
        )
        order = cli_compare.checked(asked)
        done = cli_compare.carry_out(order, talk=_talks(quiet, as_json))
        if as_json:
            print_json(opening("compare") | cli_compare.document(done))
        else:
            cli_compare.show(order, done)


@app.command()
def sweep(
    experiment: Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="An experiment file, TOML.")],
    out: Annotated[Path, _place("Folder for the results; an unfinished one is resumed.")],
    workers: Annotated[int | None, _whole("Worker processes; default: one per core.")] = None,
    cluster: Cluster = None,
    wait: Wait = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check the file and count the runs; run and write nothing.")
    ] = False,
    force_new: Annotated[
        bool, typer.Option("--force-new", help="Remove an earlier sweep in --out and start again.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Run every point of an experiment on every seed. Started again, it resumes where it stopped."""
    with answering(as_json):
        from ccgsim.cli import sweep as cli_sweep

        talk = _talks(quiet, as_json)
        who = cli_sweep.Workers(number=workers, cluster=cluster, wait=wait, talk=talk)
        order = cli_sweep.checked(experiment, out, who, force_new)
        if dry_run and not as_json:
            cli_sweep.describe(order)
        found = cli_sweep.counted(order) if dry_run else cli_sweep.carry_out(order, talk=talk)
        if as_json:
            print_json(opening("sweep") | cli_sweep.document(found))
        else:
            cli_sweep.show(found)
        cli_sweep.warn(found, talk=talk)
        if found.interrupted or (found.failed and not dry_run):
            raise typer.Exit(INTERRUPTED if found.interrupted else RUNS_FAILED)


@app.command()
def sensitivity(
    experiment: Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="An experiment file, TOML.")],
    out: Annotated[Path, _place("Folder for the results; an unfinished one is resumed.")],
    workers: Annotated[int | None, _whole("Worker processes; default: one per core.")] = None,
    cluster: Cluster = None,
    wait: Wait = None,
    force_new: Annotated[
        bool, typer.Option("--force-new", help="Remove an earlier study in --out and start again.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Show which parameters matter: Morris effects and Sobol' indices over the experiment's ranges, with intervals."""
    with answering(as_json):
        from ccgsim.cli import sensitivity as cli_sensitivity
        from ccgsim.cli import sweep as cli_sweep

        talk = _talks(quiet, as_json)
        who = cli_sweep.Workers(number=workers, cluster=cluster, wait=wait, talk=talk)
        order = cli_sensitivity.checked(experiment, out, who, force_new)
        done = cli_sensitivity.carry_out(order, talk=talk)
        if as_json:
            print_json(opening("sensitivity") | cli_sensitivity.document(done))
        else:
            cli_sensitivity.show(order, done)
        cli_sensitivity.warn(done, talk=talk)
        if done.found.interrupted or done.found.failed:
            raise typer.Exit(INTERRUPTED if done.found.interrupted else RUNS_FAILED)


@app.command()
def calibrate(
    experiment: Annotated[Path, typer.Argument(metavar="EXPERIMENT", help="An experiment file, TOML.")],
    out: Annotated[Path, _place("Folder for the results; an unfinished one is resumed.")],
    workers: Annotated[int | None, _whole("Worker processes; default: one per core.")] = None,
    force_new: Annotated[
        bool, typer.Option("--force-new", help="Remove an earlier calibration in --out and start again.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Show which values fit: the posterior of the experiment's intervals given its targets, by ABC-SMC."""
    with answering(as_json):
        from ccgsim.cli import calibrate as cli_calibrate

        order = cli_calibrate.checked(experiment, out, workers, force_new)
        done = cli_calibrate.carry_out(order, talk=_talks(quiet, as_json))
        if as_json:
            print_json(opening("calibrate") | cli_calibrate.document(order, done))
        else:
            cli_calibrate.show(order, done)
        if done.found.failures:
            raise typer.Exit(RUNS_FAILED)


@app.command()
def reproduce(
    what: Annotated[Literal["table4", "figure4", "survey"], typer.Argument(help="Which table of the sources.")],
    seeds: Annotated[int, _whole("Number of worlds, with seeds 0, 1, ...")] = 30,
    out: Annotated[Path | None, _place("Folder for the table, and for the drawing of figure4.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace earlier results in --out.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Print the sources' figures and the model's side by side, each marked set, fitted or emergent."""
    with answering(as_json):
        from ccgsim.cli import reproduce as cli_reproduce

        order = cli_reproduce.checked(what, seeds, out, force)
        done = cli_reproduce.carry_out(order, opening("reproduce"), talk=_talks(quiet, as_json))
        if as_json:
            print_json(opening("reproduce") | cli_reproduce.document(order, done))
        else:
            cli_reproduce.show(order, done)


@app.command()
def scenarios(as_json: AsJson = False) -> None:
    """List the shipped scenarios: name, title, question, length, and what each is based on."""
    with answering(as_json):
        from ccgsim.report.terminal import scenario_lines
        from ccgsim.scenario.scenario import load, names

        keys = ("name", "title", "question", "source", "based_on", "months", "bases")
        rows = [{key: getattr(world, key) for key in keys} for world in map(load, names())]
        if as_json:
            print_json(opening("scenarios") | {"scenarios": rows})
        else:
            print("\n".join(scenario_lines(rows)))


Words = Annotated[
    list[str] | None, typer.Argument(metavar="[WORD]...", help="Only those with every WORD in name or meaning.")
]


@app.command()
def parameters(
    words: Words = None,
    steps: Annotated[bool, typer.Option("--steps", help="Also list the steps of the month, in order.")] = False,
    as_json: AsJson = False,
) -> None:
    """List every parameter that --set accepts: default, range, unit, meaning, source."""
    month: dict[str, str] = {}
    if steps:
        from ccgsim.course import in_words  # imports the compiled rules, not needed for parameters alone

        month = in_words()
    _explain("parameters", words or [], as_json, month)


@app.command()
def measures(words: Words = None, as_json: AsJson = False) -> None:
    """List every measure that runs print and write, each in a plain sentence, with its formula."""
    _explain("measures", words or [], as_json)


def _explain(what: str, words: list[str], as_json: bool, steps: Mapping[str, str] = MappingProxyType({})) -> None:
    with answering(as_json):
        from ccgsim.report import glossary

        rows = glossary.asked(what, words)
        if as_json:
            month = {"steps": [{"name": name, "what": does} for name, does in steps.items()]} if steps else {}
            print_json(opening(what) | {what: rows} | month)
            return
        lines = glossary.measure_lines if what == glossary.MEASURES else glossary.parameter_lines
        print("\n".join([*lines(rows), *glossary.step_lines(steps)]))
        if other := glossary.elsewhere(what, words):
            warn(f"See also `{other}`.")


@app.command()
def validate(
    seeds: Annotated[int, _whole("Worlds, with seeds 0, 1, ..., on which each pattern is judged.")] = 60,
    only: Annotated[str | None, typer.Option(metavar="P1,P11", help="Judge these patterns only.")] = None,
    out: Annotated[Path | None, _place("JSON file for the judgement, updated after each pattern.")] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Judge the model by the patterns of its sources. Exit code 6 if a pattern that held before no longer does."""
    with answering(as_json):
        from ccgsim.cli import validate as cli_validate

        order = cli_validate.checked(seeds, only, out)
        talk = _talks(quiet, as_json)
        tell = cli_validate.silent if quiet or as_json else cli_validate.tell
        document = cli_validate.carry_out(order, tell, talk=talk)
        if as_json:
            print_json(opening("validate") | document)
        else:
            cli_validate.show(document)
        cli_validate.warn(document, talk=talk)
        if document["stopped"]:
            raise typer.Exit(FAILED)


@app.command()
def teach(
    port: Annotated[int, _whole("Port of the page; 0 takes any free port.")] = 8321,
    host: Annotated[
        str, typer.Option(help="Host name or address to listen on; any but the default may let other machines in.")
    ] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address, do not open it.")] = False,
    quiet: Quiet = False,
) -> None:
    """Open the lesson on the vicious circle in the browser, on this machine only."""
    with answering(False):
        from ccgsim.cli import teach as cli_teach

        cli_teach.carry_out(cli_teach.checked(port, host, not no_browser), talk=not quiet)


@app.command()
def warm(
    seed: Annotated[Path | None, _place("Also pack the compiled rules there, for a wheel.", "FOLDER")] = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Compile the rules now, on all cores, so that no run has to wait."""
    with answering(as_json):
        from ccgsim.cli import warm as cli_warm

        done = cli_warm.carry_out(seed, talk=_talks(quiet, as_json))
        if as_json:
            print_json(opening("warm") | cli_warm.document(done))
        else:
            cli_warm.show(done)


def main() -> None:
    """Parse the command line, run the command and exit with its code."""
    if reason := stand_in():
        warn(reason)
        raise SystemExit(REFUSED)
    with output() as stdout:
        code = heard(_called(), stdout)
    raise SystemExit(code)


def _called() -> int:
    """Run the command line; returns the exit code."""
    try:
        code = app(standalone_mode=False)
    except typer.TyperException as error:
        return _unparsable(error.format_message(), "--json" in sys.argv[1:])
    except typer.Abort:
        return INTERRUPTED
    except SystemExit as left:  # raised by a library that cannot print
        code = left.code
    except OSError:  # while printing help: `heard` reports it
        return REFUSED
    return code if isinstance(code, int) else 0


def _unparsable(message: str, as_json: bool) -> int:
    if any(word.startswith(DASHES) for word in sys.argv[1:]):
        message += "\nAn option begins with a long dash: write two hyphens, as in --seed."
    if not as_json:
        message += "\nTry 'ccgsim --help' or 'ccgsim COMMAND --help'."
    fail(UNPARSABLE, (Problem("", "", "", message),), as_json)
    return UNPARSABLE
