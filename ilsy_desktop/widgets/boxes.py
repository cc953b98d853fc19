"""Containers and drawings of a page that assistive technology knows by a role: lists, boxes, tables, pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics, QImage, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ilsy_desktop.widgets.flow import Column, Flow, height_of, width_of
from ilsy_desktop.widgets.prose import Prose

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look


WRAP = int(Qt.TextFlag.TextWordWrap)


class Box(Column):
    """A column with a role: document, list, list item, note, table cell …"""

    def __init__(self, look: Look, role: QAccessible.Role) -> None:
        super().__init__(look)
        self.node_role = role


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
