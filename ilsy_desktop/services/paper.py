"""Paper: pages of a shipped PDF as pictures for the preview, and the same PDF to a printer or a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter

PREVIEW_DPI, PRINT_DPI, LETTERS = 110, 300, 72


class PaperError(Exception):
    """Printing or saving did not work; the message is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer of this PC."""

    name: str
    words: str
    default: bool


def page_images(pdf: bytes, dpi: int = PREVIEW_DPI) -> list[QImage]:
    """Every page of a PDF as a picture. Raises PaperError when it cannot be drawn."""
    import pypdfium2  # noqa: PLC0415 - start-up: only printing needs it

    images = []
    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for page in document:
                bitmap = page.render(scale=dpi / LETTERS, rev_byteorder=True)
                size, data = (bitmap.width, bitmap.height), bytes(cast("bytes", bitmap.buffer))
                layout = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
                images.append(QImage(data, *size, bitmap.stride, layout).copy())
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise PaperError("This sheet cannot be drawn. Tell IT: the library file may be damaged.") from error
    return images


def printers() -> list[Printer]:
    """The printers of this PC, the default one first."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - start-up: only printing needs it

    usual = QPrinterInfo.defaultPrinterName()
    found = [
        Printer(info.printerName(), info.description() or info.printerName(), info.printerName() == usual)
        for info in QPrinterInfo.availablePrinters()
    ]
    return sorted(found, key=lambda printer: not printer.default)


def print_pdf(pdf: bytes, title: str, printer_name: str, copies: int) -> None:
    """Send a PDF to a printer, page by page, at full size. Raises PaperError when the printer refuses."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415 - only printing needs it

    printer = QPrinter(QPrinterInfo.printerInfo(printer_name), QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    printer.setFullPage(True)
    paint_pdf(pdf, printer)


def paint_pdf(pdf: bytes, device: QPrinter) -> None:
    """Draw every page of a PDF onto a QPrinter. Raises PaperError when it cannot be opened."""
    from PySide6.QtCore import QMarginsF  # noqa: PLC0415 - only printing needs it
    from PySide6.QtGui import QPageLayout, QPageSize  # noqa: PLC0415

    images = page_images(pdf, PRINT_DPI)
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    wide = images[0].width() > images[0].height()
    layout = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    device.setPageOrientation(layout)
    device.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter()
    if not painter.begin(device):
        raise PaperError("The printer did not answer. Check that it is on, or choose another one.")
    try:
        for number, image in enumerate(images):
            if number and not device.newPage():
                raise PaperError("The printer stopped in the middle. Check its paper, then print again.")
            painter.drawImage(painter.viewport(), image)
    finally:
        painter.end()


def save_file(content: bytes, path: Path) -> None:
    """Write a file where the person chose. Raises PaperError when that folder cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise PaperError(f"The file could not be saved as {path}: {error.strerror}. Choose another folder.") from error
