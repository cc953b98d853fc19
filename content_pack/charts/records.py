"""What an analysis found, as plain records: the field names are those of the reference cases.

`points` are the plotted values: what was typed, or for p and u charts numerator / denominator.
Every list has one entry a point.
"""

from __future__ import annotations

from typing import NamedTuple

KINDS = {
    "run": "run chart",
    "xmr": "XmR chart",
    "p": "p chart",
    "u": "u chart",
    "c": "c chart",
    "g": "g chart",
    "t": "t chart",
}
"""Every kind of chart and its name."""


class Runs(NamedTuple):
    """Runs and crossings round a centre line, by the Anhøj rules.

    `n_useful` counts the points that are not on the line. The other counts and their limits are None
    where no point is useful. `signal` says that the longest run is longer than `longest_run_max` or the
    crossings are fewer than `crossings_min`.
    """

    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


class RunAnalysis(NamedTuple):
    """A run chart: the median and what `Runs` holds."""

    kind: str
    points: list[float]
    median: float
    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


class XmrAnalysis(NamedTuple):
    """An XmR (individuals) chart. Mean and limits change where the chart was rebased (`rebase_at`).

    `lower` and `upper` are None through a part that has no limits: one with a single value, or, where outliers
    are screened, one whose values are all equal (no moving range is then below the bound).

    `special_cause` names the rule that a point broke ("Common Cause" where none), `point_type` what that
    means for the wanted direction: `special_cause_improvement`, `…_concern`, `…_neutral_high`,
    `…_neutral_low` or `common_cause`.
    """

    kind: str
    points: list[float]
    mean: list[float]
    lower: list[float | None]
    upper: list[float | None]
    special_cause: list[str]
    point_type: list[str]
    rebase_at: int | None


class ControlAnalysis(NamedTuple):
    """A p, u, c, g or t chart: one centre line, limits three standard deviations from the mean.

    `outside` marks the points beyond a limit; `runs` is the runs analysis round the centre line.
    """

    kind: str
    points: list[float]
    centre: float
    lower: list[float]
    upper: list[float]
    outside: list[bool]
    runs: Runs


Analysis = RunAnalysis | XmrAnalysis | ControlAnalysis
