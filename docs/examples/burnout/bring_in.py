"""Writes the lines that the process `burnout` needs outside its own two files (an example: docs/extend.md).

python docs/examples/burnout/bring_in.py     in the folder of the checkout

Each edit puts its lines before a line that is known by its beginning, so other processes may have come in meanwhile.
All edits are made, or none.
"""

from __future__ import annotations

from pathlib import Path

METHOD = '''\
    def burnout(self) -> None:
        """GPs who have given much for months on end may burn out."""
        w = self.world.plain
        burnout.sweep(w.actors, w.rules, w.clock)

'''
SECTION = """\
### burnout

`burnout.busy_after`: months on end in which a GP's participation exceeded `much`. From `long` of them on she burns out
at `rate` a month: her participation falls to `left` of what it was.

"""
# file, the beginning of the line before which the new lines go, the new lines
EDITS = (
    (  # the place of the field is the place of the process in the month
        "ccgsim/processes/declared.py",
        "    turnover: Turnover =",
        "    burnout: Burnout = field(default_factory=Burnout)\n",
    ),
    (
        "ccgsim/processes/declared.py",
        "from ccgsim.processes.collaboration import",
        "from ccgsim.processes.burnout import Burnout\n",
    ),
    ("ccgsim/course.py", "    collaboration,", "    burnout,\n"),
    ("ccgsim/course.py", "    def turnover(self)", METHOD),
    (  # what a GP must remember from month to month
        "ccgsim/foundation/tables.py",
        '    real("sheltered",',
        '    whole("busy", "Months on end in which the GP gave much", "months"),\n',
    ),
    ("ccgsim/foundation/chance.py", "}\nFIRST_OF_OTHERS =", '    "burnout": 200,\n'),
    ("docs/odd.md", "### turnover", SECTION),
    ("docs/overview.py", '            "turnover",', '            "burnout",\n'),
    ("tests/runs/test_course.py", '    "turnover",', '    "burnout",\n'),
    ("tests/baselines/uncoupled.toml", "[turnover]", "[burnout]\nrate = 0.0\nmuch = 0.5\nlong = 3\nleft = 0.1\n\n"),
)


def edited(text: str, before: str, lines: str) -> str:
    """The text with new lines before the only line that begins so; ValueError if there is not just one."""
    parts = f"\n{text}".split(f"\n{before}")
    if lines in text:
        raise ValueError("holds the new lines already")
    if len(parts) != 2:
        raise ValueError(f"has {len(parts) - 1} lines that begin with {before!r}; one is needed")
    return f"{parts[0]}\n{lines}{before}{parts[1]}"[1:]


def main(root: Path = Path()) -> None:
    """Make all edits in the checkout at `root`, or none; SystemExit with what is wrong in which file."""
    texts: dict[Path, str] = {}
    for name, before, lines in EDITS:
        path = root / name
        try:
            texts[path] = edited(texts.get(path) or path.read_text(encoding="utf-8"), before, lines)
        except (OSError, ValueError) as fault:
            raise SystemExit(f"Nothing done: {name}: {fault}") from None
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
