"""What assistive technology sees: a node for each text with its role, and one for each link in it.

Qt asks a factory for the node of a widget. Nodes made in Python are kept for as long as the program
runs and are reused with their widgets: freed ones crashed the process under a reading screen reader.
"""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QObject, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from ilsy_desktop.widgets.prose import Prose

_kept: list[QAccessibleInterface] = []


class Part(Protocol):
    """A widget that says what it is to assistive technology."""

    node_role: QAccessible.Role
    node_name: str


class LinkNode(QAccessibleInterface):
    """The link with this number in a text; invisible while the text has fewer links."""

    def __init__(self, parent: ProseNode, prose: Prose, number: int) -> None:
        super().__init__()
        self._parent, self._prose, self._number = parent, prose, number

    def _present(self) -> bool:
        return self._number < len(self._prose.links)

    def isValid(self) -> bool:
        return True

    def window(self) -> QWindow:
        return self._prose.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return self._parent

    def child(self, index: int) -> QAccessibleInterface:
        return cast("QAccessibleInterface", None)

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return cast("QAccessibleInterface", None)

    def relations(self, match: Any = None) -> list[Any]:
        return []

    def object(self) -> QObject:
        return cast("QObject", None)

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Link

    def text(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Name and self._present():
            return self._prose.links[self._number].words
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """The words of a page cannot be changed."""

    def rect(self) -> QRect:
        if not self._present():
            return QRect()
        box = QRectF()
        for part in self._prose.link_rects(self._number):
            box = box.united(part)
        whole = box.toAlignedRect()
        return QRect(self._prose.mapToGlobal(whole.topLeft()), whole.size())

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = state.linked = True
        state.readOnly = True
        state.focused = self._prose.hasFocus() and self._prose.current == self._number
        state.invisible = not (self._present() and self._prose.isVisible())
        return state


class ProseNode(QAccessibleWidget):
    """A heading, paragraph, list entry or cell, with its links as children."""

    def __init__(self, prose: Prose) -> None:
        super().__init__(prose, prose.node_role, prose.node_name)
        self._prose = prose
        self._links: list[LinkNode] = []

    def role(self) -> QAccessible.Role:
        return self._prose.node_role

    def text(self, kind: QAccessible.Text) -> str:
        return self._prose.node_name if kind == QAccessible.Text.Name else ""

    def childCount(self) -> int:
        return len(self._prose.links)

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < len(self._prose.links):
            return cast("QAccessibleInterface", None)
        while len(self._links) <= index:
            node = LinkNode(self, self._prose, len(self._links))
            QAccessible.registerAccessibleInterface(node)
            self._links.append(node)
        return self._links[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((number for number, node in enumerate(self._links) if node is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        for number in range(self.childCount()):
            if self.child(number).rect().contains(x, y):
                return self.child(number)
        return cast("QAccessibleInterface", None)

    def focusChild(self) -> QAccessibleInterface:
        if self._prose.hasFocus() and 0 <= self._prose.current < self.childCount():
            return self.child(self._prose.current)
        return cast("QAccessibleInterface", None)


class BoxNode(QAccessibleWidget):
    """A container or picture whose role and name are set by the page; its children are its widgets."""

    def __init__(self, widget: Part) -> None:
        super().__init__(cast("QWidget", widget), widget.node_role, widget.node_name)
        self._widget = widget

    def role(self) -> QAccessible.Role:
        return self._widget.node_role

    def text(self, kind: QAccessible.Text) -> str:
        return self._widget.node_name if kind == QAccessible.Text.Name else ""


def node_of(_class: str, thing: QObject) -> QAccessibleInterface | None:
    """The node for a widget of ours; None leaves it to Qt."""
    node: QAccessibleInterface
    if isinstance(thing, Prose):
        node = ProseNode(thing)
    elif isinstance(thing, QWidget) and hasattr(thing, "node_role"):
        node = BoxNode(cast("Part", thing))
    else:
        return None
    _kept.append(node)
    return node
