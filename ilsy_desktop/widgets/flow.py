"""Containers that set their children below or beside each other for a given width.

Qt's own layouts ask for heights again and again and guess at first; here a width goes in once and a
height comes out, so that wrapped text of any size gets exactly the room it needs.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look


ROW_GAP = 6


class Frame(NamedTuple):
    """How a container is drawn: fill, border and bar colours by token ("" for none), widths in px."""

    fill: str = ""
    border: str = ""
    border_width: int = 1
    bar: str = ""
    top_bar: str = ""
    top_line: str = ""
    radius: int = 0


def height_of(look: Look, widget: QWidget, width: int) -> int:
    """The height that a widget needs at a width, measured once until something changes."""
    key = (widget, width)
    height = look.heights.get(key)
    if height is None:
        grows = widget.hasHeightForWidth()
        height = look.heights[key] = widget.heightForWidth(width) if grows else widget.sizeHint().height()
    return height


def width_of(look: Look, widget: QWidget) -> int:
    """The width that a widget would like, measured once until something changes."""
    width = look.widths.get(widget)
    if width is None:
        width = look.widths[widget] = widget.sizeHint().width()
    return width


class Flow(QWidget):
    """What `Column` and `Row` share: children in order, padding, a frame, and a name for assistive technology."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.frame: Frame | None = None
        self.node_name = ""
        self.gap = 0.0
        self.padding = (0.0, 0.0, 0.0, 0.0)
        self.children_in_order: list[QWidget] = []
        self.gaps: dict[QWidget, float] = {}
        self.max_widths: dict[QWidget, float] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget, gap: float | None = None, max_width: float | None = None) -> None:
        """Append a child; `gap` is the space before it and `max_width` its limit, in px of the design."""
        self.look.measure_again()
        self.children_in_order.append(widget)
        if gap is not None:
            self.gaps[widget] = gap
        if max_width is not None:
            self.max_widths[widget] = max_width
        widget.setParent(self)
        widget.show()

    def clear(self) -> list[QWidget]:
        """Forget the children and give them back."""
        children, self.children_in_order = self.children_in_order, []
        self.gaps.clear()
        self.max_widths.clear()
        return children

    def shown(self) -> list[QWidget]:
        """Children that take part, in order."""
        return [child for child in self.children_in_order if not child.isHidden()]

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = self.look.metrics.px(600)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def edges(self) -> tuple[int, int, int, int]:
        """Padding left, top, right, bottom at this text size."""
        left, top, right, bottom = (round(side * self.look.metrics.scale) for side in self.padding)
        return left, top, right, bottom

    def gap_before(self, widget: QWidget) -> int:
        """The space before a child at this text size."""
        return round(self.gaps.get(widget, self.gap) * self.look.metrics.scale)

    def limited(self, widget: QWidget, width: int) -> int:
        """A width cut to the child's limit."""
        limit = self.max_widths.get(widget)
        return min(width, self.look.metrics.px(limit)) if limit is not None else width

    def relayout(self) -> None:
        """Set the children for the present width and tell the parents."""
        self.look.measure_again()
        self.place(self.width())
        self.updateGeometry()
        self.update()

    @abstractmethod
    def place(self, width: int) -> int:
        """Set the children for `width` and return the height that this takes."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.place(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.frame:
            with QPainter(self) as painter:
                paint_frame(painter, self.rect(), self.frame, self.look)


class Column(Flow):
    """Children below each other; `content_width` limits and centres them, in px of the design."""

    content_width: float | None = None

    def _inner(self, width: int) -> tuple[int, int]:
        """Where the children begin and how wide they are."""
        left, _, right, _ = self.edges()
        inner = max(1, width - left - right)
        if self.content_width is None:
            return left, inner
        limited = min(inner, self.look.metrics.px(self.content_width))
        return left + (inner - limited) // 2, limited

    def heightForWidth(self, width: int) -> int:
        _, top, _, bottom = self.edges()
        _, inner = self._inner(width)
        height = top + bottom
        for number, child in enumerate(self.shown()):
            height += height_of(self.look, child, self.limited(child, inner)) + (
                self.gap_before(child) if number else 0
            )
        return height

    def place(self, width: int) -> int:
        _, top, _, bottom = self.edges()
        left, inner = self._inner(width)
        y = top
        for number, child in enumerate(self.shown()):
            y += self.gap_before(child) if number else 0
            wide = self.limited(child, inner)
            high = height_of(self.look, child, wide)
            child.setGeometry(left, y, wide, high)
            y += high
        return y + bottom


class Row(Flow):
    """Children beside each other, with shares of the width, equally high; one below the other when narrow.

    A child with share 0 is as wide as it wants. `narrow` is the width, in px of the design and at the
    present text size, below which the row becomes a column.
    """

    def __init__(self, look: Look, shares: tuple[float, ...], narrow: float = 0) -> None:
        super().__init__(look)
        self.shares = shares
        self.narrow = narrow
        self.equal_heights = True
        self.middle = False

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, False)

    def place(self, width: int) -> int:
        return self._arrange(width, True)

    def is_narrow(self, width: int) -> bool:
        """Whether the children stand below each other at this width."""
        return width < self.look.metrics.px(self.narrow)

    def _arrange(self, width: int, move: bool) -> int:
        left, top, right, bottom = self.edges()
        inner = max(1, width - left - right)
        children = self.shown()
        if not children:
            return top + bottom
        boxes = self._stacked(children, inner) if self.is_narrow(width) else self._beside(children, inner)
        if move:
            for child, box in zip(children, boxes, strict=True):
                child.setGeometry(box.translated(left, top))
        return top + bottom + max(box.y() + box.height() for box in boxes)

    def _stacked(self, children: list[QWidget], width: int) -> list[QRect]:
        boxes: list[QRect] = []
        y = 0
        for number, child in enumerate(children):
            y += self.gap_before(child) if number else 0
            high = height_of(self.look, child, width)
            boxes.append(QRect(0, y, width, high))
            y += high
        return boxes

    def _beside(self, children: list[QWidget], width: int) -> list[QRect]:
        gaps = sum(self.gap_before(child) for child in children[1:])
        shares = self.shares[: len(children)]
        own = [
            0 if share else min(width, width_of(self.look, child))
            for child, share in zip(children, shares, strict=True)
        ]
        free, total = max(0, width - gaps - sum(own)), sum(shares) or 1
        widths = [int(free * share / total) if share else wish for wish, share in zip(own, shares, strict=True)]
        heights = [height_of(self.look, child, max(1, wide)) for child, wide in zip(children, widths, strict=True)]
        tallest = max(heights)
        boxes, x = [], 0
        for number, (child, wide, high) in enumerate(zip(children, widths, heights, strict=True)):
            x += self.gap_before(child) if number else 0
            y = (tallest - high) // 2 if self.middle else 0
            boxes.append(QRect(x, y, wide, tallest if self.equal_heights and not self.middle else high))
            x += wide
        return boxes


class Tiles(Flow):
    """Children in equal columns, as many as fit: `columns` lists (least width in px of the design, columns)."""

    columns: tuple[tuple[float, int], ...] = ((0, 1),)

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, False)

    def place(self, width: int) -> int:
        return self._arrange(width, True)

    def _arrange(self, width: int, move: bool) -> int:
        px = self.look.metrics.px
        count = next(columns for least, columns in self.columns if width >= px(least) or not least)
        children, gap, y = self.shown(), round(self.gap * self.look.metrics.scale), 0
        wide = (width - gap * (count - 1)) // count
        for start in range(0, len(children), count):
            row = children[start : start + count]
            high = max(height_of(self.look, child, wide) for child in row)
            y += px(ROW_GAP) if start else 0
            for number, child in enumerate(row):
                if move:
                    child.setGeometry(number * (wide + gap), y, wide, high)
            y += high
        return y


class Wrap(Flow):
    """Children beside each other at their own widths, going on in a new line where the width ends."""

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, False)

    def place(self, width: int) -> int:
        return self._arrange(width, True)

    def _arrange(self, width: int, move: bool) -> int:
        left, top, right, bottom = self.edges()
        x, y, high = left, top, 0
        for child in self.shown():
            wide = min(width_of(self.look, child), max(1, width - left - right))
            tall = height_of(self.look, child, wide)
            if x > left and x + wide > width - right:
                x, y, high = left, y + high + self.gap_before(child), 0
            if move:
                child.setGeometry(x, y, wide, tall)
            x += wide + self.gap_before(child)
            high = max(high, tall)
        return y + high + bottom


def paint_frame(painter: QPainter, rect: QRect, frame: Frame, look: Look) -> None:
    """Draw a container's ground, border and bars."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    contrast = look.theme.name == "contrast"
    border = frame.border or ("line" if contrast and (frame.fill or frame.bar) else "")
    width = frame.border_width if frame.border else 1
    # A line is drawn along the middle of px, a ground without a line up to their edges.
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5) if border else QRectF(rect)
    painter.setPen(QPen(look.colour(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(frame.fill) if frame.fill else QColor(0, 0, 0, 0))
    half = (width - 1) / 2
    radius = look.metrics.px(frame.radius) if frame.radius else 0
    painter.drawRoundedRect(inner.adjusted(half, half, -half, -half), radius, radius)
    if frame.top_line:
        painter.fillRect(QRect(rect.x(), rect.y(), rect.width(), 1), look.colour(frame.top_line))
    painter.setPen(Qt.PenStyle.NoPen)
    if frame.bar:
        painter.setBrush(look.colour(frame.bar))
        painter.drawRect(QRect(rect.x(), rect.y(), look.metrics.px(6), rect.height()))
    if frame.top_bar:
        painter.setBrush(look.colour(frame.top_bar))
        painter.setClipRect(QRect(rect.x(), rect.y(), rect.width(), look.metrics.px(6)))
        painter.drawRoundedRect(inner, radius, radius)
        painter.setClipping(False)
