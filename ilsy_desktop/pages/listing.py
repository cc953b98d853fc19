"""The shelves: all tools, practice examples, words, guides, sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

from ilsy_desktop.pages.parts import BuiltPage, rule, summary_row, title
from ilsy_desktop.widgets.prose import HEADING, LEAD, SMALL

if TYPE_CHECKING:
    from ilsy_desktop.services.contents import ListContent
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.pool import Pool

Role = QAccessible.Role


class ListPage:
    """Builds a shelf."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def build(self, canvas: Box, content: ListContent) -> BuiltPage:
        """Fill the canvas with a shelf."""
        pool = self._pool
        canvas.content_width = 860
        canvas.padding = (28, 22, 28, 32)
        heading = title(pool, canvas, content.title)
        canvas.add(pool.prose(content.lead, LEAD), 6, 720)
        for words, entries in content.groups:
            if words:
                canvas.add(pool.prose(words, HEADING, Role.Heading), 26)
            rows = pool.box(Role.List, words or content.title)
            for entry in entries:
                rows.add(rule(pool), 0)
                rows.add(summary_row(pool, entry, content.labels), 0)
            if not entries:
                rows.add(pool.prose("Nothing is on this shelf yet.", SMALL))
            canvas.add(rows, 8)
        if content.planned_words:
            canvas.add(pool.prose(content.planned_words, SMALL), 20)
        return BuiltPage(content.title, heading)
