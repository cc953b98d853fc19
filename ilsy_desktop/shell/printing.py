"""What the print page offers to do: print, save as PDF, and say what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from ilsy_desktop.services.paper import PaperError, print_pdf, printers, save_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ilsy_desktop.pages.parts import BuiltPage
    from ilsy_desktop.pages.preview import PreviewPage
    from ilsy_desktop.services.contents import PrintContent
    from ilsy_desktop.widgets.boxes import Box


class Printing(QObject):
    """Acts for the print page. `said` follows when there is something new to say on it."""

    said = Signal()

    def __init__(self, page: PreviewPage, window: QWidget) -> None:
        super().__init__(window)
        self._page, self._window = page, window
        self._content: PrintContent | None = None
        self._said = ""
        self._saving = b""

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
        if self._content is not None:
            self._ask(f"{self._content.slug}.pdf", self._content.pdf)

    def save_editable(self, number: int) -> None:
        """Ask where to, then save a file to edit there."""
        if self._content is not None and number < len(self._content.editable):
            file = self._content.editable[number]
            self._ask(file.file_name, file.content)

    def _ask(self, file_name: str, content: bytes) -> None:
        """Ask for a place in a dialog that does not block the window, and save there."""
        self._saving = content
        suffix = file_name.rpartition(".")[2]
        place = QStandardPaths.StandardLocation.DocumentsLocation
        proposed = Path(QStandardPaths.writableLocation(place)) / file_name
        dialog = QFileDialog(self._window, "Save", str(proposed), f"{suffix.upper()} (*.{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.fileSelected.connect(self.save_to)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def save_to(self, path: str) -> None:
        """Save what was asked for at this path and say what came of it."""
        try:
            save_file(self._saving, Path(path))
        except PaperError as error:
            self._say(str(error))
        else:
            self._say(f"Saved as {path}.")

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.said.emit()
