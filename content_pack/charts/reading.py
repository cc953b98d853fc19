"""One honest sentence about a chart: what the rules found, never why, and never more than they found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack.charts.records import Analysis, RunAnalysis, Runs, XmrAnalysis
from content_pack.charts.table import centre_name

if TYPE_CHECKING:
    from content_pack.charts.records import ControlAnalysis

ENOUGH = 20
"""Points after which a chart that shows nothing may be said to show nothing."""

FEWEST_FOR_RUNS = 10
"""Useful points below which the rules are not read: the fewest that Anhøj and Wentzel-Larsen tabulate
(PLoS ONE 2020; 15(5):e0233920)."""

FEWEST_FOR_LIMITS = 12
"""Points below which limits are only for trial (Making Data Count)."""

ASK = "the chart cannot say why, so ask what was different"


def reading(analysis: Analysis) -> str:
    """What to take from the chart, in one sentence for the team that counted."""
    if len(set(analysis.points)) == 1:
        return "Every value is the same, so there is no change to see: check the figures, and keep counting."
    if isinstance(analysis, RunAnalysis):
        return _of_run(analysis)
    fewest = _shortest_part(analysis)
    if fewest < FEWEST_FOR_LIMITS:
        where = "in the shorter part" if fewest < len(analysis.points) else "so far"
        return f"Too few points for limits that hold ({fewest} {where}): keep counting to {ENOUGH}."
    if isinstance(analysis, XmrAnalysis):
        return _of_xmr(analysis, fewest)
    return _conclusion(_unusual_in_control(analysis), fewest)


def _of_run(analysis: RunAnalysis) -> str:
    if analysis.n_useful < FEWEST_FOR_RUNS:
        return f"Too few points off the median to tell ({analysis.n_useful} so far): keep counting to {ENOUGH}."
    found = _unusual_runs(Runs(*analysis[3:]), "median")
    return _conclusion(found, len(analysis.points))


def _of_xmr(analysis: XmrAnalysis, fewest: int) -> str:
    """A part of many values has no limits where these are all the same: the sentence then says so."""
    bare = [part for part, limit in (("first", analysis.lower[0]), ("second", analysis.lower[-1])) if limit is None]
    if len(bare) > 1:
        return "Within each part every value is the same, so there are no limits: check the figures, and keep counting."
    sentence = _conclusion(_unusual_points(analysis), fewest, parts=analysis.rebase_at is not None)
    if not bare:
        return sentence
    return f"{sentence.removesuffix('.')}; the {bare[0]} part, whose values are all the same, has no limits."


def _conclusion(found: list[str], points: int, *, parts: bool = False) -> str:
    """`points` are those of the shortest part; where there are parts, no rule compares one with the other."""
    if found:
        return f"This may be more than chance: {' and '.join(found)}; {ASK}."
    nothing = "Nothing here says it changed" + (" within either part" if parts else "")
    if points < ENOUGH:
        return f"{nothing} yet: keep counting to {ENOUGH}."
    return f"{nothing}: chance alone could give ups and downs like these."


def _shortest_part(analysis: XmrAnalysis | ControlAnalysis) -> int:
    count = len(analysis.points)
    cut = analysis.rebase_at if isinstance(analysis, XmrAnalysis) else None
    return count if cut is None else min(cut, count - cut)


def _unusual_runs(runs: Runs, line: str) -> list[str]:
    """The longest run and the crossings, where they are outside what chance usually gives."""
    found: list[str] = []
    if not runs.signal or runs.longest_run is None or runs.longest_run_max is None:
        return found
    if runs.longest_run > runs.longest_run_max:
        found.append(
            f"{runs.longest_run} points in a row on one side of the {line} ({runs.longest_run_max} is the usual most)"
        )
    if runs.crossings is not None and runs.crossings_min is not None and runs.crossings < runs.crossings_min:
        crossings = "crossing" if runs.crossings == 1 else "crossings"
        found.append(f"only {runs.crossings} {crossings} of the {line} ({runs.crossings_min} is the usual fewest)")
    return found


def _unusual_in_control(analysis: ControlAnalysis) -> list[str]:
    count, out = len(analysis.points), sum(analysis.outside)
    beyond = [f"{out} of {count} points beyond the limits"] if out else []
    name = centre_name(analysis)
    runs = analysis.runs if analysis.runs.n_useful >= FEWEST_FOR_RUNS else analysis.runs._replace(signal=False)
    return beyond + _unusual_runs(runs, "centre line" if name == "centre" else name)


def _unusual_points(analysis: XmrAnalysis) -> list[str]:
    """How many points broke a rule, and which way."""
    words = {
        "special_cause_improvement": "in the direction you want",
        "special_cause_concern": "in the direction you do not want",
        "special_cause_neutral_high": "high or rising",
        "special_cause_neutral_low": "low or falling",
    }
    unusual = sum(kind in words for kind in analysis.point_type)
    if not unusual:
        return []
    ways = [f"{n} {word}" for kind, word in words.items() if (n := analysis.point_type.count(kind))]
    ways = [f"{n} {word}" for kind, word in words.items() if (n := analysis.point_type.count(kind))]
    return [f"{_points(unusual)} in {len(analysis.points)} ({', '.join(ways)})"]


def _points(unusual: int) -> str:
    return "1 unusual point" if unusual == 1 else f"{unusual} unusual points"
