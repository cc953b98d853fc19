"""A container with a role, and the mark of an outcome: the parts that the first page needs already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ilsy_desktop.widgets.flow import Column

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look

WRAP = int(Qt.TextFlag.TextWordWrap)


class Box(Column):
    """A column with a role: document, list, list item, note, table cell …"""

    def __init__(self, look: Look, role: QAccessible.Role) -> None:
        super().__init__(look)
        self.node_role = role


class Mark(QWidget):
    """An outcome as shape, word and colour."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.outcome, self.words, self.size_px = "", "", 15.0
        self.node_role = QAccessible.Role.StaticText
        self.node_name = ""

    def set_outcome(self, outcome: str, words: str, size: float = 15) -> None:
        """Show this outcome in these words."""
        self.outcome, self.words, self.size_px = outcome, words, size
        self.node_name = words
        self.setAccessibleName(words)
        self.look.measure_again()
        self.updateGeometry()
        self.update()

    def _measures(self) -> tuple[int, int]:
        shape = self.look.metrics.px(self.size_px + 1)
        return shape, shape + self.look.metrics.px(6)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _, left = self._measures()
        words = wrapped_height(self.look.font(self.size_px, 600), self.words, width - left)
        return max(round(words * 1.1), self.look.metrics.px(24))

    def sizeHint(self) -> QSize:
        measure = QFontMetrics(self.look.font(self.size_px, 600))
        _, left = self._measures()
        wide = left + measure.horizontalAdvance(self.words) + 4
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        shape, left = self._measures()
        colour = self.look.outcome_colour(self.outcome)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.save()
            painter.translate(0, (self.height() - shape) / 2)
            painter.scale(shape / 16, shape / 16)
            draw_shape(painter, self.outcome, self.look)
            painter.restore()
            painter.setPen(colour)
            painter.setFont(self.look.font(self.size_px, 600))
            area = QRectF(left, 0, self.width() - left, self.height())
            painter.drawText(area, WRAP | int(Qt.AlignmentFlag.AlignVCenter), self.words)


def wrapped_height(font: QFont, words: str, width: int) -> int:
    """The height of words in a font, wrapped at a width."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 1 << 20), WRAP, words).height()


def draw_shape(painter: QPainter, outcome: str, look: Look) -> None:
    """The shape of an outcome in a square of 16 by 16."""
    colour, paper = look.outcome_colour(outcome), look.colour("paper")
    stroke = QPen(paper, 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)

    def polygon(*points: tuple[float, float]) -> None:
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))

    def lines(*points: tuple[float, float]) -> None:
        painter.setPen(stroke)
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))

    if outcome == "worked":
        painter.drawEllipse(0, 0, 16, 16)
        lines((4, 8.5), (6.7, 11.2), (12, 5.5))
    elif outcome == "partly-worked":
        painter.drawPie(1, 1, 14, 14, 90 * 16, 180 * 16)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2))
        painter.drawEllipse(1, 1, 14, 14)
    elif outcome == "not-sustained":
        polygon((0, 4), (5, 4), (9, 10), (16, 10), (16, 13), (7, 13), (3, 7), (0, 7))
    elif outcome == "did-not-work":
        painter.drawRect(0, 0, 16, 16)
        lines((4, 4), (12, 12))
        lines((12, 4), (4, 12))
    elif outcome == "made-worse":
        polygon((8, 16), (0, 2), (16, 2))
    else:
        polygon((5, 0), (11, 0), (16, 5), (16, 11), (11, 16), (5, 16), (0, 11), (0, 5))
        lines((4, 8), (12, 8))
