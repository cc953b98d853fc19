"""Whatever cannot be charted is answered with one plain sentence."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import pytest

from content_pack.charts import KINDS, ChartError, analyse, draw, reading, table

FINE = [3.0, 4.0, 5.0, 3.0, 4.0, 6.0, 3.0, 4.0]
NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("kind", "figures", "says"),
    [
        ("pie", {"values": FINE}, "choose one of run, xmr, p, u, c, g, t"),
        ("", {"values": FINE}, "choose one of"),
        ("XMR", {"values": FINE}, "choose one of"),
        (None, {"values": FINE}, "choose one of"),
        (["run"], {"values": FINE}, "choose one of"),
        ("run", {}, "run chart needs values"),
        ("run", {"values": []}, "too few values"),
        ("run", {"values": [1]}, "at least 2"),
        ("xmr", {"values": [1]}, "at least 2"),
        ("t", {"values": (5,)}, "at least 2"),
        ("run", {"values": [1, NAN, 2]}, "Value 2 is missing"),
        ("run", {"values": [1, 2, None]}, "Value 3 is missing"),
        ("run", {"values": [1, INFINITE]}, "Value 2 is too large"),
        ("xmr", {"values": [-INFINITE, 1]}, "Value 1 is too large"),
        ("run", {"values": [1, 10**400]}, "Value 2 is too large"),
        ("run", {"values": [1, 1e300]}, "Value 2 is too large"),
        ("t", {"values": [1, 1e-300]}, "Value 2 is too close to zero"),
        ("run", {"values": [1, "12"]}, "Value 2 is not a number (“12”)"),
        ("run", {"values": [1, "twelve or perhaps thirteen, nobody knows"]}, "…"),
        ("run", {"values": [True, 1]}, "Value 1 is not a number"),
        ("run", {"values": [1, [2]]}, "Value 2 is not a number"),
        ("run", {"values": [1, 2j]}, "Value 2 is not a number"),
        ("run", {"values": "1234"}, "must be a list"),
        ("run", {"values": 7}, "must be a list"),
        ("run", {"values": {1: 2, 3: 4}}, "must be a list"),
        ("run", {"values": FINE, "rebase_at": 4}, "Only an XmR chart"),
        ("run", {"numerators": [1, 2], "denominators": [3, 4]}, "run chart needs values"),
        ("c", {"values": FINE, "denominators": [3] * 8}, "c chart needs values"),
        ("c", {"values": [1, -2, 3]}, "Value 2 is below zero"),
        ("c", {"values": [1, 2.5, 3]}, "Value 2 is not a whole number"),
        ("g", {"values": [1, 2, -1]}, "Value 3 is below zero"),
        ("t", {"values": [1.5, 0, 2]}, "Value 2 is not above zero"),
        ("t", {"values": [1.5, 2, -1]}, "Value 3 is not above zero"),
        ("p", {"values": FINE}, "p chart needs numerators and denominators"),
        ("p", {"numerators": [1, 2]}, "p chart needs numerators and denominators"),
        ("u", {"denominators": [1, 2]}, "u chart needs numerators and denominators"),
        ("u", {"values": FINE, "numerators": [1, 2], "denominators": [1, 2]}, "and no values"),
        ("p", {"numerators": [1, 2, 3], "denominators": [4, 5]}, "3 numerators and 2 denominators"),
        ("p", {"numerators": [1, 2], "denominators": [4, 0]}, "Denominator 2 is not above zero"),
        ("u", {"numerators": [1, 2], "denominators": [-4, 5]}, "Denominator 1 is not above zero"),
        ("u", {"numerators": [1, NAN], "denominators": [4, 5]}, "Numerator 2 is missing"),
        ("p", {"numerators": [1, 2], "denominators": [4, NAN]}, "Denominator 2 is missing"),
        ("p", {"numerators": [1, 6], "denominators": [4, 5]}, "Numerator 2 is larger than its denominator"),
        ("p", {"numerators": [1, 2], "denominators": [4, 5.5]}, "Denominator 2 is not a whole number"),
        ("u", {"numerators": [-1, 2], "denominators": [4, 5]}, "Numerator 1 is below zero"),
        ("xmr", {"values": FINE, "rebase_at": 0}, "0 is not one of them"),
        ("xmr", {"values": FINE, "rebase_at": 0}, "places 1 to 7"),
        ("xmr", {"values": FINE, "rebase_at": 8}, "8 is not one of them"),
        ("xmr", {"values": FINE, "rebase_at": -3}, "-3 is not one of them"),
        ("xmr", {"values": FINE, "rebase_at": 99}, "99 is not one of them"),
        ("xmr", {"values": [1, 2], "rebase_at": 2}, "can begin at place 1,"),
        ("xmr", {"values": FINE, "rebase_at": 4.0}, "a whole number"),
        ("xmr", {"values": FINE, "rebase_at": True}, "a whole number"),
        ("xmr", {"values": FINE, "rebase_at": "2026-01-05"}, "a whole number"),
        ("xmr", {"values": FINE, "improvement_direction": 2}, "1 (up is better)"),
        ("xmr", {"values": FINE, "improvement_direction": "up"}, "1 (up is better)"),
        ("xmr", {"values": FINE, "improvement_direction": None}, "1 (up is better)"),
        ("xmr", {"values": FINE, "screen_outliers": "yes"}, "on (true) or off (false)"),
    ],
)
def test_says_what_is_wrong_and_what_to_do(kind: Any, figures: dict[str, Any], says: str) -> None:
    with pytest.raises(ChartError) as caught:
        analyse(kind, **figures)
    sentence = str(caught.value)
    assert says in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) <= 160


def test_numbers_of_any_kind_are_taken() -> None:
    whole = analyse("run", values=range(2, 12))
    mixed: Any = (Fraction(2), 3, 4.0, 5, 6, 7, 8, 9, 10, 11)
    assert analyse("run", values=mixed) == whole


def test_what_was_passed_in_is_left_alone_and_not_kept() -> None:
    given = [3.0, 9.0, 4.0, 8.0]
    found = analyse("xmr", values=given)
    assert given == [3.0, 9.0, 4.0, 8.0]
    given[0] = 99
    assert found.points == [3.0, 9.0, 4.0, 8.0]


def test_as_many_labels_as_points() -> None:
    found = analyse("run", values=FINE)
    for show in (lambda: draw(found, labels=["Mon", "Tue"]), lambda: table(found, ["Mon", "Tue"])):
        with pytest.raises(ChartError, match="8 points and 2 dates or labels"):
            show()


def test_nonsense_never_ends_in_another_error() -> None:
    dice = random.Random(7)
    good: list[Any] = [0, 1, 2, 3, 7.5, -1, 1e15, -1e15, 1e-15]
    odd: list[Any] = [*good, 1e16, 1e-16, NAN, INFINITE, None, "x", True, [], 10**30]
    charted = 0
    for _ in range(4000):
        few = dice.sample(dice.choice((good, odd)), dice.randint(1, 4))
        figures: dict[str, Any] = {
            name: [dice.choice(few) for _ in range(dice.randint(0, 9))]
            for name in ("values", "numerators", "denominators")
            if dice.random() < 0.5
        }
        if dice.random() < 0.3:
            figures["rebase_at"] = dice.choice([*odd, 3, 4])
        try:
            found = analyse(dice.choice([*KINDS, "x"]), **figures)
        except ChartError:
            continue
        charted += 1
        assert json.dumps(found, allow_nan=False)
        assert draw(found)
        assert table(found).rows
        assert reading(found).endswith(".")
    assert charted > 50
