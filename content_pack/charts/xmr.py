"""The XmR (individuals and moving range) chart with the rules of the NHS Making Data Count programme.

As NHS England's "Making Data Count" guides describe them and NHSRplotthedots (NHS-R community, 2021-25)
applies them: a point beyond a limit, a trend of seven, two of three near a limit, seven on one side of
the mean; a point is named after the first of these that holds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from content_pack.charts.figures import mean, moving_ranges, side
from content_pack.charts.records import XmrAnalysis

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT = 2.66
"""3 / d2, d2 = 1.128: natural process limits in mean moving ranges."""

SCREEN = 3.267
"""D4: the upper limit of a moving range, in mean moving ranges."""

RUN = 7
COMMON = "Common Cause"


def xmr_chart(values: list[float], rebase_at: int | None, direction: int, *, screen: bool) -> XmrAnalysis:
    """An XmR chart; each side of `rebase_at` has its own mean and limits, and no rule reaches across.

    Limits at mean ± 2.66 mean moving ranges: Shewhart 1931; Wheeler and Chambers, "Understanding
    Statistical Process Control", 2nd edition 1992. `direction` is the one that is an improvement: 1, -1,
    or 0 for neither.
    """
    parts = [values] if rebase_at is None else [values[:rebase_at], values[rebase_at:]]
    found = XmrAnalysis("xmr", values, [], [], [], [], [], rebase_at)
    for part in parts:
        centre, spread = mean(part), mean_moving_range(part, screen=screen)
        found.mean.extend([centre] * len(part))
        found.lower.extend([None if spread is None else centre - LIMIT * spread] * len(part))
        found.upper.extend([None if spread is None else centre + LIMIT * spread] * len(part))
        found.special_cause.extend([COMMON] * len(part) if spread is None else special_causes(part, centre, spread))
    found.point_type.extend(point_type(cause, direction) for cause in found.special_cause)
    return found


def mean_moving_range(values: list[float], *, screen: bool) -> float | None:
    """The mean step from one value to the next; None where no step is left to take it from.

    `screen` leaves out, once, steps that are not below 3.267 times the mean step: Nelson, "Control charts
    for individual measurements", Journal of Quality Technology 1982; 14(3):172-173. That is every step
    where the values are all equal.
    """
    steps = moving_ranges(values)
    if steps and screen:
        bound = SCREEN * mean(steps)
        steps = [step for step in steps if step < bound]
    return mean(steps) if steps else None


def special_causes(values: list[float], centre: float, spread: float) -> list[str]:
    """The rule that each value broke, or "Common Cause"."""
    sides = [side(value, centre) for value in values]
    far = [beyond(value, centre, LIMIT * spread) for value in values]
    near = [not out and beyond(value, centre, 2 * (LIMIT / 3) * spread) for value, out in zip(values, far, strict=True)]
    trends, close, shifts = trend_causes(values), in_two_of_three(near, sides), in_shift(sides)
    causes = []
    for place, where in enumerate(sides):
        words = "Above" if where > 0 else "Below"
        if far[place]:
            causes.append("Above UCL" if where > 0 else "Below LCL")
        elif trends[place]:
            causes.append(trends[place])
        elif close[place]:
            causes.append(f"2 in 3 {words} CL")
        elif shifts[place]:
            causes.append(f"7 Points {words} CL")
        else:
            causes.append(COMMON)
    return causes


def beyond(value: float, centre: float, width: float) -> bool:
    """Whether the value lies outside centre ± width."""
    return value > centre + width or value < centre - width


def trend_causes(values: list[float]) -> list[str]:
    """The name of the trend that a value belongs to, or nothing.

    As in NHSRplotthedots, a value is named after the step that follows it where the next value is in a trend
    too, else after the step before it, and whatever is no rise counts as a fall. So a turn belongs to the
    later trend; and a value that ends a trend, where the next one begins another, is named after the step
    between the two, which is part of neither.
    """
    steps = [side(after, before) for before, after in pairwise(values)]
    marks = [*in_trend(steps), False]
    names = []
    for place, marked in enumerate(marks[:-1]):
        rises = marked and steps[place if marks[place + 1] else place - 1] > 0
        names.append(f"7 Point Trend ({'Increasing' if rises else 'Decreasing'})" if marked else "")
    return names


def in_trend(steps: Sequence[int]) -> list[bool]:
    """Whether each value, one more than the steps, is one of seven or more in a row that only rise or only fall."""
    marks = [False] * (len(steps) + 1)
    for first in range(len(marks) - RUN + 1):
        if abs(sum(steps[first : first + RUN - 1])) == RUN - 1:
            marks[first : first + RUN] = [True] * RUN
    return marks


def in_two_of_three(near: list[bool], sides: list[int]) -> list[bool]:
    """Whether a value is one of two or more near a limit among three in a row, all on one side of the mean."""
    marks = [False] * len(near)
    for first in range(len(near) - 2):
        three = slice(first, first + 3)
        if abs(sum(sides[three])) == 3 and sum(near[three]) >= 2:
            marks[three] = [True] * 3
    return [mark and close for mark, close in zip(marks, near, strict=True)]


def in_shift(sides: list[int]) -> list[bool]:
    """Whether a value is one of seven or more in a row on one side of the mean."""
    marks = [False] * len(sides)
    for first in range(len(sides) - RUN + 1):
        if abs(sum(sides[first : first + RUN])) == RUN:
            marks[first : first + RUN] = [True] * RUN
    return marks


def point_type(cause: str, direction: int) -> str:
    """What a special cause means when `direction` (1, -1, or 0 for neither) is an improvement."""
    if cause == COMMON:
        return "common_cause"
    way = 1 if "Above" in cause or "Increasing" in cause else -1
    if direction == 0:
        return "special_cause_neutral_high" if way > 0 else "special_cause_neutral_low"
    return "special_cause_improvement" if way == direction else "special_cause_concern"
