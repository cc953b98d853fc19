"""Buttons of library pages: plain ones, and choices that can be on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen

from ilsy_desktop.widgets.controls import WRAP, Painted
from ilsy_desktop.widgets.flow import Frame, paint_frame

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look


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
        return max(px(44), self.text_height(self._words, 17, 600, width - px(32)) + px(16))

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
            self.ring(painter, px(6), "on_accent" if full else "ink")


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
        return max(px(44), self.text_height(self._words, 16, 400, width - px(76)) + px(14))

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
            self.ring(painter, px(6))
