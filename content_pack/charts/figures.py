"""Figures as they come in: checked, and turned into floats; whatever is wrong is said in one sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from numbers import Real

from content_pack.charts.errors import ChartError

FEWEST = 2
"""No limit and no crossing can be worked out of fewer points."""

LARGEST = 1e15
"""Beyond this a float no longer tells one whole number from the next; below its inverse sums lose figures."""


def numbers(given: object, noun: str = "value") -> list[float]:
    """The figures as floats. ChartError says which one is not a number that can be charted."""
    if isinstance(given, (str, bytes)) or not isinstance(given, Sequence):
        raise ChartError(f"The {noun}s must be a list of numbers.")
    if len(given) < FEWEST:
        raise ChartError(f"There are too few {noun}s to chart ({len(given)}): give at least {FEWEST}.")
    return [_number(figure, f"{noun.capitalize()} {place}") for place, figure in enumerate(given, 1)]


def _number(figure: object, which: str) -> float:
    if figure is None:
        raise ChartError(f"{which} is missing: fill it in, or leave that point out.")
    if isinstance(figure, bool) or not isinstance(figure, Real):
        raise ChartError(f"{which} is not a number ({_shown(figure)}): write it in figures.")
    try:
        number = float(figure)
    except OverflowError:
        number = math.inf
    if math.isnan(number):
        raise ChartError(f"{which} is missing (not a number): fill it in, or leave that point out.")
    if abs(number) > LARGEST:
        raise ChartError(f"{which} is too large to chart: check it, or count in thousands or millions.")
    if number != 0 and abs(number) * LARGEST < 1:
        raise ChartError(f"{which} is too close to zero to chart: check it, or count in a smaller unit.")
    return number


def _shown(figure: object) -> str:
    words = f"“{figure}”" if isinstance(figure, str) else type(figure).__name__
    return words if len(words) <= 24 else words[:22] + "…”"


def counts(given: object, noun: str = "value") -> list[float]:
    """Figures that are whole and not negative."""
    found = numbers(given, noun)
    for place, figure in enumerate(found, 1):
        if figure < 0:
            raise ChartError(f"{noun.capitalize()} {place} is below zero: a count cannot be.")
        if figure != math.floor(figure):
            raise ChartError(f"{noun.capitalize()} {place} is not a whole number: this chart counts things.")
    return found


def above_zero(given: object, noun: str, why: str) -> list[float]:
    """Figures that are above zero; `why` ends the sentence about one that is not."""
    found = numbers(given, noun)
    for place, figure in enumerate(found, 1):
        if figure <= 0:
            raise ChartError(f"{noun.capitalize()} {place} is not above zero: {why}.")
    return found


def rebase_place(given: object, length: int) -> int | None:
    """The index, from 0, of the first value of the new part; each part must hold a value or more."""
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int):
        raise ChartError("Say where new limits begin by the place of that value in the list, a whole number.")
    if not 1 <= given <= length - 1:
        places = f"places 1 to {length - 1}" if length > FEWEST else "place 1"
        raise ChartError(
            f"New limits can begin at {places}, counted from 0, so that each part has a value; "
            f"{given} is not one of them."
        )
    return given


def mean(figures: Sequence[float]) -> float:
    """The arithmetic mean.

    The second pass takes away the rounding of the first: a point counts as above or below the mean, and
    a point that equals the mean must lie on it.
    """
    first = math.fsum(figures) / len(figures)
    return first + math.fsum([*figures, *[-first] * len(figures)]) / len(figures)


def median(figures: Sequence[float]) -> float:
    """The middle value, or the mean of the two middle ones."""
    ordered, half = sorted(figures), len(figures) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def moving_ranges(figures: Sequence[float]) -> list[float]:
    """The size of each step from one value to the next."""
    return [abs(after - before) for before, after in pairwise(figures)]


def side(figure: float, line: float) -> int:
    """1 above the line, -1 below it, 0 on it."""
    return (figure > line) - (figure < line)


def freeze_place(freeze_at: object, count: int) -> int | None:
    """How many first values give a run chart's median; None for all. ChartError where that cannot be."""
    if freeze_at is None:
        return None
    if isinstance(freeze_at, bool) or not isinstance(freeze_at, int) or not FEWEST <= freeze_at <= count:
        raise ChartError(f"The median can be kept from the first {FEWEST} to {count} values, no other number.")
    return freeze_at
