"""Printed figures of the sources beside the model's: table 4, figure 4 and the two national surveys."""

from collections.abc import Callable

from ccgsim.foundation.work.progress import Progress
from ccgsim.lab.reproduce import figure4, survey, table4
from ccgsim.lab.reproduce.cell import Beside, Cell

REPRODUCED: dict[str, Callable[[range, Progress | None], Beside]] = {
    "table4": table4.reproduced,
    "figure4": figure4.reproduced,
    "survey": survey.reproduced,
}

__all__ = ["REPRODUCED", "Beside", "Cell"]
