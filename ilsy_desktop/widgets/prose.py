"""Wrapped text with links: the widget behind every heading, paragraph, list entry and table cell of a page.

Text is laid out and drawn with QTextLayout. Each link can be reached by Tab, opened by Enter or a
click, and is a node of its own for assistive technology (see nodes.py).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from content_pack.spans import Span, Spans, plain

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look

RING = 4
SLACK = 6  # letters are a little wider in a line than alone
FOCUS_INK = "#16232e"  # on the focus colours of all three schemes


class Style(NamedTuple):
    """How a text is set: font size in px of the design, weight, colour token, line height, alignment."""

    size: float = 17
    weight: int = 400
    colour: str = "ink"
    line_height: float = 1.5
    centred: bool = False


BODY = Style()
LEAD = Style(20, colour="soft", line_height=1.4)
TITLE = Style(32, 700, line_height=1.2)
HEADING = Style(22, 700, line_height=1.3)
SUBHEADING = Style(18, 700, line_height=1.3)
SMALL = Style(16, colour="soft", line_height=1.45)
LABEL = Style(13, 700, "soft", 1.4)
CAPTION = Style(15, colour="soft", line_height=1.4)


class Link(NamedTuple):
    """A link's place in the text and where it leads."""

    start: int
    length: int
    target: str
    words: str


class Prose(QWidget):
    """One run of wrapped text.

    `activated` carries the target of a link that was opened; `stepped`, where `arrows_step` is set, an
    arrow key; `link_focused` the box of the link that the keyboard reached.
    """

    activated = Signal(str)
    stepped = Signal(int)
    link_focused = Signal(QRect)

    def __init__(self, look: Look, role: QAccessible.Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.node_role = role
        self.node_name = ""
        self.arrows_step = False
        self.links: list[Link] = []
        self.current = -1
        self._spans: Spans = ()
        self._style = BODY
        self._layout = QTextLayout()
        self._laid_out: tuple[int, float, str] | None = None
        self._height = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)

    def set_text(self, spans: Spans | str, style: Style = BODY) -> None:
        """Show these words in this style."""
        self._spans = (Span(spans),) if isinstance(spans, str) else spans
        self._style = style
        self.links = _links(self._spans)
        self.current = -1
        self.arrows_step = False
        self.node_name = plain(self._spans)
        self._laid_out = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.links else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.node_name)
        self.look.measure_again()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._lay_out(width)
        return self._height

    def sizeHint(self) -> QSize:
        self._lay_out(1 << 20)
        wide = math.ceil(self._layout.maximumWidth()) + 1
        return QSize(wide, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _lay_out(self, width: int) -> None:
        key = (width, self.look.metrics.scale, self.look.theme.name)
        if key == self._laid_out:
            return
        self._laid_out = key
        style, layout = self._style, self._layout
        layout.setText(self.node_name)
        font = self._font(width)
        layout.setFont(font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if style.centred:
            option.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.setTextOption(option)
        layout.setFormats(self._formats(font))
        line_height = self.look.metrics.px(style.size) * style.line_height
        y = 0.0
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (line_height - line.height()) / 2))
            y += line_height
        layout.endLayout()
        self._height = math.ceil(y)

    def _font(self, width: int) -> QFont:
        """The style's font; a heading whose longest word is wider than the page is set smaller."""
        font = self.look.font(self._style.size, self._style.weight)
        if self._style.size >= HEADING.size:
            longest = self.longest_word()
            if longest > width - SLACK > 0:
                fitting = font.pixelSize() * (width - SLACK) // longest
                font.setPixelSize(max(self.look.metrics.px(BODY.size), fitting))
        return font

    def longest_word(self) -> int:
        """The width of the longest word, in px."""
        measure = QFontMetrics(self.look.font(self._style.size, max(600, self._style.weight)))
        return max((measure.horizontalAdvance(word) for word in self.node_name.split()), default=0)

    def _formats(self, font: QFont) -> list[QTextLayout.FormatRange]:
        ranges, position = [], 0
        for span in self._spans:
            length = _utf16(span.text)
            if span.mark or span.target:
                part = QTextLayout.FormatRange()
                part.start, part.length, part.format = position, length, self._format(span, font)
                ranges.append(part)
            position += length
        return ranges

    def _format(self, span: Span, font: QFont) -> QTextCharFormat:
        look = QTextCharFormat()
        if span.mark == "strong":
            look.setFontWeight(max(600, font.weight()))
        elif span.mark == "em":
            look.setFontItalic(True)
        elif span.mark == "found":
            look.setBackground(self.look.colour("highlight"))
            look.setFontWeight(600)
            if self.look.theme.name == "contrast":
                look.setForeground(self.look.colour("paper"))
        if span.target:
            look.setForeground(self.look.colour("accent"))
            look.setFontUnderline(True)
        return look

    def link_rects(self, number: int) -> list[QRectF]:
        """The boxes that a link covers, one a line, in this widget's coordinates."""
        self._lay_out(self.width())
        link = self.links[number]
        first, last = link.start, link.start + link.length
        boxes = []
        for index in range(self._layout.lineCount()):
            line = self._layout.lineAt(index)
            begin = max(first, line.textStart())
            end = min(last, line.textStart() + line.textLength())
            if begin < end:
                left, right = (_x(line.cursorToX(place)) for place in (begin, end))
                boxes.append(QRectF(min(left, right), line.y(), abs(right - left), line.height()))
        return boxes

    def _link_at(self, point: QPoint) -> int:
        slack = 4
        for number in range(len(self.links)):
            if any(b.adjusted(-slack, -slack, slack, slack).contains(QPointF(point)) for b in self.link_rects(number)):
                return number
        return -1

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.width())
        with QPainter(self) as painter:
            painter.setPen(self.look.colour(self._style.colour))
            if self.hasFocus() and 0 <= self.current < len(self.links):
                self._layout.draw(painter, QPointF(0, 0), [self._focused()])
                self._draw_foot(painter)
            else:
                self._layout.draw(painter, QPointF(0, 0))

    def _focused(self) -> QTextLayout.FormatRange:
        """The link with the focus: dark words on the focus colour, as on nhs.uk, so that no letter is covered."""
        link = self.links[self.current]
        marked = QTextLayout.FormatRange()
        marked.start, marked.length = link.start, link.length
        marked.format.setBackground(self.look.colour("focus"))
        marked.format.setForeground(QColor(FOCUS_INK))
        return marked

    def _draw_foot(self, painter: QPainter) -> None:
        for box in self.link_rects(self.current):
            foot = QRectF(box.left(), box.bottom() - RING, box.width(), RING)
            painter.fillRect(foot, QColor(FOCUS_INK))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._link_at(event.position().toPoint()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._link_at(event.position().toPoint())
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(self.links[number].target)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if opens and 0 <= self.current < len(self.links):
            self.activated.emit(self.links[self.current].target)
        elif self.arrows_step and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        wanted = self.current + (1 if forward else -1)
        if self.hasFocus() and 0 <= wanted < len(self.links):
            self.choose(wanted)
            return True
        return super().focusNextPrevChild(forward)

    def choose(self, number: int) -> None:
        """Make a link the one that Enter opens, and tell assistive technology."""
        self.current = number
        self.update()
        boxes = self.link_rects(number)
        if boxes:
            self.link_focused.emit(boxes[0].toAlignedRect())
        if QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(number)
            QAccessible.updateAccessibility(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.links and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            back = event.reason() == Qt.FocusReason.BacktabFocusReason
            self.choose(len(self.links) - 1 if back else 0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _links(spans: Spans) -> list[Link]:
    """Links in order; neighbouring spans with one target (such as a bold word in a link) are one link."""
    links: list[Link] = []
    position = 0
    previous = ""
    for span in spans:
        length = _utf16(span.text)
        if span.target and span.target == previous:
            last = links.pop()
            links.append(Link(last.start, last.length + length, last.target, last.words + span.text))
        elif span.target:
            links.append(Link(position, length, span.target, span.text))
        previous = span.target
        position += length
    return links


def _utf16(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def _x(position: float | tuple[float, int] | object) -> float:
    """`cursorToX` gives a number or a pair, depending on the binding's version."""
    return float(position[0]) if isinstance(position, tuple) else float(position)  # type: ignore[arg-type]
