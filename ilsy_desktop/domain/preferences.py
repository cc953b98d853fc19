"""What a person may choose about the look, and what a stored choice is worth when it is read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SCHEMES = ("light", "dark", "contrast")
SYSTEM = "system"
TEXT_PERCENT_MIN, TEXT_PERCENT_MAX = 100, 400
TEXT_PERCENTS = (100, 125, 150, 200, 300, 400)


@dataclass(frozen=True, slots=True)
class Preferences:
    """`text_percent` scales the whole interface; `scheme` is light, dark, contrast or system."""

    text_percent: int = 100
    scheme: str = SYSTEM


def from_stored(values: Any) -> Preferences:
    """Preferences from stored JSON; a value that makes no sense falls back to the built-in one."""
    if not isinstance(values, dict):
        return Preferences()
    percent, scheme = values.get("text_percent"), values.get("scheme")
    usable = isinstance(percent, int) and TEXT_PERCENT_MIN <= percent <= TEXT_PERCENT_MAX
    return Preferences(
        text_percent=percent if usable and isinstance(percent, int) else 100,
        scheme=scheme if scheme in (*SCHEMES, SYSTEM) else SYSTEM,
    )


def larger(percent: int) -> int:
    """The next larger text size, or the same where there is none."""
    return next((size for size in TEXT_PERCENTS if size > percent), percent)


def smaller(percent: int) -> int:
    """The next smaller text size, or the same where there is none."""
    return next((size for size in reversed(TEXT_PERCENTS) if size < percent), percent)
