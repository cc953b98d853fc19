"""The frame: header, the page that scrolls, footer; keys; full screen; the place where focus goes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAction,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QMainWindow, QMenu, QScrollArea, QVBoxLayout, QWidget

from ilsy_desktop.domain import texts
from ilsy_desktop.shell.footer import Footer
from ilsy_desktop.shell.header import LARGE_TEXT, Header
from ilsy_desktop.shell.sheet import Sheet
from ilsy_desktop.widgets.boxes import Box
from ilsy_desktop.widgets.flow import Column, Flow, Frame
from ilsy_desktop.widgets.pool import Pool
from ilsy_desktop.widgets.prose import Prose, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ilsy_desktop.pages.parts import BuiltPage
    from ilsy_desktop.widgets.look import Look

SMALLEST = QSize(640, 480)
FIRST_SIZE = QSize(1366, 768)

# Words in the menu, target, keys. Keys work whether or not the menu is open.
ACTIONS: tuple[tuple[str, str, tuple[str, ...]] | None, ...] = (
    ("First page", "home", ("Alt+Home",)),
    ("Back", "action:back", ("Alt+Left",)),
    ("Forward", "action:forward", ("Alt+Right",)),
    None,
    ("All tools", "tools", ()),
    ("Practice examples", "examples", ()),
    ("Sheets to print", "sheets", ()),
    ("Guides", "guides", ()),
    ("Words we use", "glossary", ()),
    None,
    ("Text and colour", "settings", ()),
    ("Larger text", "action:larger", ("Ctrl++", "Ctrl+=")),
    ("Smaller text", "action:smaller", ("Ctrl+-",)),
    ("Ordinary text", "action:ordinary", ("Ctrl+0",)),
    ("Full screen", "action:full-screen", ("F11",)),
    None,
    ("Print", "action:print-page", ("Ctrl+P",)),
    ("Copy page", "action:copy", ("Ctrl+Shift+C",)),
    ("Search", "action:search", ("Ctrl+K",)),
    ("My sheets", "my-sheets", ()),
    ("Updates", "updates", ()),
    ("Help", "help", ("F1",)),
    ("About", "about", ()),
)


class Notice(Column):
    """One calm sentence below the header, hidden until there is one."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.padding = (28, 8, 28, 8)
        self.frame = Frame("blue_wash")
        self._words = Prose(look, QAccessible.Role.StaticText)
        self.add(self._words)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show this sentence until another page is opened, and say it to assistive technology."""
        self._words.set_text(sentence, Style(16, line_height=1.4))
        self.relayout()
        self.show()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self._words, QAccessible.Event.Alert))

    def fade(self) -> None:
        """Go away with the next page."""
        self.hide()


class PageArea(QScrollArea):
    """The part that scrolls. `painted` follows its first painting."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A viewport of our own: asking Qt for its makes PySide6 load every widget class there is (14 ms).
        self.port = QWidget()
        self.setViewport(self.port)
        self._waiting = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._waiting:
            self._waiting = False
            self.painted.emit()


class Window(QMainWindow):
    """The one window. `opened` carries the target of any link, button, key or menu entry."""

    opened = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setWindowTitle(texts.FULL_NAME)
        self.setMinimumSize(SMALLEST)
        self.resize(FIRST_SIZE)
        self.canvas = Box(look, QAccessible.Role.Document)
        self.canvas.setObjectName("canvas")
        self.sheet = Sheet(look, self.canvas)
        self.pool = Pool(look, self.sheet)
        self.area = PageArea()
        self.area.setWidget(self.sheet)
        self.header = Header(look)
        self.footer = Footer(look)
        self.notice = Notice(look)
        self._frame = QWidget()
        self._rows = QVBoxLayout(self._frame)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        for part in (self.header, self.notice, self.area, self.footer):
            self._rows.addWidget(part, 1 if part is self.area else 0)
        self.setCentralWidget(self._frame)
        for source in (self.header.opened, self.footer.opened, self.pool.opened):
            source.connect(self.opened)
        self.pool.seen.connect(self._bring_into_view)
        self.page: BuiltPage | None = None
        self.restyle()

    def make_actions(self) -> None:
        """Make the menu and its keys; after the first paint, because nobody can press one before."""
        menu = QMenu(self)
        for entry in ACTIONS:
            if entry is None:
                menu.addSeparator()
                continue
            words, target, keys = entry
            action = QAction(words, self)
            action.setData(target)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(self._act)
            self.addAction(action)
            menu.addAction(action)
        self.header.menu.setMenu(menu)

    def _act(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.opened.emit(str(action.data()))

    def announce(self, sentence: str) -> None:
        """Tell assistive technology, when it has a moment, of something that the page already shows."""
        if QAccessible.isActive():
            from PySide6.QtGui import QAccessibleAnnouncementEvent  # noqa: PLC0415 - start-up: no page announces then

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.canvas, sentence))

    def say(self, sentence: str) -> None:
        """Show one calm sentence below the header."""
        self.notice.say(sentence)

    def restyle(self) -> None:
        """Take colours and sizes from the look; at twice the text size the frame scrolls with the page."""
        self.setStyleSheet(self.look.style_sheet())
        self.header.restyle()
        self.footer.restyle()
        self.sheet.hold(None, None)
        if self.look.metrics.scale >= LARGE_TEXT:
            self.sheet.hold(self.header, self.footer)
        else:
            self._rows.insertWidget(0, self.header)
            self._rows.addWidget(self.footer)
        self.header.show()
        self.footer.show()
        self.settle()

    def show_page(self, build: Callable[[Box], BuiltPage], scroll: int = 0, same_place: bool = False) -> None:
        """Put a page on the canvas, then scroll, focus and tab order.

        `same_place` is for a page that is built again: the focus goes to the part that stands where it was.
        """
        if not same_place:
            self.notice.fade()
        searching = self.header.search.hasFocus()
        place = self._focused_place() if same_place else -1
        self.canvas.setUpdatesEnabled(False)
        self.pool.give_back(self.canvas)
        self.canvas.content_width = None
        self.canvas.gap = 0
        try:
            page = build(self.canvas)
        finally:
            self.canvas.setUpdatesEnabled(True)
        self.page = page
        # In the tab order, so that Tab goes on from it into the page, and itself no stop.
        page.heading.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.canvas.node_name = page.title
        self.canvas.setAccessibleName(page.title)
        self.setWindowTitle(f"{page.title} — {texts.NAME}")
        self.settle()
        self.area.verticalScrollBar().setValue(scroll)
        self._order_tabs()
        if not (page.keep_focus and searching):
            self._focus(place, page.heading)

    def _focused_place(self) -> int:
        """Which of the page's parts that can be focused has the focus, or -1."""
        parts = list(_focusable(self.canvas))
        return next((number for number, part in enumerate(parts) if part.hasFocus()), -1)

    def _focus(self, place: int, heading: Prose) -> None:
        parts = list(_focusable(self.canvas))
        part = parts[place] if 0 <= place < len(parts) else heading
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def scroll_to(self, widget: QWidget) -> None:
        """Bring a heading of the page to the top and put the focus there."""
        self.area.verticalScrollBar().setValue(widget.mapTo(self.sheet, QPoint(0, 0)).y() - self.look.metrics.px(12))
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Set everything for the present width now, not when the event loop comes round to it."""
        view = self.area.port.size()
        self.sheet.least_height = view.height()
        high = self.sheet.heightForWidth(view.width())
        self.sheet.setMinimumHeight(high)
        self.sheet.resize(view.width(), high)
        _place_all(self.sheet)

    def _bring_into_view(self, widget: QWidget, rect: QRect) -> None:
        place = QRect(widget.mapTo(self.sheet, rect.topLeft()), rect.size())
        margin = self.look.metrics.px(60)
        self.area.ensureVisible(place.center().x(), place.center().y(), 0, margin)

    def _order_tabs(self) -> None:
        """Tab goes through the header, then down the page as it reads, then the footer."""
        parts = reading_order(self.canvas)
        stops = [part for part in parts if part.focusPolicy() != Qt.FocusPolicy.NoFocus and not part.isHidden()]
        order = [*self.header.controls(), *stops, self.footer.harm]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Reached only when the part that has the focus did not want the key, so never while writing in a field.
        if event.text() == "/":
            self.opened.emit("action:slash")
        elif event.key() == Qt.Key.Key_Escape and self.isFullScreen():
            self.showNormal()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.settle()


def _place_all(flow: Flow) -> None:
    flow.place(flow.width())
    for part in flow.shown():
        if isinstance(part, Flow):
            _place_all(part)


def _focusable(flow: Flow) -> Iterator[QWidget]:
    for part in reading_order(flow):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.isHidden():
            yield part


def reading_order(flow: Flow) -> Iterable[QWidget]:
    """Every part of a page in the order in which it is read."""
    for part in flow.children_in_order:
        if isinstance(part, Flow):
            yield from reading_order(part)
        else:
            yield part
