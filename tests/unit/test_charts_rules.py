"""The rules of run and control charts, against reference cases and at their edges."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from content_pack.charts import ControlAnalysis, RunAnalysis, XmrAnalysis, analyse

if TYPE_CHECKING:
    from collections.abc import Sequence

INPUTS = ("values", "numerators", "denominators", "rebase_at", "improvement_direction", "screen_outliers")
DATA = Path(__file__).parents[1] / "data"
CASES: list[dict[str, Any]] = [
    case
    for name in ("spc_reference.json", "spc_hard.json")
    for case in json.loads((DATA / name).read_text(encoding="utf-8"))
]
DICE = random.Random(20261124)


def _xmr(values: Sequence[float], **settings: Any) -> XmrAnalysis:
    found = analyse("xmr", values=values, **settings)
    assert isinstance(found, XmrAnalysis)
    return found


def _given(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _run(values: Sequence[float]) -> RunAnalysis:
    return analyse("run", values=values)


def _series(most: int = 40) -> list[float]:
    """Figures with ties, zeros, drift and jumps, of any length from 2."""
    drift, places = DICE.choice((-1, 0, 0, 1)), DICE.choice((0, 0, 1))
    figures = (DICE.gauss(20, 4) + drift * place for place in range(DICE.randint(2, most)))
    return [round(figure, places) + 0.0 for figure in figures]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_agrees_with_the_reference(case: dict[str, Any]) -> None:
    found = analyse(case["kind"], **{name: case[name] for name in INPUTS if name in case})
    for name, wanted in case.items():
        if name == "kind" or name in INPUTS:
            continue
        got = getattr(found, name)
        if isinstance(wanted, list) and not isinstance(wanted[0], str):
            missing = [place for place, value in enumerate(wanted) if value is None]
            assert [place for place, value in enumerate(got) if value is None] == missing, name
            assert _given(got) == pytest.approx(_given(wanted), rel=1e-9, abs=1e-9), name
        elif isinstance(wanted, float):
            assert got == pytest.approx(wanted, rel=1e-9), name
        else:
            assert got == wanted, name


def test_the_reference_has_every_kind() -> None:
    assert {case["kind"] for case in CASES} == {"run", "xmr", "p", "u", "c", "g", "t"}


# Run charts


def test_points_on_the_median_count_neither_way() -> None:
    found = _run([3, 5, 5, 5, 7, 3, 7, 5])
    assert (found.median, found.n_useful) == (5, 4)
    assert (found.longest_run, found.crossings) == (1, 3)


def test_a_run_goes_on_across_a_point_on_the_median() -> None:
    assert _run([1, 1, 5, 1, 9, 9, 9]).longest_run == 3


def test_equal_values_have_no_runs_and_no_signal() -> None:
    found = _run([4.0] * 15)
    assert (found.n_useful, found.longest_run, found.crossings, found.signal) == (0, None, None, False)
    assert (found.longest_run_max, found.crossings_min) == (None, None)


@pytest.mark.parametrize(
    ("useful", "longest", "fewest"),
    # As R gives them: round(log2(n)) + 3 and qbinom(0.05, n - 1, 0.5).
    [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10), (40, 8, 14), (60, 9, 23)],
)
def test_limits_of_the_runs_rules(useful: int, longest: int, fewest: int) -> None:
    found = _run([(-1.0) ** place * (1 + place) for place in range(useful)])
    assert (found.n_useful, found.longest_run_max, found.crossings_min) == (useful, longest, fewest)


def test_a_shift_half_way_is_a_signal_and_an_alternation_is_none() -> None:
    assert _run([10, 11, 10, 11, 10, 11, 10, 11, 20, 21, 20, 21, 20, 21, 20, 21]).signal
    assert not _run([10, 20, 10.5, 20, 10, 21, 10, 20, 11, 20, 10, 22]).signal


# XmR charts


def test_limits_are_two_point_six_six_mean_moving_ranges_from_the_mean() -> None:
    found = _xmr([10, 12, 10, 12, 10, 12], screen_outliers=False)
    assert (found.mean[0], found.lower[0], found.upper[0]) == pytest.approx((11, 11 - 5.32, 11 + 5.32))


def test_screening_leaves_out_only_moving_ranges_from_three_point_two_six_seven_means() -> None:
    figures = [*[10.0, 11.0] * 10, 40.0, *[11.0, 10.0] * 10]
    assert _given(_xmr(figures, screen_outliers=True).upper) < _given(_xmr(figures, screen_outliers=False).upper)
    steady = [10.0, 12.0, 9.0, 13.0] * 5
    assert _xmr(steady, screen_outliers=True).upper == _xmr(steady, screen_outliers=False).upper


def test_equal_values_have_limits_on_the_mean_or_none_where_outliers_are_screened() -> None:
    whole, screened = _xmr([0.1] * 14, screen_outliers=False), _xmr([0.1] * 14, screen_outliers=True)
    assert whole.mean == screened.mean == whole.lower == whole.upper == [0.1] * 14
    assert screened.lower == screened.upper == [None] * 14
    assert set(whole.special_cause) == set(screened.special_cause) == {"Common Cause"}


@pytest.mark.parametrize("screen", [True, False])
def test_a_part_of_one_value_has_a_mean_and_no_limits(screen: bool) -> None:
    found = _xmr([3, 4, 9, 3], rebase_at=3, screen_outliers=screen)
    assert (found.mean[3], found.lower[3], found.upper[3], found.special_cause[3]) == (3, None, None, "Common Cause")
    assert found.upper[:3] == _xmr([3, 4, 9], screen_outliers=screen).upper


def test_seven_on_one_side_are_marked_from_the_first() -> None:
    found = _xmr([5, 15] * 5 + [12, 11, 13, 11, 12, 13, 11] + [5, 12, 5, 5], screen_outliers=False)
    assert found.special_cause[10:17] == ["7 Points Above CL"] * 7
    assert _xmr([5, 15] * 5 + [5, 12, 11, 13, 11, 12, 13] + [5, 12, 5, 5]).special_cause[11:17] == ["Common Cause"] * 6


def test_a_point_on_the_mean_ends_a_run_on_one_side() -> None:
    figures: list[float] = [8, 9, 8, 10, 9, 8, 9, 8, 11, 12, 11, 12, 11, 14]
    assert sum(figures) / len(figures) == 10
    assert not any("7 Points" in cause for cause in _xmr(figures).special_cause)


def test_a_trend_is_seven_and_names_its_direction() -> None:
    rise = [*[5.0, 15.0] * 6, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, *[5.0, 15.0] * 6]
    found = _xmr(rise, improvement_direction=-1)
    assert found.special_cause[12:19] == ["7 Point Trend (Increasing)"] * 7
    assert found.point_type[12:19] == ["special_cause_concern"] * 7
    fall = _xmr([-value for value in rise], improvement_direction=-1)
    assert fall.special_cause[12:19] == ["7 Point Trend (Decreasing)"] * 7
    assert fall.point_type[12:19] == ["special_cause_improvement"] * 7
    six = _xmr([5, 15] * 6 + [6, 7, 8, 9, 10, 11] + [5, 15] * 6)
    assert not any("Trend" in cause for cause in six.special_cause)


def test_two_equal_neighbours_break_a_trend() -> None:
    found = _xmr([5, 15] * 6 + [5, 6, 7, 7, 8, 9, 10] + [5, 15] * 6)
    assert not any("Trend" in cause for cause in found.special_cause)


def test_the_turn_of_two_trends_belongs_to_the_later_one() -> None:
    found = _xmr([1, 14, 1, 14, 5, 6, 7, 8, 9, 10, 11, 10, 9, 8, 7, 6, 5, 14, 1, 14])
    assert found.special_cause[9:12] == ["7 Point Trend (Increasing)", *["7 Point Trend (Decreasing)"] * 2]


def test_a_value_between_two_trends_is_named_after_the_step_to_the_next() -> None:
    rise = [1.0, 2, 3, 4, 5, 6, 7]
    found = _xmr([*rise, *(value + 2 for value in rise)], improvement_direction=1)
    trend = {place: cause for place, cause in enumerate(found.special_cause) if "Trend" in cause}
    assert trend[6] == "7 Point Trend (Decreasing)"
    assert found.point_type[6] == "special_cause_concern"
    assert {cause for place, cause in trend.items() if place != 6} == {"7 Point Trend (Increasing)"}


def test_two_of_three_near_a_limit_count_on_one_side_only() -> None:
    base: list[float] = [1, -1] * 8
    near = _xmr([*base, 5, 0.6, 5, -1, 1, -1, 1, -1, 1], screen_outliers=False)
    assert near.special_cause[16:19] == ["2 in 3 Above CL", "Common Cause", "2 in 3 Above CL"]
    opposite = _xmr([*base[:14], 5.5, -5.5])
    assert opposite.special_cause[-2:] == ["Common Cause"] * 2


def test_no_rule_reaches_across_new_limits() -> None:
    found = _xmr([10, 12, 10, 12, 10, 11.9, 12, 30, 32, 30, 32, 30, 31, 33], rebase_at=7)
    assert found.mean[:7] == [found.mean[0]] * 7
    assert found.mean[7:] == [found.mean[7]] * 7
    assert found.mean[7] > _given(found.upper)[0]
    assert set(found.special_cause) == {"Common Cause"}


def test_without_a_wanted_direction_signals_are_only_high_or_low() -> None:
    found = _xmr([*[10, 11] * 8, 40])
    assert found.special_cause[-1] == "Above UCL"
    assert found.point_type[-1] == "special_cause_neutral_high"


def test_turning_the_figures_round_turns_every_signal_round() -> None:
    swap = {"Above": "Below", "Below": "Above", "UCL": "LCL", "LCL": "UCL"}
    swap |= {"(Increasing)": "(Decreasing)", "(Decreasing)": "(Increasing)"}
    for _ in range(200):
        figures = _series()
        screen = DICE.random() < 0.5
        up = _xmr(figures, improvement_direction=1, screen_outliers=screen)
        down = _xmr([-figure for figure in figures], improvement_direction=-1, screen_outliers=screen)
        assert down.point_type == up.point_type
        turned = [" ".join(swap.get(word, word) for word in cause.split()) for cause in up.special_cause]
        assert down.special_cause == turned


def test_parts_are_what_they_would_be_alone() -> None:
    for _ in range(200):
        first, second = _series(), _series()
        both = _xmr(first + second, rebase_at=len(first))
        alone = _xmr(first), _xmr(second)
        assert both.upper == alone[0].upper + alone[1].upper
        assert both.special_cause == alone[0].special_cause + alone[1].special_cause


# Charts of counts, shares and rare events


def _limits(found: ControlAnalysis) -> tuple[float, float, float]:
    return found.lower[0], found.centre, found.upper[0]


def test_shares_stay_between_nothing_and_all() -> None:
    rare = analyse("p", numerators=[0, 1, 0, 0], denominators=[5, 50, 50, 50])
    assert rare.lower[0] == 0
    common = analyse("p", numerators=[5, 49, 50, 50], denominators=[5, 50, 50, 50])
    assert common.upper[0] == 1


@pytest.mark.parametrize(("numerators", "centre"), [([0, 0, 0], 0), ([4, 9, 2], 1)])
def test_none_and_all_are_shares_without_spread(numerators: list[float], centre: float) -> None:
    found = analyse("p", numerators=numerators, denominators=[4, 9, 2])
    assert found.lower == found.upper == [centre] * 3
    assert not any(found.outside)


def test_the_centre_of_a_p_chart_weighs_by_denominator() -> None:
    assert analyse("p", numerators=[1, 90], denominators=[10, 90]).centre == pytest.approx(0.91)


def test_counts_have_poisson_limits() -> None:
    assert _limits(analyse("c", values=[16, 16, 14, 18])) == (4, 16, 28)
    assert _limits(analyse("u", numerators=[16, 16, 14, 18], denominators=[1, 1, 1, 1])) == (4, 16, 28)
    assert _limits(analyse("c", values=[0, 0, 0])) == (0, 0, 0)


def test_rare_events_have_a_median_in_the_middle_and_no_lower_limit() -> None:
    lower, centre, upper = _limits(analyse("g", values=[0, 4, 8]))
    assert (lower, centre, upper) == pytest.approx((0, 4, 4 + 3 * math.sqrt(20)))


def test_times_between_events_are_evened_out_before_limits_are_set() -> None:
    found = analyse("t", values=[2.0, 30.0, 1.0, 9.0, 14.0, 0.5])
    assert found.lower[0] == 0
    assert 0.5 < found.centre < 30 < found.upper[0]
    assert _limits(analyse("t", values=[8.0] * 5)) == pytest.approx((8, 8, 8))


@pytest.mark.parametrize("time", [0.1, 2.3, 20.372])
def test_equal_times_lie_on_the_centre_line(time: float) -> None:
    found = analyse("t", values=[time] * 13)
    assert found.points == [time] * 13
    assert not any(found.outside)
    assert (found.runs.n_useful, found.runs.signal) == (0, False)


def test_points_beyond_a_limit_are_found_on_both_sides() -> None:
    found = analyse("c", values=[16] * 10 + [40, 1] + [16] * 10)
    assert [place for place, out in enumerate(found.outside) if out] == [10, 11]


def test_control_charts_have_the_runs_rules_too() -> None:
    assert analyse("c", values=[5, 6] * 6 + [12, 11] * 6).runs.signal
    assert not analyse("c", values=[5, 12] * 12).runs.signal


def test_doubling_a_unit_doubles_the_limits_and_changes_no_signal() -> None:
    for _ in range(200):
        figures = _series()
        one, two = _xmr(figures), _xmr([2 * figure for figure in figures])
        assert two.special_cause == one.special_cause
        assert _given(two.upper) == [2 * value for value in _given(one.upper)]
        assert _run([2 * figure for figure in figures])[3:] == _run(figures)[3:]
        assert _run(figures[::-1])[2:] == _run(figures)[2:]


def test_a_frozen_median_is_that_of_the_baseline_and_later_points_are_held_against_it() -> None:
    before, after = [26, 22, 25, 28, 21, 24, 23, 27, 20, 22, 24, 25], [23, 19, 20, 17, 21, 18, 16, 19]
    frozen = analyse("run", values=[*before, *after], freeze_at=len(before))
    assert frozen.median == analyse("run", values=before).median == 24
    assert frozen.signal
    assert frozen.longest_run == len(after)
