"""Text for the terminal: tables of measures, scenarios and parameters, and progress of long tasks."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any

from ccgsim.foundation.inputs.texts import visible

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
WIDTH = 100  # columns if there is no terminal
PATIENCE = 2.0  # seconds of work before progress is shown
LEAST_COUNTED = 1.0  # least seconds over which a rate is computed
LINE_EVERY = 10.0  # seconds between lines of progress without a terminal
EXPLAINED = "For the meaning of a measure, for example stability: `ccgsim measures stability`."
TABLE: dict[str, Any] = {"title_justify": "left", "title_style": "bold", "box": None, "pad_edge": False}
Cell = float | Mapping[str, Any] | None


def cell(value: Cell) -> str:
    """A value as text: three digits, an interval in brackets, a dash if undefined."""
    if isinstance(value, Mapping):
        if value["mean"] is None:
            return "–"
        if value["low"] is None:
            return cell(value["mean"])
        return f"{cell(value['mean'])} [{cell(value['low'])}, {cell(value['high'])}]"
    return "–" if value is None else f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def number(value: Any) -> float | None:
    """A number of a table as a cell: None if undefined."""
    return None if value is None or value != value else float(value)


def print_line(text: str) -> None:
    """Print one line, with control characters (for example in a folder's name) escaped."""
    sys.stdout.write(f"{visible(text, keep=LINE_ENDS)}\n")


def print_table(table: Any, width: int) -> None:
    """Print a table, `width` columns wide if there is no terminal."""
    from rich.console import Console

    console = Console(highlight=False)
    (console if console.is_terminal else Console(highlight=False, width=width)).print(table, soft_wrap=True)


def worlds(value: Cell) -> str:
    """The range of single worlds of a value, a dash if there is none."""
    if not isinstance(value, Mapping) or value.get("range_low") is None:
        return "–"
    return f"{cell(value['range_low'])} to {cell(value['range_high'])}"


def print_measures(columns: Mapping[str, Mapping[str, Cell]], title: str, notes: Sequence[str] = ()) -> None:
    """Print the headline measures, one row each, under the named columns; averages with the range of single worlds."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), **TABLE)
    table.add_column("measure")
    texts = []
    for name, values in columns.items():
        table.add_column(name, justify="right", no_wrap=True)
        texts.append([cell(values.get(measure)) for measure in HEADLINE])
        if any(isinstance(value, Mapping) for value in values.values()):
            table.add_column("single worlds", justify="right", no_wrap=True)
            texts.append([worlds(values.get(measure)) for measure in HEADLINE])
    for measure, *row in zip(HEADLINE, *texts, strict=True):
        table.add_row(measure.replace("_", " "), *row)
    print_table(table, WIDTH)
    for note in (*notes, EXPLAINED):
        print_line(note)


def scenario_lines(scenarios: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Two lines per scenario: name, title, length and base, then its question."""
    for scenario in scenarios:
        bases = f", based on {', then '.join(scenario['bases'])}" if scenario["bases"] else ""
        yield f"{scenario['name']:28} {scenario['title']} ({scenario['months']} months{bases})"
        yield f"{'':28} {scenario['question']}"


class Meter:
    """Progress of one task on standard error, with rate and time left, once it has lasted two seconds.

    The rate is computed from the first item done, and restarts after a pause longer than the time before it, to exclude
    compilation and the start of workers. It is shown once it covers a second.
    """

    def __init__(self, unit: str, *, shown: bool) -> None:
        self._unit, self._shown = unit, shown
        self._began = self._printed = time.monotonic()
        self._last = 0, self._began
        self._longest = 0.0  # pause that the count was restarted for [s]
        self._first: tuple[int, float] | None = None
        self._lock = Lock()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        self.aside()

    def aside(self) -> None:
        """Clear the bar, so that something can be printed; the next report shows it again."""
        with self._lock:
            if self._bar is not None:
                self._bar.stop()
                self._bar = None

    def __call__(self, done: int, planned: int) -> None:
        """Report that `done` of `planned` items are finished; may be called from any thread."""
        now = time.monotonic()
        if done > 0:
            self._count(done, now)
        if not self._shown or done == 0 or now - self._began < PATIENCE:
            return
        with self._lock:
            if sys.stderr.isatty():
                self._draw(done, planned, now)
            elif now - self._printed >= LINE_EVERY:
                self._printed = now
                sys.stderr.write(f"{self._text(done, planned, now)}\n")

    def _count(self, done: int, now: float) -> None:
        """Restart the count if nothing was done before, or for most of the time since then.

        Items that take as long as that pause are no pauses: the next one must be twice as long.
        """
        (before, last), self._last = self._last, (done, now)
        pause = now - last if done <= before + 1 else 0.0  # 0 if several items were done
        if self._first is None or (pause > max(LEAST_COUNTED, 2 * self._longest, (now - self._first[1]) / 2)):
            self._first, self._longest = (done, now), max(pause, self._longest)

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
