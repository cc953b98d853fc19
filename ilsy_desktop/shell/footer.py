"""The footer line: what to do if someone could be harmed, and how fresh the library is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible

from content_pack.spans import Span
from ilsy_desktop.domain import texts
from ilsy_desktop.widgets.flow import Frame, Row
from ilsy_desktop.widgets.prose import Prose, Style

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look

LINE = Style(15, colour="soft", line_height=1.35)


class Footer(Row):
    """The line at the bottom. `opened` carries the target of its link."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, (1, 0), narrow=720)
        self.setObjectName("footer")
        self.padding = (28, 7, 28, 7)
        self.gap = 18
        self.equal_heights = False
        self.harm = Prose(look, QAccessible.Role.Paragraph)
        link = Span(texts.HARM_ANSWER, target="guide/guide-unsafe-now")
        self.harm.set_text((Span(texts.HARM_QUESTION + " ", "strong"), link), LINE)
        self.fresh = Prose(look, QAccessible.Role.Paragraph)
        self.harm.activated.connect(self.opened)
        self.add(self.harm)
        self.add(self.fresh)
        self.restyle()

    def restyle(self) -> None:
        """Take the ground and line from the look."""
        self.frame = Frame("wash", top_line="line")
        self.relayout()

    def set_dated(self, dated: str) -> None:
        """Say how fresh the library is."""
        self.fresh.set_text(texts.freshness(dated) if dated else "", LINE)
        self.relayout()
