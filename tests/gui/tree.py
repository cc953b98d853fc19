"""The tree that assistive technology reads, taken inside the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAccessible

from content_pack.blocks import Block, Bullets, Callout, Figure, Heading, Paragraph, Steps, Table, Unknown
from content_pack.html import to_text
from content_pack.spans import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import QAccessibleInterface

    from content_pack.spans import Spans

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


def tidy(words: str) -> str:
    """Words with single spaces."""
    return " ".join(words.split())


def expected(blocks: tuple[Block, ...]) -> Iterator[tuple[Role, str]]:
    """The role and name of each node that blocks call for, in reading order."""
    for block in blocks:
        for role, name in _expected(block):
            yield role, tidy(name)


def _expected(block: Block) -> Iterator[tuple[Role, str]]:
    match block:
        case Heading(_, spans):
            yield Role.Heading, plain(spans)
            yield from _links(spans)
        case Paragraph(spans, _):
            yield Role.Paragraph, plain(spans)
            yield from _links(spans)
        case Steps(items) | Bullets(items):
            for item in items:
                yield Role.ListItem, to_text(item)
                yield from expected(item)
        case Table(header, rows):
            for number, row in enumerate((header, *rows)):
                for cell in row:
                    yield Role.Cell if number else Role.ColumnHeader, plain(cell)
                    yield from _links(cell)
        case Callout(_, title, blocks, level):
            yield Role.Note, title
            if level:
                yield Role.Heading, title
            yield from expected(blocks)
        case Figure(_, alt, caption, _, _):
            yield Role.Graphic, alt
            if caption:
                yield Role.Paragraph, caption
        case Unknown(_, text):
            yield Role.Paragraph, text


def _links(spans: Spans) -> Iterator[tuple[Role, str]]:
    """Neighbouring spans with one target are one link."""
    words, target = "", ""
    for span in spans:
        if words and span.target != target:
            yield Role.Link, words
            words = ""
        words, target = (words + span.text if span.target else "", span.target)
    if words:
        yield Role.Link, words
