"""The table beside a chart, for those who cannot see it or want the figures: every cell is ready text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from content_pack.charts.figures import side
from content_pack.charts.records import Analysis, ControlAnalysis, RunAnalysis, XmrAnalysis
from content_pack.charts.words import number_format, point_labels

if TYPE_CHECKING:
    from content_pack.charts.words import Labels, NumberFormat

CAUSES = {
    "Common Cause": "",
    "Above UCL": "above the upper limit",
    "Below LCL": "below the lower limit",
    "7 Point Trend (Increasing)": "in a rise of seven or more",
    "7 Point Trend (Decreasing)": "in a fall of seven or more",
    "2 in 3 Above CL": "two of three near the upper limit",
    "2 in 3 Below CL": "two of three near the lower limit",
    "7 Points Above CL": "in seven or more above the mean",
    "7 Points Below CL": "in seven or more below the mean",
}
"""What each special cause is called in plain words."""

SIDES = {1: "above", -1: "below", 0: "on the line"}


class ChartTable(NamedTuple):
    """One header row and a row a point; each row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(analysis: Analysis, labels: Labels = None) -> ChartTable:
    """The figures of a chart as rows of text, in the order of the points.

    Raises ChartError where there are not as many labels as points.
    """
    when, show = point_labels(labels, len(analysis.points)), number_format(analysis)
    if isinstance(analysis, RunAnalysis):
        return _run_table(analysis, when, show)
    centre, signals = _centre_and_signals(analysis)
    columns = zip(when, analysis.points, centre, analysis.lower, analysis.upper, signals, strict=True)
    return ChartTable(
        ("When", "Value", centre_name(analysis).capitalize(), "Lower limit", "Upper limit", "Signal"),
        tuple(
            (text, show.point(value), show.line(middle), show.limit(low), show.limit(high), signal)
            for text, value, middle, low, high, signal in columns
        ),
    )


def centre_name(analysis: Analysis) -> str:
    """What the centre line of the chart is. That of a t chart is the mean of a transformed time."""
    return {"run": "median", "g": "median", "t": "centre"}.get(analysis.kind, "mean")


def _run_table(analysis: RunAnalysis, when: list[str], show: NumberFormat) -> ChartTable:
    rows = (
        (text, show.point(value), SIDES[side(value, analysis.median)])
        for text, value in zip(when, analysis.points, strict=True)
    )
    return ChartTable(("When", "Value", f"Side of the median ({show.line(analysis.median)})"), tuple(rows))


def _centre_and_signals(analysis: XmrAnalysis | ControlAnalysis) -> tuple[list[float], list[str]]:
    if isinstance(analysis, XmrAnalysis):
        return analysis.mean, [CAUSES[cause] for cause in analysis.special_cause]
    signals = [
        "" if not out else "above the upper limit" if value > analysis.centre else "below the lower limit"
        for value, out in zip(analysis.points, analysis.outside, strict=True)
    ]
    return [analysis.centre] * len(signals), signals
