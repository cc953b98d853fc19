"""A person at the window: opens, types, presses, clicks, waits and looks."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ilsy_desktop.domain.arguments import read as _read
from ilsy_desktop.domain.routes import parse
from ilsy_desktop.pictures import visit
from ilsy_desktop.shell.window import reading_order
from ilsy_desktop.widgets.controls import Painted
from ilsy_desktop.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ilsy_desktop.app import Application
    from ilsy_desktop.domain.arguments import Arguments

Key = Qt.Key
Alt, Ctrl, Shift = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ARRIVES_WITHIN_MS = 5000


def read_arguments(*words: str) -> Arguments:
    """A command line as the program reads it."""
    return _read(list(words))


class Link(NamedTuple):
    """A link on the page: the text it stands in, its number there, its words and its target."""

    prose: Prose
    number: int
    words: str
    target: str

    def centre(self) -> QPoint:
        """The middle of its first line, in the text's coordinates."""
        return self.prose.link_rects(self.number)[0].center().toPoint()


class Onlooker:
    """Someone who sees what the window shows."""

    def __init__(self, program: Application) -> None:
        self.program, self.window, self.navigator = program, program.window, program.navigator

    def go(self, route: str) -> None:
        """Have a page shown, without a person."""
        visit(self.navigator, parse(route))

    def resize(self, width: int, height: int) -> None:
        """Make the window this big and let it settle."""
        self.window.resize(width, height)
        QApplication.processEvents()

    @property
    def route(self) -> str:
        """The ROUTE of the page that is shown."""
        return str(self.navigator.route)

    @property
    def place(self) -> int:
        """How far down the page is scrolled, in px."""
        return self.window.area.verticalScrollBar().value()

    def parts(self) -> list[QWidget]:
        """What is shown of the page, in reading order."""
        return [part for part in reading_order(self.window.canvas) if part.isVisible()]

    def texts(self) -> list[Prose]:
        """The texts of the page, in reading order."""
        return [part for part in self.parts() if isinstance(part, Prose)]

    def pictures(self) -> list[QWidget]:
        """The drawings and pages of paper that the page shows."""
        return [part for part in self.parts() if getattr(part, "node_role", None) == QAccessible.Role.Graphic]

    def words(self) -> str:
        """All words of the page."""
        return "\n".join(words_of(part) for part in self.parts())

    def headings(self) -> list[str]:
        """The headings of the page, its title first."""
        return [text.node_name for text in self.texts() if text.node_role == QAccessible.Role.Heading]

    def links(self) -> list[Link]:
        """The links of the page, in reading order."""
        return [
            Link(text, number, link.words, link.target)
            for text in self.texts()
            for number, link in enumerate(text.links)
        ]

    def buttons(self) -> list[Painted]:
        """The buttons of the page, in reading order."""
        return [part for part in self.parts() if isinstance(part, Painted)]

    def link(self, words: str) -> Link:
        """The first link with these words."""
        found = next((link for link in self.links() if link.words == words), None)
        assert found, f"no link “{words}” among {[link.words for link in self.links()]}"
        return found

    def button(self, words: str) -> QAbstractButton:
        """The first button of the page or the header that says these words."""
        every = [*self.buttons(), *self.window.header.findChildren(QAbstractButton)]
        found = next((button for button in every if words_of(button) == words and button.isVisible()), None)
        assert found, f"no button “{words}” among {[words_of(button) for button in every]}"
        return found

    def under(self, widget: QWidget, point: QPoint) -> QWidget | None:
        """What a click on this point of a widget would reach, brought into view first."""
        self.bring_into_view(widget, point)
        return self.window.childAt(widget.mapTo(self.window, point))

    def bring_into_view(self, widget: QWidget, point: QPoint) -> None:
        """Scroll until a point of a widget of the page can be seen."""
        if self.window.sheet.isAncestorOf(widget):
            place = widget.mapTo(self.window.sheet, point)
            self.window.area.ensureVisible(place.x(), place.y(), 0, 20)


class Visitor(Onlooker):
    """Someone who uses the program through keys and clicks."""

    def __init__(self, program: Application, qtbot: QtBot) -> None:
        super().__init__(program)
        self._qtbot = qtbot

    def come(self) -> None:
        """Show the window and give it the keyboard."""
        self.window.show()
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)
        QApplication.processEvents()

    @contextmanager
    def arrival(self, route: str = "") -> Iterator[None]:
        """Wait until what is done inside has led to a page: to this ROUTE where one is named."""
        check = (lambda arrived: arrived == route) if route else None
        with self._qtbot.waitSignal(self.navigator.arrived, timeout=ARRIVES_WITHIN_MS, check_params_cb=check):
            yield
        QApplication.processEvents()

    def open(self, target: str) -> None:
        """Open a ROUTE and wait for its page."""
        with self.arrival():
            self.navigator.open(target)

    @property
    def focus(self) -> QWidget:
        """Where the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def scroll(self, place: int) -> None:
        """Scroll the page."""
        self.window.area.verticalScrollBar().setValue(place)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        """Type letters where the keyboard is."""
        QTest.keyClicks(self.focus, text)

    def search(self, text: str) -> None:
        """Go to the search box, replace what is there, and wait for the answers to the last letter."""
        box = self.window.header.search
        box.setFocus()
        box.clear()
        with self._qtbot.waitSignal(
            self.navigator.arrived, timeout=ARRIVES_WITHIN_MS, check_params_cb=lambda _: box.text() == text
        ):
            self.type(text)
        self._qtbot.waitUntil(lambda: self.navigator.route.query == text)

    def until(self, condition: object, words: str) -> None:
        """Wait until a callable is true; `words` say what was waited for."""
        assert callable(condition)
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=ARRIVES_WITHIN_MS)

    def click(self, widget: QWidget, point: QPoint | None = None) -> None:
        """Click a point of a widget (its middle) with the mouse, as far as nothing lies above it."""
        at = point or widget.rect().center()
        reached = self.under(widget, at)
        assert reached is not None
        QTest.mouseClick(
            reached, Qt.MouseButton.LeftButton, pos=reached.mapFrom(self.window, widget.mapTo(self.window, at))
        )

    def follow(self, words: str) -> None:
        """Click the link with these words and wait for its page."""
        link = self.link(words)
        with self.arrival():
            self.click(link.prose, link.centre())


def words_of(widget: QWidget) -> str:
    """What a part of a page says."""
    name = getattr(widget, "node_name", "") or widget.accessibleName()
    return name or (widget.text() if isinstance(widget, QAbstractButton) else "")
