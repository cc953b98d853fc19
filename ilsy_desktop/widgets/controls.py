"""Buttons that draw themselves: the doors of the first page and the steps of the roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ilsy_desktop.widgets.flow import Frame, paint_frame

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look

WRAP = int(Qt.TextFlag.TextWordWrap)


class Painted(QPushButton):
    """A button that draws itself and grows with its words.

    `chosen` carries its target: a ROUTE, or the name of an action.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.target = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._choose)

    def nextCheckState(self) -> None:
        """A click does not set the mark: the page does, when the choice has been taken."""

    def _choose(self) -> None:
        self.chosen.emit(self.target)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def text_height(self, words: str, size: float, weight: int, width: int) -> int:
        """The height of words in a size of the design, wrapped at a width."""
        measure = QFontMetrics(self.look.font(size, weight))
        return measure.boundingRect(QRect(0, 0, max(1, width), 1 << 20), WRAP, words).height()

    def ring(self, painter: QPainter, radius: int, edge: str = "ink") -> None:
        """The focus ring and its edge, which stands out from the ground; inside, so that nothing covers it."""
        if not self.hasFocus():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(self.look.colour("focus"), 5))
        painter.drawRoundedRect(box, radius, radius)
        inner = box.adjusted(3, 3, -3, -3)
        painter.setPen(QPen(self.look.colour(edge), 3))
        painter.drawRoundedRect(inner, max(0, radius - 2), max(0, radius - 2))


class Door(Painted):
    """One of the three ways in: a title and a line about what is behind it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._title, self._line, self._first = "", "", False

    def set_door(self, title: str, line: str, target: str, first: bool) -> None:
        """Say what is behind the door; `first` gives it the ground of the first choice."""
        self._title, self._line, self._first = title, line, first
        self.target = target
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.look.measure_again()
        self.updateGeometry()

    def _room(self, width: int) -> int:
        return width - self.look.metrics.px(40)

    def heightForWidth(self, width: int) -> int:
        px = self.look.metrics.px
        room = self._room(width)
        title = self.text_height(self._title, 23, 700, room)
        return px(24) + title + px(4) + self.text_height(self._line, 17, 400, room) + px(18)

    def sizeHint(self) -> QSize:
        wide = self.look.metrics.px(320)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, look = self.look.metrics.px, self.look
        frame = Frame("blue_wash" if self._first else "paper", "line", top_bar="accent", radius=10)
        with QPainter(self) as painter:
            paint_frame(painter, self.rect(), frame, look)
            room = self._room(self.width())
            painter.setPen(look.colour("accent" if self.underMouse() else "ink"))
            painter.setFont(look.font(23, 700))
            title = self.text_height(self._title, 23, 700, room)
            painter.drawText(QRect(px(20), px(24), room, title + 4), WRAP, self._title)
            painter.setPen(look.colour("soft"))
            painter.setFont(look.font(17))
            painter.drawText(QRect(px(20), px(24) + title + px(4), room, self.height()), WRAP, self._line)
            self.ring(painter, px(10))


class Chevron(Painted):
    """One step of the roadmap, pointing to the next."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._above, self._words = "", ""
        self._here = False

    def set_step(self, above: str, words: str, target: str, here: bool = False) -> None:
        """Say the step's number (or "Start here") and name; `here` marks the stage that is open."""
        self._above, self._words, self._here = above, words, here
        self.target = target
        self.setAccessibleName(f"{above}: {words}" if not above.isdigit() else f"Stage {above}: {words}")
        self.look.measure_again()
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        px = self.look.metrics.px
        return max(px(72), self.text_height(self._words, 16, 400, width - px(40)) + px(13 * 1.4) + px(18))

    def sizeHint(self) -> QSize:
        wide = self.look.metrics.px(156)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, look = self.look.metrics.px, self.look
        wide, high, tip = self.width(), self.height(), px(14)
        points = [(0, 0), (wide - tip, 0), (wide, high / 2), (wide - tip, high), (0, high), (tip, high / 2)]
        contrast = look.theme.name == "contrast"
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour("line"), 1) if contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent" if self._here else "blue_wash"))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
            above, room = px(13 * 1.4), wide - px(40)
            words = self.text_height(self._words, 16, 400, room)
            top = (high - above - words) // 2
            painter.setFont(look.font(13, 600))
            painter.setPen(look.colour("on_accent" if self._here else "soft"))
            painter.drawText(QRect(px(25), top, room + px(6), above), 0, self._above)
            painter.setFont(look.font(16))
            painter.setPen(look.colour("on_accent" if self._here else "accent" if self.underMouse() else "ink"))
            painter.drawText(QRect(px(25), top + above, room, words + 4), WRAP, self._words)
            self.ring(painter, 2)
