"""What a person reads in the terminal: tables of measures, scenarios and parameters, and the progress of long work."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

from ccgsim.quantity import plain
from ccgsim.texts import visible

HEADLINE = (
    "stability",
    "coherence",
    "knowledge_mobility",
    "participation",
    "manager_control",
    "board_density",
    "ties_outside",
    "efficacy",
)
LINE_ENDS = "\n"
PATIENCE = 2.0  # seconds of work before progress is shown
LEAST_COUNTED = 1.0  # seconds that a rate is counted over
LINE_EVERY = 10.0  # seconds between lines of progress where there is no terminal
Cell = float | Mapping[str, Any] | None


def cell(value: Cell) -> str:
    """A value as a reader wants it: three digits, an interval in brackets, a dash where it is undefined."""
    if isinstance(value, Mapping):
        if value["mean"] is None:
            return "–"
        if value["low"] is None:
            return cell(value["mean"])
        return f"{cell(value['mean'])} [{cell(value['low'])}, {cell(value['high'])}]"
    return "–" if value is None else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def number(value: Any) -> float | None:
    """A number of a table as a cell: None where it is undefined."""
    return None if value is None or value != value else float(value)


def print_line(text: str) -> None:
    """Print one line; what a terminal would obey, such as a control character in a folder's name, is written out."""
    sys.stdout.write(f"{visible(text, keep=LINE_ENDS)}\n")


def print_measures(columns: Mapping[str, Mapping[str, Cell]], title: str) -> None:
    """Print the headline measures, a row each, under the named columns."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    table.add_column("measure")
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    for measure in HEADLINE:
        table.add_row(measure.replace("_", " "), *(cell(values.get(measure)) for values in columns.values()))
    Console(highlight=False).print(table, soft_wrap=True)


def scenario_lines(scenarios: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Two lines a scenario: name and title, then its question."""
    for scenario in scenarios:
        yield f"{scenario['name']:28} {scenario['title']} ({scenario['months']} months)"
        yield f"{'':28} {scenario['question']}"


def parameter_lines(parameters: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Two lines a parameter: name, default, range and unit, then meaning and source."""
    for parameter in parameters:
        headline = f"  = {parameter['headline']}" if parameter["headline"] else ""
        yield f"{parameter['name']:32} {_default(parameter):>10}  {_range(parameter)}{headline}"
        yield f"{'':4}{parameter['meaning']} ({parameter['source']})"


def _default(parameter: Mapping[str, Any]) -> str:
    value = parameter["default"]
    return "open" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _range(parameter: Mapping[str, Any]) -> str:
    if parameter["options"]:
        return " | ".join(parameter["options"])
    if parameter["low"] is None:
        return "true | false" if isinstance(parameter["default"], bool) else "the name of a file"
    return f"{plain(parameter['low'])} to {plain(parameter['high'])} {parameter['unit']}".rstrip()


class Meter:
    """Progress of one piece of work on standard error, with rate and time left, once it has lasted two seconds.

    The rate counts from the first piece done, and anew after a pause that outweighs the time before it: compilation and
    the start of workers would spoil it. It is told once there is a second to count in.
    """

    def __init__(self, unit: str, *, shown: bool) -> None:
        self._unit, self._shown = unit, shown
        self._began = self._said = time.monotonic()
        self._last = 0, self._began
        self._first: tuple[int, float] | None = None
        self._lock = Lock()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        self.aside()

    def aside(self) -> None:
        """Clear the bar, so that something can be printed; it comes back with the next report."""
        with self._lock:
            if self._bar is not None:
                self._bar.stop()
                self._bar = None

    def __call__(self, done: int, planned: int) -> None:
        """Report that `done` of `planned` is finished; may be called from any thread."""
        now = time.monotonic()
        if done > 0:
            self._count(done, now)
        if not self._shown or done == 0 or now - self._began < PATIENCE:
            return
        with self._lock:
            if sys.stderr.isatty():
                self._draw(done, planned, now)
            elif now - self._said >= LINE_EVERY:
                self._said = now
                sys.stderr.write(f"{self._text(done, planned, now)}\n")

    def _count(self, done: int, now: float) -> None:
        """Count from here where nothing was done before, or for most of the time since then."""
        (before, last), self._last = self._last, (done, now)
        pause = now - last if done <= before + 1 else 0.0  # in which one piece was done, not many between two reports
        if self._first is None or (pause > LEAST_COUNTED and pause > (now - self._first[1]) / 2):
            self._first = done, now

    def _text(self, done: int, planned: int, now: float) -> str:
        first, began = self._first or (0, now)
        if done == first or now - began < LEAST_COUNTED:
            return f"{done} of {planned} {self._unit}"
        return self.text(done, planned, (done - first) / (now - began))

    def text(self, done: int, planned: int, rate: float) -> str:
        """'62 of 140 months, 31 a second, 3 s left'."""
        return f"{done} of {planned} {self._unit}, {rate:.3g} a second, {(planned - done) / rate:.0f} s left"

    def _draw(self, done: int, planned: int, now: float) -> None:
        if self._bar is None:
            self._start(planned)
        self._bar.update(self._task, completed=done, description=self._text(done, planned, now))

    def _start(self, planned: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._bar = Progress(
            BarColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True
        )
        self._task = self._bar.add_task("", total=planned)
        self._bar.start()
