"""The measures in the six panels of a run's figure, with their names and colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ccgsim.report.drawing.palette import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION

_SOLID: Any = "-"
_DASHED: Any = (0, (4, 1.6))
_DOTTED: Any = (0, (1.2, 1.4))


@dataclass(frozen=True, slots=True)
class Line:
    """One measure in a panel: its column, its name there, its colour; a main line is thicker."""

    measure: str
    name: str
    colour: str
    main: bool = False
    dash: Any = _SOLID

    @property
    def width(self) -> float:
        return 2.6 if self.main else 1.5


@dataclass(frozen=True, slots=True)
class Panel:
    """A title and its lines; shares have an axis from 0 to 1, counts one from 0."""

    title: str
    lines: tuple[Line, ...]
    share: bool = True


PANELS = (
    Panel(
        "Stability",
        (
            Line("stability", "stability", BLACK, main=True),
            Line("stability_persistence", "persistence", BLUE),
            Line("stability_retention", "retention", GREEN),
            Line("stability_resilience", "resilience", VERMILION),
        ),
    ),
    Panel(
        "Coherence",
        (
            Line("coherence", "coherence", BLACK, main=True),
            Line("coherence_internal", "internal", BLUE),
            Line("coherence_frontline", "frontline", GREEN),
            Line("coherence_external", "external", VERMILION),
        ),
    ),
    Panel(
        "Knowledge mobility",
        (
            Line("knowledge_mobility", "mobility", BLACK, main=True),
            Line("mobility_reach", "reach", BLUE),
            Line("mobility_circulation", "circulation", GREEN),
            Line("mobility_openness", "openness", VERMILION),
        ),
    ),
    Panel(
        "Taking part, and who decides",
        (
            Line("participation", "all GPs", BLACK, main=True),
            Line("participation_board", "GPs on the board", BLUE),
            Line("participation_frontline", "other GPs", SKY),
            Line("efficacy", "GPs' efficacy", GREEN, dash=_DASHED),
            Line("manager_control", "managers' control", VERMILION),
        ),
    ),
    Panel(
        "Board's ties to outside",
        (
            Line("ties_outside", "all outside", BLACK, main=True),
            Line("ties_to_pct", "PCT staff", BLUE),
            Line("ties_to_practices", "practices", GREEN),
            Line("ties_to_local_authorities", "local authorities", VERMILION),
            Line("ties_to_acute", "acute providers", PURPLE),
            Line("ties_to_community", "community", ORANGE),
            Line("ties_to_regional", "regional NHS", SKY),
            Line("ties_to_other", "other", GREY),
        ),
        share=False,
    ),
    Panel(
        "Projects since month 0",
        (
            Line("projects_started", "started", BLACK, main=True),
            Line("projects_approved", "approved", BLUE),
            Line("projects_live", "live now", GREEN),
            Line("projects_sustained", "sustained", SKY, dash=_DASHED),
            Line("projects_overridden", "overridden", VERMILION),
        ),
        share=False,
    ),
)
