"""From typed blocks to page parts: the one place where a block becomes widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible

from content_pack.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Paragraph,
    Span,
    Spans,
    Steps,
    Table,
    Unknown,
    plain,
)
from content_pack.html import to_text
from ilsy_desktop.widgets.flow import Flow, Frame
from ilsy_desktop.widgets.prose import BODY, CAPTION, HEADING, LABEL, LEAD, SUBHEADING, Style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.pool import Pool
    from ilsy_desktop.widgets.prose import Prose

Role = QAccessible.Role
MEASURE = 600
CLOSE = 6
BOX_TITLE = Style(17, 700)
CELL = Style(16, line_height=1.4)
CELL_HEAD = Style(15, 600, line_height=1.4)
TONES = {
    "safety": Frame("caution_wash", "partly", 2, radius=8),
    "slip": Frame("caution_wash", bar="partly"),
    "take": Frame("blue_wash", bar="accent"),
    "note": Frame("blue_wash", bar="accent"),
}


class BlockView:
    """Adds the parts for blocks to a container and remembers the headings that it set."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._pictures: Mapping[str, bytes] = {}
        self.headings: list[Prose] = []

    def add(self, flow: Flow, blocks: tuple[Block, ...], pictures: Mapping[str, bytes]) -> None:
        """Append the parts for these blocks; `pictures` holds the drawings by asset path."""
        self._pictures = pictures
        self._in_a_row(flow, blocks)

    def _in_a_row(self, flow: Flow, blocks: tuple[Block, ...]) -> None:
        """Add blocks below each other; what follows a heading stands close to it."""
        after_heading = False
        for block in blocks:
            self._block(flow, block)
            if after_heading and not isinstance(block, Callout):
                flow.gaps[flow.children_in_order[-1]] = CLOSE
            after_heading = isinstance(block, Heading)

    def _block(self, flow: Flow, block: Block) -> None:
        match block:
            case Heading(level, spans):
                self._heading(flow, spans, level)
            case Paragraph(spans, lead):
                role = Role.Paragraph
                flow.add(self._pool.prose(spans, LEAD if lead else BODY, role), 12, 640 if lead else MEASURE)
            case Steps(items):
                self._steps(flow, items)
            case Bullets(items):
                self._bullets(flow, items)
            case Table():
                self._table(flow, block)
            case Callout():
                self._callout(flow, block)
            case Figure():
                self._figure(flow, block)
            case Unknown(_, text):
                flow.add(self._pool.prose(text), 12, MEASURE)

    def _heading(self, flow: Flow, spans: Spans, level: int, gap: float = 26) -> None:
        style = HEADING if level <= 2 else SUBHEADING
        heading = self._pool.prose(spans, style, Role.Heading)
        self.headings.append(heading)
        flow.add(heading, gap)

    def _steps(self, flow: Flow, items: tuple[tuple[Block, ...], ...]) -> None:
        box = self._pool.box(Role.List)
        for number, item in enumerate(items, 1):
            step = self._pool.step(number, number == len(items), to_text(item))
            self._in_a_row(step, item)
            box.add(step, 0)
        flow.add(box, 14)

    def _bullets(self, flow: Flow, items: tuple[tuple[Block, ...], ...]) -> None:
        box = self._pool.box(Role.List)
        for item in items:
            bullet = self._pool.bullet(to_text(item))
            self._in_a_row(bullet, item)
            box.add(bullet, 8, MEASURE)
        flow.add(box, 12)

    def _table(self, flow: Flow, table: Table) -> None:
        name = ", ".join(plain(cell) for cell in table.header)
        grid = self._pool.grid(len(table.header), name)
        for header, row in ((True, table.header), *((False, row) for row in table.rows)):
            for above, words in zip(table.header, row, strict=True):
                cell = self._pool.cell(header)
                cell.node_name = plain(words)
                if not header:
                    cell.add(self._pool.prose(above, LABEL))
                cell.add(self._pool.prose(words, CELL_HEAD if header else CELL))
                grid.add(cell)
        flow.add(grid, 16)

    def _callout(self, flow: Flow, box: Callout) -> None:
        part = self._pool.box(Role.Note, box.title)
        part.frame = TONES.get(box.tone, TONES["note"])
        part.padding = (20, 14, 18, 14)
        if box.heading_level:
            self._heading(part, (Span(box.title),), 3, 0)
        elif box.title:
            part.add(self._pool.prose(box.title, BOX_TITLE))
        for block in box.blocks:
            self._block(part, block)
            part.gaps[part.children_in_order[-1]] = CLOSE
        flow.add(part, 16)

    def _figure(self, flow: Flow, figure: Figure) -> None:
        box: Box = self._pool.box(Role.Grouping)
        picture = self._pool.picture()
        size = QSize(figure.width, figure.height)
        picture.show_svg(self._pictures.get(figure.asset, b""), size, figure.alt)
        box.add(picture, 0)
        if figure.caption:
            box.add(self._pool.prose(figure.caption, CAPTION), 6, MEASURE)
        flow.add(box, 18)
