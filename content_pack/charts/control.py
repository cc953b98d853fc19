"""Control charts for counts, shares and rare events: p, u, c, g and t.

Formulas after Montgomery, "Introduction to Statistical Quality Control" (6th edition 2009), and Provost
and Murray, "The Health Care Data Guide" (2011), in the form that qicharts2 (Anhøj) uses; the runs analysis
is that of run charts, round each chart's centre line.
"""

from __future__ import annotations

from math import fsum, sqrt

from content_pack.charts.figures import mean, median, moving_ranges
from content_pack.charts.records import ControlAnalysis
from content_pack.charts.run import runs

T_POWER = 3.6


def p_chart(numerators: list[float], denominators: list[float]) -> ControlAnalysis:
    """Shares of a whole: limits from the binomial, kept between 0 and 1.

    Shewhart 1931; Montgomery, section on control charts for fraction nonconforming.
    """
    centre = fsum(numerators) / fsum(denominators)
    widths = [3 * sqrt(centre * (1 - centre) / n) for n in denominators]
    shares = [count / n for count, n in zip(numerators, denominators, strict=True)]
    return _chart(
        "p", shares, centre, [max(0.0, centre - width) for width in widths], [min(1.0, centre + w) for w in widths]
    )


def u_chart(numerators: list[float], denominators: list[float]) -> ControlAnalysis:
    """Rates of events for unequal chances: limits from the Poisson, not below 0.

    Shewhart 1931; Montgomery, equation 7.19.
    """
    centre = fsum(numerators) / fsum(denominators)
    widths = [3 * sqrt(centre / n) for n in denominators]
    rates = [count / n for count, n in zip(numerators, denominators, strict=True)]
    return _chart(
        "u", rates, centre, [max(0.0, centre - width) for width in widths], [centre + width for width in widths]
    )


def c_chart(values: list[float]) -> ControlAnalysis:
    """Counts of events with about equal chances: limits from the Poisson, not below 0.

    Shewhart 1931; Montgomery, equation 7.17.
    """
    centre = mean(values)
    return _level("c", values, centre, centre - 3 * sqrt(centre), centre + 3 * sqrt(centre))


def g_chart(values: list[float]) -> ControlAnalysis:
    """Cases between rare events: limits from the geometric round the mean, the median as centre line.

    Benneyan, "Number-between g-type statistical quality control charts for monitoring adverse events",
    Health Care Management Science 2001; 4:305-318. The median is drawn because the mean of so skewed a
    distribution has far more than half of the points below it (Provost and Murray 2011).
    """
    average = mean(values)
    width = 3 * sqrt(average * (average + 1))
    return _level("g", values, median(values), average - width, average + width)


def t_chart(values: list[float]) -> ControlAnalysis:
    """Time between rare events: an individuals chart of time to the power 1/3.6, turned back.

    Nelson, "A control chart for parts-per-million nonconforming items", Journal of Quality Technology
    1994; 26(3):239-240; moving ranges over d2 = 1.128 (Montgomery, equation 6.33), not screened. A point is
    held against the lines as they are, turned there and back: equal times then lie on the centre line.
    """
    near_normal = [value ** (1 / T_POWER) for value in values]
    average = mean(near_normal)
    width = 3 * mean(moving_ranges(near_normal)) / 1.128
    lower, upper = max(0.0, average - width) ** T_POWER, (average + width) ** T_POWER
    turned = [time**T_POWER for time in near_normal]
    return _level("t", turned, average**T_POWER, lower, upper)._replace(points=values)


def _level(kind: str, points: list[float], centre: float, lower: float, upper: float) -> ControlAnalysis:
    """A chart whose limits are the same at every point; a count or a time has none below 0."""
    return _chart(kind, points, centre, [max(0.0, lower)] * len(points), [upper] * len(points))


def _chart(kind: str, points: list[float], centre: float, lower: list[float], upper: list[float]) -> ControlAnalysis:
    outside = [not low <= point <= high for point, low, high in zip(points, lower, upper, strict=True)]
    return ControlAnalysis(kind, points, centre, lower, upper, outside, runs(points, centre))
