"""Buttons of a page that lead somewhere: plain ones, the doors of the first page, the steps of the roadmap."""

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

    def _choose(self) -> None:
        self.chosen.emit(self.target)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def hasHeightForWidth(self) -> bool:
        return True

    def _text_height(self, words: str, size: float, weight: int, width: int) -> int:
        measure = QFontMetrics(self.look.font(size, weight))
        return measure.boundingRect(QRect(0, 0, max(1, width), 1 << 20), WRAP, words).height()

    def _ring(self, painter: QPainter, radius: int) -> None:
        """The focus ring: yellow with an ink edge, inside the button's edge so that nothing can cover it."""
        if not self.hasFocus():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.setPen(QPen(self.look.colour("focus"), 5))
        painter.drawRoundedRect(box, radius, radius)
        inner = box.adjusted(3, 3, -3, -3)
        painter.setPen(QPen(self.look.colour("ink"), 1.5))
        painter.drawRoundedRect(inner, max(0, radius - 2), max(0, radius - 2))


class Button(Painted):
    """A button with words in a frame."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._words, self._main = "", False

    def set_words(self, words: str, target: str, main: bool = False) -> None:
        """Say these words and lead to this target; `main` marks the one that most people want."""
        self._words, self._main, self.target = words, main, target
        self.setAccessibleName(words)
        self.look.measure_again()
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        px = self.look.metrics.px
        return max(px(44), self._text_height(self._words, 17, 600, width - px(32)) + px(16))

    def sizeHint(self) -> QSize:
        px = self.look.metrics.px
        wide = QFontMetrics(self.look.font(17, 600)).horizontalAdvance(self._words) + px(40)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, look = self.look.metrics.px, self.look
        full = self._main or self.isChecked()
        ground = "accent" if full else "blue_wash" if self.underMouse() else "paper"
        with QPainter(self) as painter:
            paint_frame(painter, self.rect(), Frame(ground, "accent", 2, radius=6), look)
            painter.setPen(look.colour("on_accent" if full else "accent"))
            painter.setFont(look.font(17, 600))
            room = self.rect().adjusted(px(16), 0, -px(16), 0)
            painter.drawText(room, WRAP | int(Qt.AlignmentFlag.AlignCenter), self._words)
            self._ring(painter, px(6))


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
        title = self._text_height(self._title, 23, 700, room)
        return px(24) + title + px(4) + self._text_height(self._line, 17, 400, room) + px(18)

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
            title = self._text_height(self._title, 23, 700, room)
            painter.drawText(QRect(px(20), px(24), room, title + 4), WRAP, self._title)
            painter.setPen(look.colour("soft"))
            painter.setFont(look.font(17))
            painter.drawText(QRect(px(20), px(24) + title + px(4), room, self.height()), WRAP, self._line)
            self._ring(painter, px(10))


class Option(Painted):
    """A choice that can be on or off: a box, words, and how many there are."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._words, self._count = "", ""
        self.setCheckable(True)

    def set_option(self, words: str, count: str, target: str, on: bool) -> None:
        """Offer a choice."""
        self._words, self._count, self.target = words, count, target
        self.setChecked(on)
        self.setAccessibleName(f"{words}, {count}" if count else words)
        self.look.measure_again()
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        px = self.look.metrics.px
        return max(px(44), self._text_height(self._words, 16, 400, width - px(76)) + px(14))

    def sizeHint(self) -> QSize:
        wide = self.look.metrics.px(260)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, look = self.look.metrics.px, self.look
        middle = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRectF(px(6), (self.height() - px(22)) / 2, px(22), px(22))
            painter.setPen(QPen(look.colour("accent" if self.isChecked() else "soft"), 2))
            painter.setBrush(look.colour("accent" if self.isChecked() else "paper"))
            painter.drawRoundedRect(box, px(4), px(4))
            if self.isChecked():
                painter.setPen(QPen(look.colour("on_accent"), px(3)))
                points = ((0.24, 0.52), (0.44, 0.72), (0.78, 0.3))
                painter.drawPolyline([box.topLeft() + QPointF(x * box.width(), y * box.height()) for x, y in points])
            painter.setFont(look.font(16, 600 if self.isChecked() else 400))
            painter.setPen(look.colour("accent" if self.underMouse() else "ink"))
            room = QRect(px(38), 0, self.width() - px(76), self.height())
            painter.drawText(room, WRAP | int(middle), self._words)
            painter.setPen(look.colour("soft"))
            right = QRect(self.width() - px(44), 0, px(38), self.height())
            painter.drawText(right, int(middle | Qt.AlignmentFlag.AlignRight), self._count)
            self._ring(painter, px(6))


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
        return max(px(72), self._text_height(self._words, 16, 400, width - px(40)) + px(13 * 1.4) + px(18))

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
            words = self._text_height(self._words, 16, 400, room)
            top = (high - above - words) // 2
            painter.setFont(look.font(13, 600))
            painter.setPen(look.colour("on_accent" if self._here else "soft"))
            painter.drawText(QRect(px(25), top, room + px(6), above), 0, self._above)
            painter.setFont(look.font(16))
            painter.setPen(look.colour("on_accent" if self._here else "accent" if self.underMouse() else "ink"))
            painter.drawText(QRect(px(25), top + above, room, words + 4), WRAP, self._words)
            self._ring(painter, 2)
