"""What a person would see as badly set: parts that overlap, stick out, are cut, or break words in two."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from driving import words_of
from PySide6.QtGui import QAccessible, QFontMetrics

from ilsy_desktop.widgets.controls import Chevron, Painted
from ilsy_desktop.widgets.flow import Flow
from ilsy_desktop.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QRect
    from PySide6.QtGui import QTextLine
    from PySide6.QtWidgets import QWidget

CHEVRONS_SHARE = 4  # px of the design: a step of the roadmap points into the notch of the next


def faults(flow: Flow) -> Iterator[str]:
    """What is wrong with the parts of a container, and with theirs, in words."""
    parts = [part for part in flow.shown() if not is_empty(part)]
    for part in parts:
        yield from _faults_of(part, flow)
        if isinstance(part, Flow):
            yield from faults(part)
    for first, second in combinations(parts, 2):
        common = first.geometry().intersected(second.geometry())
        if not common.isEmpty() and not _pointing(first, second, common):
            yield f"{name(first)} overlaps {name(second)} by {common.width()} × {common.height()} px"


def is_empty(part: QWidget) -> bool:
    """Whether a part is a container in which nothing is shown, or a header whose words stand in the cells below."""
    if getattr(part, "node_role", None) == QAccessible.Role.ColumnHeader and not part.height():
        return True
    return isinstance(part, Flow) and all(is_empty(inner) for inner in part.shown())


def _pointing(first: QWidget, second: QWidget, common: QRect) -> bool:
    if not (isinstance(first, Chevron) and isinstance(second, Chevron)):
        return False
    return first.y() == second.y() and common.width() <= first.look.metrics.px(CHEVRONS_SHARE) + 1


def _faults_of(part: QWidget, parent: Flow) -> Iterator[str]:
    if not parent.rect().contains(part.geometry()):
        yield f"{name(part)} sticks out of {name(parent)}: {part.geometry().getRect()} in {parent.size().toTuple()}"
    high = part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.sizeHint().height()
    if part.height() < high:
        yield f"{name(part)} is cut: it needs {high} px and has {part.height()}"
    if isinstance(part, Prose):
        yield from _faults_of_text(part)
    if is_one_line(part) and part.width() < part.sizeHint().width():
        yield f"{name(part)} is cut: it needs {part.sizeHint().width()} px beside and has {part.width()}"
    if isinstance(part, Painted):
        widest = max(_width(word, part) for word in words_of(part).split())
        if widest > part.width():
            yield f"{name(part)} is cut: a word needs {widest} px and the button has {part.width()}"


def is_one_line(part: QWidget) -> bool:
    """Whether a part draws words that it cannot wrap, as outcome marks do."""
    return getattr(part, "node_role", None) == QAccessible.Role.StaticText and not part.hasHeightForWidth()


def _width(word: str, button: Painted) -> int:
    return QFontMetrics(button.look.font(16)).horizontalAdvance(word)


def _faults_of_text(text: Prose) -> Iterator[str]:
    words = text.node_name.encode("utf-16-le")
    for line in lines(text):
        end = 2 * (line.textStart() + line.textLength())
        before, after = words[:end].decode("utf-16-le"), words[end:].decode("utf-16-le")
        if line.naturalTextWidth() > text.width() + 1:
            yield f"{name(text)} is cut: a line needs {line.naturalTextWidth():.0f} px and has {text.width()}"
        elif before[-1:].isalnum() and after[:1].isalnum() and not _is_address(before, after):
            yield f"{name(text)} breaks a word in two: {before[-12:]}|{after[:12]}"


def _is_address(before: str, after: str) -> bool:
    """Whether a line ends within an address, which may break anywhere."""
    word = before.rpartition(" ")[2] + after.partition(" ")[0]
    return "." in word.strip(".") or "/" in word


def lines(text: Prose) -> list[QTextLine]:
    """The lines of a text as they are set."""
    layout = text._layout
    return [layout.lineAt(number) for number in range(layout.lineCount())]


def name(part: QWidget) -> str:
    """A part's kind and first words."""
    return f"{type(part).__name__} “{words_of(part)[:40]}”"
