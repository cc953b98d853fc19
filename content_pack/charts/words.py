"""How a chart writes numbers and dates, the same in the drawing, the table and the sentence of reading."""

from __future__ import annotations

from datetime import date
from math import floor, isclose, log10
from typing import TYPE_CHECKING, NamedTuple

from content_pack.charts.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_pack.charts.records import Analysis

    Labels = Sequence[str | date] | None


def point_labels(labels: Labels, count: int) -> list[str]:
    """A text for each point: its label, its date as "3 Nov 2026", or its place from 1 where none is given.

    Raises ChartError where there are not as many labels as points.
    """
    if not labels:
        return [str(place) for place in range(1, count + 1)]
    if len(labels) != count:
        raise ChartError(f"There are {count} points and {len(labels)} dates or labels: give one for each point.")
    return [f"{label.day} {label:%b %Y}" if isinstance(label, date) else label for label in labels]


class NumberFormat(NamedTuple):
    """How to write the values of one chart: the unit's factor and sign, and the decimals of its points."""

    factor: int
    sign: str
    decimals: int | None

    def point(self, value: float) -> str:
        """A plotted value."""
        return self._written(value, self.decimals)

    def line(self, value: float) -> str:
        """The value of a line, with one decimal more than the points where theirs would cut it short."""
        places = self.decimals
        if places is not None and not _exact(value * self.factor, places):
            places += 1
        return self._written(value, places)

    def limit(self, value: float | None) -> str:
        """The value of a limit, or that there is none."""
        return "none" if value is None else self.line(value)

    def _written(self, value: float, places: int | None) -> str:
        figure = value * self.factor
        text = f"{figure:.5g}" if places is None else f"{round(figure, places) + 0.0:.{places}f}"
        return text + self.sign


def number_format(analysis: Analysis) -> NumberFormat:
    """The format for a chart's numbers: shares as percentages, very large and very small ones by powers of ten."""
    factor, sign = (100, "%") if analysis.kind == "p" else (1, "")
    points = [point * factor for point in analysis.points]
    largest = max(map(abs, points))
    powers = largest >= 1e9 or 0 < largest < 1e-6
    return NumberFormat(factor, sign, None if powers else _decimals(points, largest))


def _decimals(points: list[float], largest: float) -> int:
    """As many as were typed, or what shows three figures where the values come out of a division."""
    for decimals in range(4):
        if all(_exact(point, decimals) for point in points):
            return decimals
    return max(1, 2 - floor(log10(largest)))


def _exact(figure: float, decimals: int) -> bool:
    """Whether these decimals lose nothing but the rounding of a multiplication."""
    return isclose(round(figure, decimals), figure, rel_tol=1e-12)
