"""The run chart, and the runs analysis that control charts use too."""

from __future__ import annotations

import math
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from content_pack.charts.figures import median, side
from content_pack.charts.records import RunAnalysis, Runs

if TYPE_CHECKING:
    from collections.abc import Sequence


def run_chart(values: list[float], freeze_at: int | None = None) -> RunAnalysis:
    """A run chart round its median, or round that of the first `freeze_at` values: the baseline.

    Perla, Provost and Murray, "The run chart: a simple analytical tool for learning from variation in
    healthcare processes", BMJ Quality & Safety 2011; 20:46-51, with the tests of `runs`.
    """
    centre = median(values[:freeze_at])
    return RunAnalysis("run", values, centre, *runs(values, centre))


def runs(points: Sequence[float], line: float) -> Runs:
    """Unusually long runs and unusually few crossings: the Anhøj rules.

    Anhøj and Olesen, "Run charts revisited: a simulation study of run chart rules for detection of
    non-random variation in health care processes", PLoS ONE 2014; 9(11):e113825. Points on the line count
    neither way.
    """
    sides = [place for place in (side(point, line) for point in points) if place]
    if not sides:
        return Runs(0, None, None, None, None, signal=False)
    longest = max(len(list(same)) for _, same in groupby(sides))
    crossings = sum(before != after for before, after in pairwise(sides))
    longest_max, crossings_min = longest_run_max(len(sides)), fewest_crossings(len(sides))
    signal = longest > longest_max or crossings < crossings_min
    return Runs(len(sides), longest, longest_max, crossings, crossings_min, signal)


def in_long_run(points: Sequence[float], line: float, most: int | None) -> list[bool]:
    """Whether each point belongs to a run of more than `most` on one side of the line (never if None)."""
    marks = [False] * len(points)
    useful = [(place, side(point, line)) for place, point in enumerate(points) if point != line]
    for _, same in groupby(useful, key=itemgetter(1)):
        places = [place for place, _ in same]
        if most is not None and len(places) > most:
            for place in places:
                marks[place] = True
    return marks


def longest_run_max(useful: int) -> int:
    """The longest run that chance makes likely: log2(n) + 3, rounded.

    Schilling, "The surprising predictability of long runs", Mathematics Magazine 2012; 85(2):141-149.
    """
    return round(math.log2(useful)) + 3


def fewest_crossings(useful: int) -> int:
    """The lower 5 % point of the number of crossings, which is binomial (n - 1, 1/2).

    Chen, "A note on the runs test", Model Assisted Statistics and Applications 2010; 5:73-77. Worked in
    whole numbers, so that no rounding decides a signal.
    """
    chances = useful - 1
    ways, below, crossings = 1, 1, 0
    while 20 * below < 2**chances:
        ways = ways * (chances - crossings) // (crossings + 1)
        crossings += 1
        below += ways
    return crossings
