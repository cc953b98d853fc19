"""What a person may choose about the look, and what a stored choice is worth when it is read again."""

from __future__ import annotations

from typing import Any, NamedTuple

SCHEMES = ("light", "dark", "contrast")
SYSTEM = "system"
TEXT_PERCENT_MIN, TEXT_PERCENT_MAX = 100, 400
TEXT_PERCENTS = (100, 125, 150, 200, 300, 400)


class Preferences(NamedTuple):
    """`text_percent` scales the whole interface; `scheme` is light, dark, contrast or system.

    `slash_key` says whether `/`, typed outside a field, goes to the search box.
    """

    text_percent: int = 100
    scheme: str = SYSTEM
    slash_key: bool = True


def from_stored(values: Any) -> Preferences:
    """Preferences from stored JSON; a value that makes no sense falls back to the built-in one."""
    if not isinstance(values, dict):
        return Preferences()
    percent, scheme = values.get("text_percent"), values.get("scheme")
    usable = isinstance(percent, int) and TEXT_PERCENT_MIN <= percent <= TEXT_PERCENT_MAX
    return Preferences(
        text_percent=percent if usable and isinstance(percent, int) else 100,
        scheme=scheme if scheme in (*SCHEMES, SYSTEM) else SYSTEM,
        slash_key=values.get("slash_key") is not False,
    )


def larger(percent: int) -> int:
    """The next larger text size, or the same where there is none."""
    return next((size for size in TEXT_PERCENTS if size > percent), percent)


def smaller(percent: int) -> int:
    """The next smaller text size, or the same where there is none."""
    return next((size for size in reversed(TEXT_PERCENTS) if size < percent), percent)
