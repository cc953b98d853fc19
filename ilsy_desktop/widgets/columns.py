"""The frame of a library page: text on the left, actions and boxes beside it, a list of contents on wide screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ilsy_desktop.widgets.flow import Column, Flow, height_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ilsy_desktop.widgets.look import Look

TEXT, ASIDE, CONTENTS, GAP = 760, 300, 220, 36
EDGES = 72
TWO_COLUMNS, THREE_COLUMNS = 1000 - EDGES, 1280 - EDGES


class PageColumns(Flow):
    """Sets head, actions, body, boxes and contents for the width there is.

    Narrow: one column, head, actions, body, boxes. From 1000 px: head and body on the left, actions and
    boxes beside. From 1280 px a list of contents, where there is one, stands first.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.head, self.buttons, self.contents = Column(look), Column(look), Column(look)
        self.body, self.boxes = Column(look), Column(look)
        for part in self.parts():
            self.add(part)

    def parts(self) -> tuple[Column, ...]:
        """The five parts in reading order."""
        return self.head, self.buttons, self.contents, self.body, self.boxes

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, False)

    def place(self, width: int) -> int:
        return self._arrange(width, True)

    def _arrange(self, width: int, move: bool) -> int:
        px = self.look.metrics.px
        if width < px(TWO_COLUMNS):
            return self._one_column(width, move)
        wide = width >= px(THREE_COLUMNS) and bool(self.contents.children_in_order)
        first = px(CONTENTS) + px(GAP) if wide else 0
        text = min(px(TEXT), width - px(ASIDE) - px(GAP) - first)
        left = max(0, (width - first - text - px(GAP) - px(ASIDE)) // 2)
        if move:
            self.contents.setVisible(wide)
        main = self._stack([(self.head, 0), (self.body, 14)], left + first, text, move)
        aside = self._stack([(self.buttons, 0), (self.boxes, 16)], left + first + text + px(GAP), px(ASIDE), move)
        side = self._stack([(self.contents, 8)], left, px(CONTENTS), move) if wide else 0
        return max(main, aside, side)

    def _one_column(self, width: int, move: bool) -> int:
        if move:
            self.contents.setVisible(False)
        order = [(self.head, 0), (self.buttons, 14), (self.body, 14), (self.boxes, 24)]
        return self._stack(order, 0, min(width, self.look.metrics.px(TEXT)), move)

    def _stack(self, parts: Sequence[tuple[Column, int]], x: int, width: int, move: bool) -> int:
        y = 0
        for part, gap in parts:
            if move:
                part.setVisible(bool(part.children_in_order))
            if not part.children_in_order:
                continue
            y += self.look.metrics.px(gap) if gap and y else 0
            high = height_of(self.look, part, width)
            if move:
                part.setGeometry(x, y, width, high)
            y += high
        return y

    def clear(self) -> list[QWidget]:
        """Empty the parts; the parts themselves stay."""
        return [child for part in self.parts() for child in part.clear()]
