"""The mark of each point: which one it gets, its shape, and what the legend says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack.charts.records import Analysis, RunAnalysis, XmrAnalysis
from content_pack.charts.run import in_long_run

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, ACCENT = "#16232e", "#00508f"
COMMON = "common_cause"
LEGEND = {
    COMMON: "",
    "on_median": "on the median: counts neither way",
    "outside": "beyond a limit",
    "long_run": "in a run longer than chance usually gives",
    "special_cause_improvement": "unusual, in the direction you want",
    "special_cause_concern": "unusual, not in the direction you want",
    "special_cause_neutral_high": "unusual: high or rising",
    "special_cause_neutral_low": "unusual: low or falling",
}
"""Every mark, in the order of the legend, and its words there."""


def marks(analysis: Analysis) -> list[str]:
    """The mark of each point, a key of LEGEND."""
    if isinstance(analysis, XmrAnalysis):
        return analysis.point_type
    if isinstance(analysis, RunAnalysis):
        long_run = in_long_run(analysis.points, analysis.median, analysis.longest_run_max)
        on_line = [point == analysis.median for point in analysis.points]
        return [
            "on_median" if on else "long_run" if member else COMMON
            for on, member in zip(on_line, long_run, strict=True)
        ]
    long_run = in_long_run(analysis.points, analysis.centre, analysis.runs.longest_run_max)
    return [
        "outside" if out else "long_run" if member else COMMON
        for out, member in zip(analysis.outside, long_run, strict=True)
    ]


def draw_mark(kind: str, x: float, y: float, size: float) -> str:
    """The SVG of a mark round x, y; `size` 1 is the size of the legend."""
    if kind in (COMMON, "on_median"):
        fill = "#ffffff" if kind == "on_median" else INK
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3.2 * size:.1f}" fill="{fill}" stroke="{INK}"/>'
    corners: Sequence[tuple[float, float]]
    fill, corners = _SHAPES[kind]
    spots = " ".join(f"{x + dx * size:.1f},{y + dy * size:.1f}" for dx, dy in corners)
    return f'<polygon points="{spots}" fill="{fill}" stroke="{ACCENT if fill == ACCENT else INK}"/>'


_DIAMOND = ((0, -6), (6, 0), (0, 6), (-6, 0))
_SQUARE = ((-4.5, -4.5), (4.5, -4.5), (4.5, 4.5), (-4.5, 4.5))
_UP = ((0, -6), (6, 4.5), (-6, 4.5))
_DOWN = ((0, 6), (6, -4.5), (-6, -4.5))
_SHAPES: dict[str, tuple[str, Sequence[tuple[float, float]]]] = {
    "outside": (ACCENT, _DIAMOND),
    "long_run": (ACCENT, _SQUARE),
    "special_cause_improvement": (ACCENT, _DIAMOND),
    "special_cause_concern": ("#ffffff", _SQUARE),
    "special_cause_neutral_high": (ACCENT, _UP),
    "special_cause_neutral_low": (ACCENT, _DOWN),
}
