"""Parts of library pages that assistive technology knows by a role: steps, bullets, tables, pictures, meters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ilsy_desktop.widgets.boxes import WRAP, Box, wrapped_height
from ilsy_desktop.widgets.flow import Flow, height_of, width_of
from ilsy_desktop.widgets.prose import Prose

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look


class StepBox(Box):
    """A numbered step: its number in a disc on the left, a line down to the next step."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, QAccessible.Role.ListItem)
        self.number = 1
        self.last = False
        self.padding = (52, 3, 0, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        px = self.look.metrics.px
        disc = px(34)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.look.colour("accent"))
            painter.drawEllipse(0, 0, disc, disc)
            painter.setPen(self.look.colour("on_accent"))
            painter.setFont(self.look.font(17, 700))
            painter.drawText(QRectF(0, 0, disc, disc), Qt.AlignmentFlag.AlignCenter, str(self.number))
            if not self.last and self.height() > disc + px(8):
                painter.setPen(QPen(self.look.colour("line"), max(2, px(2))))
                painter.drawLine(disc // 2, disc + px(4), disc // 2, self.height() - px(2))


class BulletBox(Box):
    """An entry of a list without order, with its bullet."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, QAccessible.Role.ListItem)
        self.padding = (24, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        px = self.look.metrics.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.look.colour("ink"))
            painter.drawEllipse(QPointF(px(8), px(17) * 0.78), px(6) / 2, px(6) / 2)


class Grid(Flow):
    """A table: cells in rows, columns as wide as their words ask, header first."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.node_role = QAccessible.Role.Table
        self.columns = 1

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, False)

    def place(self, width: int) -> int:
        return self._arrange(width, True)

    def _widths(self, width: int) -> list[int] | None:
        """A width for each column, or None where not even the longest words would fit beside each other."""
        wishes, least = [1] * self.columns, [1] * self.columns
        limit = self.look.metrics.px(280)
        for number, cell in enumerate(self._cells()):
            column = number % self.columns
            least[column] = max(least[column], cell.least_width())
            wishes[column] = max(wishes[column], least[column], min(limit, width_of(self.look, cell)))
        if sum(least) > width:
            return None
        spare, wanted = width - sum(least), sum(wishes) - sum(least) or 1
        return [low + int(spare * (wish - low) / wanted) for low, wish in zip(least, wishes, strict=True)]

    def _cells(self) -> list[CellBox]:
        return [cell for cell in self.children_in_order if isinstance(cell, CellBox)]

    def _arrange(self, width: int, move: bool) -> int:
        widths = self._widths(width)
        for cell in self._cells():
            cell.stacked = widths is None
        return self._below(width, move) if widths is None else self._beside(widths, move)

    def _below(self, width: int, move: bool) -> int:
        """Every cell in a line of its own, below the words of its column's header."""
        y = 0
        for number, cell in enumerate(self._cells()):
            header = number < self.columns
            high = 0 if header else height_of(self.look, cell, width)
            if move:
                cell.setGeometry(0, y, width, high)
            y += high
        return y

    def _beside(self, widths: list[int], move: bool) -> int:
        cells, y = self._cells(), 0
        for start in range(0, len(cells), self.columns):
            row = cells[start : start + self.columns]
            high = max(height_of(self.look, cell, wide) for cell, wide in zip(row, widths, strict=False))
            x = 0
            for cell, wide in zip(row, widths, strict=False):
                if move:
                    cell.setGeometry(x, y, wide, high)
                x += wide
            y += high
        return y


class CellBox(Box):
    """A cell of a table with its line below."""

    def __init__(self, look: Look, role: QAccessible.Role) -> None:
        super().__init__(look, role)
        self.padding = (10, 8, 10, 8)
        self.stacked = False

    def shown(self) -> list[QWidget]:
        """The cell's words, and before them, where cells stand below each other, its column's header."""
        return self.children_in_order if self.stacked else self.children_in_order[-1:]

    def place(self, width: int) -> int:
        for label in self.children_in_order[:-1]:
            label.setVisible(self.stacked)
        return super().place(width)

    def sizeHint(self) -> QSize:
        left, _, right, _ = self.edges()
        wide = max((width_of(self.look, child) for child in self.shown()), default=0)
        return QSize(wide + left + right, 1)

    def least_width(self) -> int:
        """The width that the longest word takes."""
        left, _, right, _ = self.edges()
        words = [child.longest_word() for child in self.children_in_order[-1:] if isinstance(child, Prose)]
        return max(words, default=0) + left + right

    def paintEvent(self, event: QPaintEvent) -> None:
        header = self.node_role == QAccessible.Role.ColumnHeader
        with QPainter(self) as painter:
            if header:
                painter.fillRect(self.rect(), self.look.colour("wash"))
            painter.setPen(QPen(self.look.colour("soft" if header else "line"), 1))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class Picture(QWidget):
    """A drawing with the words that stand for it: SVG drawn sharp at any size, or a ready image."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.node_role = QAccessible.Role.Graphic
        self.node_name = ""
        self._natural = QSize(1, 1)
        self._svg = b""
        self._image = QImage()
        self._drawn = QPixmap()
        self._border = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_svg(self, svg: bytes, size: QSize, alt: str) -> None:
        """Show a drawing of this natural size."""
        self._svg, self._natural, self._image, self._border = svg, size, QImage(), False
        self._tell(alt)

    def show_image(self, image: QImage, alt: str) -> None:
        """Show a ready image, such as a page of a PDF, with a border."""
        self._svg, self._natural, self._image, self._border = b"", image.size(), image, True
        self._tell(alt)

    def _tell(self, alt: str) -> None:
        self.node_name = alt
        self.setAccessibleName(alt)
        self._drawn = QPixmap()
        self.look.measure_again()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        wide = min(width, self._widest())
        return max(1, round(wide * self._natural.height() / max(1, self._natural.width())))

    def _widest(self) -> int:
        return 1 << 20 if self._border else self.look.metrics.px(self._natural.width())

    def sizeHint(self) -> QSize:
        wide = self.look.metrics.px(min(680, self._natural.width()))
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, event: QPaintEvent) -> None:
        wide = min(self.width(), self._widest())
        size = QSize(wide, self.heightForWidth(wide))
        with QPainter(self) as painter:
            if self._border:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(QRectF(0, 0, size.width(), size.height()), self._image)
                painter.setPen(QPen(self.look.colour("soft"), 1))
                painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
            else:
                ratio = self.devicePixelRatioF()
                if self._drawn.size() != size * ratio:
                    self._drawn = self._render(size, ratio)
                painter.fillRect(0, 0, size.width(), size.height(), Qt.GlobalColor.white)
                painter.drawPixmap(0, 0, self._drawn)

    def _render(self, size: QSize, ratio: float) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - start-up: home has no drawing

        picture = QPixmap(size * ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        QSvgRenderer(self._svg).render(painter)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        return picture


class Meter(QWidget):
    """How sure a label is: words first, then one to three filled boxes."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.filled, self.words = 1, ""
        self.node_role = QAccessible.Role.StaticText
        self.node_name = ""

    def set_level(self, filled: int, words: str) -> None:
        """Show so many of three boxes behind these words."""
        self.filled, self.words, self.node_name = filled, words, words
        self.setAccessibleName(words)
        self.look.measure_again()
        self.updateGeometry()
        self.update()

    def _words_width(self) -> int:
        return QFontMetrics(self.look.font(17)).horizontalAdvance(self.words) + self.look.metrics.px(10)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self.look.metrics.px
        if width >= self._words_width() + px(60):
            return px(30)
        return wrapped_height(self.look.font(17), self.words, width) + px(24)

    def sizeHint(self) -> QSize:
        px = self.look.metrics.px
        return QSize(self._words_width() + px(60), px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, colour = self.look.metrics.px, self.look.colour("soft")
        with QPainter(self) as painter:
            painter.setPen(colour)
            painter.setFont(self.look.font(17))
            below = self.width() < self._words_width() + px(60)
            room = self.rect().adjusted(0, 0, 0, -px(24) if below else 0)
            painter.drawText(room, WRAP | int(Qt.AlignmentFlag.AlignVCenter), self.words)
            painter.setPen(QPen(colour, max(1, px(1.5))))
            left = 1 if below else self._words_width()
            top = self.height() - px(16) if below else (self.height() - px(10)) // 2
            for number in range(3):
                painter.setBrush(colour if number < self.filled else Qt.BrushStyle.NoBrush)
                painter.drawRect(left + number * px(19), top, px(16), px(10))
