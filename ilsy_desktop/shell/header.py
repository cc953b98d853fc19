"""The header line: home, back, the search box that is always there, text and colour, my sheets, menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from ilsy_desktop.domain import texts

if TYPE_CHECKING:
    from ilsy_desktop.widgets.look import Look

LARGE_TEXT = 2.0


class SearchField(QLineEdit):
    """The search box. `down` is the arrow key that goes on into the answers."""

    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Search")
        self.setAccessibleDescription("Answers come while you type")
        self.setPlaceholderText(texts.SEARCH_HINT)
        self.setMaxLength(400)
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)


class HomeButton(QPushButton):
    """The name of the hub, which leads to the first page."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.long = True
        self.setFlat(True)
        self.setAccessibleName(f"{texts.FULL_NAME}: first page")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        px = self._look.metrics.px
        return QSize(px(228) if self.long else px(66), px(44))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        px, look = self._look.metrics.px, self._look
        with QPainter(self) as painter:
            painter.setPen(look.colour("header_ink"))
            painter.setFont(look.font(23, 700))
            box = self.rect().adjusted(px(4), 0, 0, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, texts.NAME)
            if self.long:
                painter.setFont(look.font(15))
                painter.drawText(box.adjusted(px(60), px(3), 0, 0), Qt.AlignmentFlag.AlignVCenter, texts.LONG_NAME)
            if self.hasFocus():
                pen = painter.pen()
                pen.setColor(look.colour("focus"))
                pen.setWidth(4)
                painter.setPen(pen)
                painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), px(6), px(6))


class Header(QWidget):
    """The line at the top. `opened` carries the target of a button."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self.home = HomeButton(look)
        self.back = QPushButton("‹ Back")
        self.back.setAccessibleName("Back")
        self.search = SearchField()
        self.text = QPushButton("Text and colour")
        self.sheets = QPushButton("My sheets")
        self.menu = QPushButton("Menu")
        self.home.clicked.connect(self._go_home)
        self.back.clicked.connect(self._go_back)
        self.text.clicked.connect(self._go_to_text)
        self.sheets.clicked.connect(self._go_to_sheets)
        self._row = QHBoxLayout(self)
        for widget in self.controls():
            self._row.addWidget(widget, 1 if widget is self.search else 0)
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            if isinstance(widget, QPushButton):
                widget.setAutoDefault(True)
        self._row.insertStretch(3, 0)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def controls(self) -> tuple[QWidget, ...]:
        """The controls in their order."""
        return self.home, self.back, self.search, self.text, self.sheets, self.menu

    def restyle(self) -> None:
        """Take sizes and colours from the look."""
        px, theme = self._look.metrics.px, self._look.theme
        self._row.setContentsMargins(px(28), px(10), px(28), px(10))
        self._row.setSpacing(px(8))
        self.search.setMaximumWidth(px(640))
        line = f"border-bottom:1px solid {theme.header_ink};" if theme.name == "contrast" else ""
        self.setStyleSheet(f"#header {{ background:{theme.header}; {line} }}")
        self._fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        """Keep the search box usable: the less used controls go into the menu when room is short."""
        metrics = self._look.metrics
        large = metrics.scale >= LARGE_TEXT
        roomy, wide = width >= metrics.px(900) and not large, width >= metrics.px(1180) and not large
        self.home.long = wide
        self.home.setVisible(roomy or not large)
        self.back.setVisible(not large)
        self.text.setVisible(roomy)
        self.sheets.setVisible(roomy)
        self.home.updateGeometry()

    def _go_home(self) -> None:
        self.opened.emit("home")

    def _go_back(self) -> None:
        self.opened.emit("action:back")

    def _go_to_text(self) -> None:
        self.opened.emit("settings")

    def _go_to_sheets(self) -> None:
        self.opened.emit("my-sheets")
