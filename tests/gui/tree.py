"""The tree that assistive technology reads, taken inside the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from page_nodes import tidy
from PySide6.QtGui import QAccessible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import QAccessibleInterface

Role = QAccessible.Role


class Node(NamedTuple):
    """What a screen reader learns of one thing."""

    role: QAccessible.Role
    name: str
    rect: QRect
    focused: bool


def nodes(thing: QObject) -> list[Node]:
    """Every node below a widget that is not said to be invisible, in the order of the tree."""
    return list(_walk(QAccessible.queryAccessibleInterface(thing)))


def _walk(interface: QAccessibleInterface) -> Iterator[Node]:
    state = interface.state()
    if state.invisible:
        return
    name = interface.text(QAccessible.Text.Name)
    yield Node(interface.role(), tidy(name), interface.rect(), bool(state.focused))
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            yield from _walk(child)
