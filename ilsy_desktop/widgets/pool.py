"""The pool of page parts: widgets are taken for a page, given back after it, and never freed.

Accessible nodes made in Python must outlive every reading screen reader, so their widgets are reused
for as long as the program runs. A widget keeps its role for life: roles are cached by those who read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from ilsy_desktop.widgets.boxes import Box, Mark
from ilsy_desktop.widgets.controls import Chevron, Door, Painted
from ilsy_desktop.widgets.flow import Column, Flow, Row, Tiles, Wrap
from ilsy_desktop.widgets.prose import BODY, Prose, Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from content_pack.spans import Spans
    from ilsy_desktop.widgets.block_boxes import BulletBox, CellBox, Grid, Meter, Picture, StepBox
    from ilsy_desktop.widgets.buttons import Button, Option
    from ilsy_desktop.widgets.look import Look

Part = TypeVar("Part", bound=QWidget)
AnyButton = TypeVar("AnyButton", bound=Painted)
Role = QAccessible.Role


class Named(Protocol):
    """A part that carries its own words for assistive technology."""

    node_name: str


class Pool(QWidget):
    """Gives out page parts and takes them back. Itself it is hidden, and the home of unused parts.

    `opened` carries the target of a link or button; `stepped` an arrow key in a list of links (1 down, -1
    up); `seen` asks to bring a part of a widget into view.
    """

    opened = Signal(str)
    stepped = Signal(int)
    seen = Signal(QWidget, QRect)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.hide()
        self._free: dict[object, list[QWidget]] = {}
        self._keys: dict[QWidget, object] = {}
        self.made = 0

    def _take(self, key: object, make: Callable[[], Part]) -> Part:
        free = self._free.setdefault(key, [])
        if free:
            return cast("Part", free.pop())
        part = make()
        self._keys[part] = key
        self.made += 1
        return part

    def prose(self, text: Spans | str, style: Style = BODY, role: Role = Role.Paragraph) -> Prose:
        """A text with a role."""
        prose = self._take((Prose, role), lambda: self._new_prose(role))
        prose.set_text(text, style)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(prose, QAccessible.Event.NameChanged))
        return prose

    def _new_prose(self, role: Role) -> Prose:
        prose = Prose(self.look, role, self)
        prose.activated.connect(self.opened)
        prose.link_focused.connect(self._forward)
        prose.stepped.connect(self.stepped)
        return prose

    def _forward(self, rect: QRect) -> None:
        self.seen.emit(self.sender(), rect)

    def box(self, role: Role = Role.Grouping, name: str = "") -> Box:
        """A column with a role, without frame and padding."""
        box = self._take((Box, role), lambda: Box(self.look, role))
        self._plain(box, name)
        return box

    def column(self) -> Column:
        """A column that only sets its children below each other."""
        column = self._take(Column, lambda: Column(self.look))
        self._plain(column, "")
        return column

    def row(self, shares: tuple[float, ...], narrow: float = 0) -> Row:
        """Children beside each other."""
        row = self._take(Row, lambda: Row(self.look, shares, narrow))
        self._plain(row, "")
        row.shares, row.narrow, row.equal_heights, row.middle = shares, narrow, True, False
        return row

    def tiles(self, columns: tuple[tuple[float, int], ...]) -> Tiles:
        """Children in equal columns, as many as fit."""
        tiles = self._take(Tiles, lambda: Tiles(self.look))
        self._plain(tiles, "")
        tiles.columns = columns
        return tiles

    def wrap(self) -> Wrap:
        """Children in lines."""
        wrap = self._take(Wrap, lambda: Wrap(self.look))
        self._plain(wrap, "")
        return wrap

    def grid(self, columns: int, name: str) -> Grid:
        """A table."""
        from ilsy_desktop.widgets.block_boxes import Grid  # noqa: PLC0415 - start-up: home has none

        grid = self._take(Grid, lambda: Grid(self.look))
        self._plain(grid, name)
        grid.columns = columns
        return grid

    def cell(self, header: bool) -> CellBox:
        """A cell of a table."""
        from ilsy_desktop.widgets.block_boxes import CellBox  # noqa: PLC0415 - start-up: home has none

        role = Role.ColumnHeader if header else Role.Cell
        cell = self._take((CellBox, role), lambda: CellBox(self.look, role))
        cell.node_name = ""
        return cell

    def step(self, number: int, last: bool, name: str) -> StepBox:
        """A numbered step."""
        from ilsy_desktop.widgets.block_boxes import StepBox  # noqa: PLC0415 - start-up: home has none

        step = self._take(StepBox, lambda: StepBox(self.look))
        step.number, step.last, step.node_name, step.gap = number, last, name, 8
        return step

    def bullet(self, name: str) -> BulletBox:
        """An entry of a list."""
        from ilsy_desktop.widgets.block_boxes import BulletBox  # noqa: PLC0415 - start-up: home has none

        bullet = self._take(BulletBox, lambda: BulletBox(self.look))
        bullet.node_name, bullet.gap = name, 8
        return bullet

    def picture(self) -> Picture:
        """A drawing."""
        from ilsy_desktop.widgets.block_boxes import Picture  # noqa: PLC0415 - start-up: home has none

        return self._take(Picture, lambda: Picture(self.look))

    def mark(self, outcome: str, words: str, size: float = 15) -> Mark:
        """An outcome mark."""
        mark = self._take(Mark, lambda: Mark(self.look))
        mark.set_outcome(outcome, words, size)
        return mark

    def meter(self, filled: int, words: str) -> Meter:
        """How sure, as words and boxes."""
        from ilsy_desktop.widgets.block_boxes import Meter  # noqa: PLC0415 - start-up: home has none

        meter = self._take(Meter, lambda: Meter(self.look))
        meter.set_level(filled, words)
        return meter

    def button(self, words: str, target: str, main: bool = False) -> Button:
        """A button that leads to a target."""
        from ilsy_desktop.widgets.buttons import Button  # noqa: PLC0415 - start-up: home has none

        button = self._take(Button, lambda: self._new_button(Button))
        button.set_words(words, target, main)
        button.setCheckable(False)
        return button

    def door(self, title: str, line: str, target: str, first: bool) -> Door:
        """A door of the first page."""
        door = self._take(Door, lambda: self._new_button(Door))
        door.set_door(title, line, target, first)
        return door

    def option(self, words: str, count: str, target: str, on: bool) -> Option:
        """A choice that can be on or off."""
        from ilsy_desktop.widgets.buttons import Option  # noqa: PLC0415 - start-up: home has none

        option = self._take(Option, lambda: self._new_button(Option))
        option.set_option(words, count, target, on)
        return option

    def chevron(self, above: str, words: str, target: str, here: bool = False) -> Chevron:
        """A step of the roadmap."""
        chevron = self._take(Chevron, lambda: self._new_button(Chevron))
        chevron.set_step(above, words, target, here)
        return chevron

    def _new_button(self, kind: type[AnyButton]) -> AnyButton:
        button = kind(self.look)
        button.chosen.connect(self.opened)
        return button

    def _plain(self, flow: Flow, name: str) -> None:
        flow.node_name = name
        flow.setAccessibleName(name)
        flow.frame, flow.gap, flow.padding = None, 0, (0, 0, 0, 0)
        if isinstance(flow, Column):
            flow.content_width = None

    def give_back(self, container: Flow) -> None:
        """Take all parts out of a container, those within parts too; a page's own controls are only hidden."""
        for part in container.clear():
            if isinstance(part, Flow):
                self.give_back(part)
            part.hide()
            key = self._keys.get(part)
            if key is not None:
                part.setParent(self)
                self._free[key].append(part)
