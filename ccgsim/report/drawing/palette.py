"""Colours that are distinct for all kinds of colour vision (Okabe and Ito 2008), and two ramps from pale to dark."""

from __future__ import annotations

import numpy as np

INK = "#1A1F26"  # text
MUTED = "#5F6873"  # secondary text, axes
FAINT = "#DDE1E6"  # grids, empty places
PAPER = "#FFFFFF"

BLACK = "#1A1F26"
BLUE = "#0072B2"
ORANGE = "#D98E00"
GREEN = "#009E73"
VERMILION = "#D55E00"
PURPLE = "#B5548C"
SKY = "#3C9BD6"
GREY = "#7A828C"

MARK = "#8A929C"  # dated events

BOARD = ("#B9D7EE", "#3B8BC4", "#08306B")  # few contacts, some, many
OUTSIDE = ("#B3B9C1", "#727A84", "#1F2429")
FAR = "#E3E6EA"  # actors beyond the board's reach
TIE_BOARD = "#2F6FA3"
TIE_OUTSIDE = "#4A525C"
TIE_INWARD = "#98A2AE"
TIE_FAR = "#C9CED5"


def ramp(stops: tuple[str, ...], share: np.ndarray) -> np.ndarray:
    """Colours along `stops` for shares in [0, 1]: an array of red, green and blue, shape (len(share), 3)."""
    known = np.array([[int(stop[n : n + 2], 16) / 255 for n in (1, 3, 5)] for stop in stops])
    at = np.linspace(0, 1, len(stops))
    return np.column_stack([np.interp(share, at, known[:, part]) for part in range(3)])
