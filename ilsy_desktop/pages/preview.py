"""What will be printed, and where to: the pages as pictures, a choice of printer, save as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QSpinBox

from ilsy_desktop.pages.parts import ASIDE_LINK, BuiltPage, link_line, title
from ilsy_desktop.widgets.columns import PageColumns
from ilsy_desktop.widgets.prose import LABEL, LEAD, SMALL

if TYPE_CHECKING:
    from ilsy_desktop.services.contents import PrintContent
    from ilsy_desktop.services.paper import Printer
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.pool import Pool

Role = QAccessible.Role
MOST_COPIES = 60


class PreviewPage:
    """Builds the print page. `printer_name` and `copies` are the present choices."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._columns = PageColumns(pool.look)
        self._choice = QComboBox(pool)
        self._choice.setAccessibleName("Printer")
        self._copies = QSpinBox(pool)
        self._copies.setRange(1, MOST_COPIES)
        self._copies.setAccessibleName("Copies")

    @property
    def printer_name(self) -> str:
        """The printer that is chosen, or ""."""
        return str(self._choice.currentData() or "")

    @property
    def copies(self) -> int:
        """How many copies."""
        return self._copies.value()

    def build(self, canvas: Box, content: PrintContent, printers: list[Printer], said: str) -> BuiltPage:
        """Fill the canvas with the pages and the choices; `said` is what came of the last try."""
        pool, columns = self._pool, self._columns
        canvas.padding = (28, 22, 28, 32)
        canvas.add(columns)
        heading = title(pool, columns.head, f"Print: {content.title}")
        count = len(content.pages)
        columns.head.add(pool.prose(f"{count} page{'' if count == 1 else 's'}, A4. Black and white is fine.", LEAD), 4)
        for number, image in enumerate(content.pages, 1):
            picture = pool.picture()
            picture.show_image(image, f"Page {number} of {count}, as it will be printed")
            columns.body.add(picture, 16)
        self._printing(printers, said)
        columns.buttons.add(pool.button("Save as PDF", "action:save-pdf"), 10)
        for number, file in enumerate(content.editable):
            columns.buttons.add(pool.button(file.words, f"action:save-file={number}"), 8)
        for role, words in content.other:
            columns.boxes.add(pool.prose(link_line(words, f"action:role={role}"), ASIDE_LINK), 10)
        return BuiltPage(f"Print: {content.title}", heading)

    def _printing(self, printers: list[Printer], said: str) -> None:
        pool, buttons = self._pool, self._columns.buttons
        if said:
            buttons.add(pool.prose(said, ASIDE_LINK), 0)
        self._choice.clear()
        for printer in printers:
            self._choice.addItem(printer.words, printer.name)
        if not printers:
            words = "No printer is set up for this login. Save the PDF, or ask IT to add a printer."
            buttons.add(pool.prose(words, SMALL), 8)
            return
        buttons.add(pool.prose("Printer", LABEL), 8)
        buttons.add(self._choice, 2)
        buttons.add(pool.prose("Copies", LABEL), 8)
        buttons.add(self._copies, 2)
        buttons.add(pool.button("Print", "action:print", main=True), 12)
