"""Text and colour: what this person may change about the look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

from ilsy_desktop.domain.preferences import TEXT_PERCENTS, Preferences
from ilsy_desktop.pages.parts import BuiltPage, title
from ilsy_desktop.widgets.prose import HEADING, LEAD, SMALL

if TYPE_CHECKING:
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.pool import Pool

Role = QAccessible.Role
SCHEME_WORDS = (
    ("system", "As this PC"),
    ("light", "Light"),
    ("dark", "Dark"),
    ("contrast", "High contrast"),
)


class SettingsPage:
    """Builds the page of choices; each choice works at once."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def build(self, canvas: Box, current: Preferences, kept: bool) -> BuiltPage:
        """Fill the canvas with the choices, the present ones marked."""
        pool = self._pool
        canvas.content_width = 760
        canvas.padding = (28, 30, 28, 40)
        heading = title(pool, canvas, "Text and colour")
        canvas.add(pool.prose("A choice works at once, on every page.", LEAD), 6)
        canvas.add(pool.prose("Text size", HEADING, Role.Heading), 24)
        sizes = [(f"size:{percent}", f"{percent} %", percent == current.text_percent) for percent in TEXT_PERCENTS]
        self._choices(canvas, sizes)
        canvas.add(pool.prose("Colours", HEADING, Role.Heading), 24)
        self._choices(canvas, [(f"scheme:{s}", words, s == current.scheme) for s, words in SCHEME_WORDS])
        canvas.add(pool.prose("Keys", HEADING, Role.Heading), 24)
        canvas.add(pool.prose("The key / goes to the search box, unless you are writing in a field.", SMALL), 4)
        self._choices(canvas, [("slash:on", "On", current.slash_key), ("slash:off", "Off", not current.slash_key)])
        words = "Kept for this login on this PC." if kept else "Kept until the window is closed."
        canvas.add(pool.prose(words, SMALL), 16)
        return BuiltPage("Text and colour", heading)

    def _choices(self, canvas: Box, choices: list[tuple[str, str, bool]]) -> None:
        line = self._pool.wrap()
        line.gap = 10
        for target, words, on in choices:
            button = self._pool.button(words, target)
            button.setCheckable(True)
            button.setChecked(on)
            line.add(button)
        canvas.add(line, 10)
