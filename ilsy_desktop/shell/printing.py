"""What the print page offers to do: print, save as PDF, and say what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog

from ilsy_desktop.services.paper import PaperError, print_pdf, printers, save_pdf

if TYPE_CHECKING:
    from ilsy_desktop.pages.parts import BuiltPage
    from ilsy_desktop.pages.preview import PreviewPage
    from ilsy_desktop.services.contents import PrintContent
    from ilsy_desktop.widgets.boxes import Box


class Printing(QObject):
    """Acts for the print page. `said` follows when there is something new to say on it."""

    said = Signal()

    def __init__(self, page: PreviewPage) -> None:
        super().__init__()
        self._page = page
        self._content: PrintContent | None = None
        self._said = ""

    def build(self, canvas: Box, content: PrintContent) -> BuiltPage:
        """Fill the canvas with the print page of this content."""
        if content is not self._content:
            self._content, self._said = content, ""
        return self._page.build(canvas, content, printers(), self._said)

    def print(self) -> None:
        """Send the sheet to the chosen printer."""
        if self._content is None or not self._page.printer_name:
            return
        try:
            print_pdf(self._content.pdf, self._content.title, self._page.printer_name, self._page.copies)
        except PaperError as error:
            self._say(str(error))
        else:
            self._say("Sent to the printer.")

    def save(self) -> None:
        """Ask where to, then save the PDF there."""
        if self._content is None:
            return
        place = QStandardPaths.StandardLocation.DocumentsLocation
        name = Path(QStandardPaths.writableLocation(place)) / f"{self._content.slug}.pdf"
        dialog = QFileDialog(None, "Save as PDF", str(name), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Save the PDF at this path and say what came of it."""
        if self._content is None:
            return
        try:
            save_pdf(self._content.pdf, Path(path))
        except PaperError as error:
            self._say(str(error))
        else:
            self._say(f"Saved as {path}.")

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.said.emit()
