"""What scrolls: the page, and with very large text the header and the footer too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ilsy_desktop.widgets.flow import Flow, height_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.look import Look


class Sheet(Flow):
    """The page between a header and a footer that may scroll with it."""

    def __init__(self, look: Look, canvas: Box) -> None:
        super().__init__(look)
        self.setObjectName("page")
        self.canvas = canvas
        self.add(canvas)
        self.least_height = 0

    def hold(self, header: QWidget | None, footer: QWidget | None) -> None:
        """Let header and footer scroll with the page, or (None) let them go."""
        self.clear()
        for part in (header, self.canvas, footer):
            if part is not None:
                self.add(part)

    def heightForWidth(self, width: int) -> int:
        return max(self.least_height, sum(height_of(self.look, part, width) for part in self.shown()))

    def place(self, width: int) -> int:
        parts = self.shown()
        heights = {part: height_of(self.look, part, width) for part in parts}
        spare = max(0, self.height() - sum(heights.values()))
        heights[self.canvas] += spare
        y = 0
        for part in parts:
            part.setGeometry(0, y, width, heights[part])
            y += heights[part]
        return y
