"""One call for every kind of chart: figures are checked here, the rules are in the modules of each family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from content_pack.charts.control import c_chart, g_chart, p_chart, t_chart, u_chart
from content_pack.charts.errors import ChartError
from content_pack.charts.figures import above_zero, counts, freeze_place, numbers, rebase_place
from content_pack.charts.records import KINDS, Analysis, ControlAnalysis, RunAnalysis, XmrAnalysis
from content_pack.charts.run import run_chart
from content_pack.charts.xmr import xmr_chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    Figures = Sequence[float] | None


@overload
def analyse(kind: Literal["run"], *, values: Figures, freeze_at: int | None = None) -> RunAnalysis: ...
@overload
def analyse(
    kind: Literal["xmr"],
    *,
    values: Figures,
    rebase_at: int | None = None,
    improvement_direction: int = 0,
    screen_outliers: bool = True,
) -> XmrAnalysis: ...
@overload
def analyse(kind: Literal["c", "g", "t"], *, values: Figures) -> ControlAnalysis: ...
@overload
def analyse(kind: Literal["p", "u"], *, numerators: Figures, denominators: Figures) -> ControlAnalysis: ...
@overload
def analyse(
    kind: str,
    *,
    values: Figures = None,
    numerators: Figures = None,
    denominators: Figures = None,
    rebase_at: int | None = None,
    improvement_direction: int = 0,
    screen_outliers: bool = True,
    freeze_at: int | None = None,
) -> Analysis: ...


def analyse(
    kind: str,
    *,
    values: Figures = None,
    numerators: Figures = None,
    denominators: Figures = None,
    rebase_at: int | None = None,
    improvement_direction: int = 0,
    screen_outliers: bool = True,
    freeze_at: int | None = None,
) -> Analysis:
    """The centre line, limits and signals of a chart of one of the `KINDS`.

    p and u charts take `numerators` and `denominators`, the others `values`: numbers in time order, two
    or more; whole numbers from 0 for p, c, g and the numerators of u; above 0 for t and for denominators.
    `freeze_at` belongs to the run chart: its median is then that of so many first values, the baseline.
    The other arguments belong to the XmR chart: `rebase_at` is the index, from 0, of the first value with
    new limits; `improvement_direction` is 1 (up is better), -1 (down) or 0 (neither);
    `screen_outliers` leaves out unusually large moving ranges when limits are worked out.

    Raises ChartError, with a sentence for the person who typed the figures.
    """
    if not isinstance(kind, str) or kind not in KINDS:
        raise ChartError(f"There is no such kind of chart: choose one of {', '.join(KINDS)}.")
    _check_settings(kind, rebase_at, improvement_direction, screen_outliers)
    if kind != "run" and freeze_at is not None:
        raise ChartError("Only a run chart can keep the median of its first values: leave the freeze out.")
    if kind in ("p", "u"):
        return _from_pairs(kind, values, numerators, denominators)
    if numerators is not None or denominators is not None or values is None:
        raise ChartError(f"A {KINDS[kind]} needs values, and neither numerators nor denominators.")
    if kind == "xmr":
        found = numbers(values)
        place = rebase_place(rebase_at, len(found))
        return xmr_chart(found, place, improvement_direction, screen=screen_outliers)
    return _from_values(kind, values, freeze_at)


def _check_settings(kind: str, rebase_at: object, direction: object, screen: object) -> None:
    if kind != "xmr" and rebase_at is not None:
        raise ChartError("Only an XmR chart can begin new limits part of the way: leave the rebase out.")
    if isinstance(direction, bool) or direction not in (-1, 0, 1):
        raise ChartError("The direction of improvement is 1 (up is better), -1 (down is better) or 0 (neither).")
    if not isinstance(screen, bool):
        raise ChartError("Screening of outlying moving ranges is either on (true) or off (false).")


def _from_values(kind: str, values: object, freeze_at: object) -> RunAnalysis | ControlAnalysis:
    if kind == "run":
        found = numbers(values)
        return run_chart(found, freeze_place(freeze_at, len(found)))
    if kind == "t":
        return t_chart(above_zero(values, "value", "time between events cannot be nothing; use hours or minutes"))
    return (c_chart if kind == "c" else g_chart)(counts(values))


def _from_pairs(kind: str, values: object, numerators: object, denominators: object) -> ControlAnalysis:
    if values is not None or numerators is None or denominators is None:
        raise ChartError(f"A {KINDS[kind]} needs numerators and denominators, and no values.")
    tops = counts(numerators, "numerator")
    bottoms = above_zero(denominators, "denominator", "leave out a time in which nothing was counted")
    if len(tops) != len(bottoms):
        raise ChartError(f"There are {len(tops)} numerators and {len(bottoms)} denominators: give as many of each.")
    if kind == "u":
        return u_chart(tops, bottoms)
    for place, (top, bottom) in enumerate(zip(tops, counts(denominators, "denominator"), strict=True), 1):
        if top > bottom:
            raise ChartError(f"Numerator {place} is larger than its denominator: a p chart shows shares of a whole.")
    return p_chart(tops, bottoms)
