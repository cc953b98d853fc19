"""The values at the lines of the grid."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERVALS = 5


def nice_ticks(values: Sequence[float], *, whole: bool) -> list[float]:
    """Round values that take in all of `values`: steps of 1, 2, 2.5 or 5 times a power of ten, from 1 if `whole`."""
    low, high = min(values), max(values)
    if high - low <= abs(high) * 1e-9:
        margin = abs(high) * 0.1 or 1.0
        low, high = low - margin * (low != 0), high + margin
    rough = (high - low) / INTERVALS
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    if whole:
        step = max(1.0, float(ceil(step)))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [place * step for place in range(first, last + 1)]


def tick_texts(ticks: Sequence[float], *, percent: bool) -> list[str]:
    """The ticks as text, with the decimals that their step needs."""
    factor, sign = (100, "%") if percent else (1, "")
    step = (ticks[1] - ticks[0]) * factor
    if step >= 1e7 or step < 1e-6:
        return [f"{tick * factor:.6g}{sign}" for tick in ticks]
    decimals = next(places for places in range(8) if abs(round(step, places) - step) < step * 1e-6)
    return [f"{round(tick * factor, decimals) + 0.0:.{decimals}f}{sign}" for tick in ticks]
