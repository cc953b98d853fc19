"""How a chart writes numbers and dates, the same in the drawing, the table and the sentence of reading."""

from __future__ import annotations

from datetime import date
from math import floor, log10
from typing import TYPE_CHECKING

from content_pack.charts.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from content_pack.charts.records import Analysis

    Labels = Sequence[str | date] | None

MOST_DECIMALS = 6


def point_labels(labels: Labels, count: int) -> list[str]:
    """A text for each point: its label, its date as "3 Nov 2026", or its place from 1 where none is given.

    Raises ChartError where there are not as many labels as points.
    """
    if not labels:
        return [str(place) for place in range(1, count + 1)]
    if len(labels) != count:
        raise ChartError(f"There are {count} points and {len(labels)} dates or labels: give one for each point.")
    return [f"{label.day} {label:%b %Y}" if isinstance(label, date) else label for label in labels]


def number_format(analysis: Analysis) -> Callable[[float, int], str]:
    """How to write a value of this chart; the second argument asks for more decimals than the points have."""
    factor, sign = (100, "%") if analysis.kind == "p" else (1, "")
    largest = max(abs(point) * factor for point in analysis.points)
    if largest >= 1e9 or 0 < largest < 1e-3:
        return lambda value, more: f"{value * factor:.{4 + more}g}{sign}"
    decimals = _decimals([point * factor for point in analysis.points], largest)
    return lambda value, more: f"{round(value * factor, decimals + more) + 0.0:.{decimals + more}f}{sign}"


def _decimals(points: list[float], largest: float) -> int:
    """As many as were typed, or what shows three figures where the values come out of a division."""
    for decimals in range(3):
        if all(round(point, decimals) == point for point in points):
            return decimals
    return min(MOST_DECIMALS, max(1, 2 - floor(log10(largest))))
