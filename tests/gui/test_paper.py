"""Paper: the print page shows what will be printed; printing and saving give the very PDF of the pack."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest
from driving import Ctrl, Key
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from content_pack import open_pack
from ilsy_desktop.services.paper import PaperError, page_images, paint_pdf, printers

if TYPE_CHECKING:
    from pathlib import Path

    from driving import Visitor
    from PySide6.QtGui import QImage


def has_ink(image: QImage) -> bool:
    """Whether something dark stands on a light page."""
    columns, rows = range(0, image.width(), 3), range(0, image.height(), 3)
    shades = [image.pixelColor(x, y).lightness() for y in rows for x in columns]
    return min(shades) < 100 and max(shades) > 240


def paper_of(pack_file: Path, kind: str, role: str = "page") -> tuple[str, bytes]:
    """The slug of the first page of a kind with this form on paper, and the PDF."""
    with open_pack(pack_file) as pack:
        for summary in pack.items(kind=kind):
            for asset in pack.item(summary.slug).assets:
                if asset.role == role and asset.media_type == "application/pdf":
                    return summary.slug, pack.asset(asset.path)
    pytest.fail(f"no {kind} of this library has a PDF of role {role}")


@pytest.mark.parametrize("kind", ["tool", "example", "stage", "material", "guide"])
def test_the_print_page_shows_every_page_of_the_paper(visitor: Visitor, standard_pack: Path, kind: str) -> None:
    slug, pdf = paper_of(standard_pack, kind)
    visitor.open(f"print/{slug}")
    pictures = visitor.pictures()
    assert len(pictures) == len(page_images(pdf))
    assert all(has_ink(picture.grab().toImage()) for picture in pictures)
    assert f"{len(pictures)} page" in visitor.words()


def test_ctrl_p_leads_from_a_page_to_its_paper(visitor: Visitor) -> None:
    visitor.open("tool/pdsa")
    with visitor.arrival("print/pdsa"):
        visitor.press(Key.Key_P, Ctrl)
    assert visitor.headings()[0].startswith("Print: ")


def test_ctrl_p_where_nothing_can_be_printed_changes_nothing(visitor: Visitor) -> None:
    visitor.open("tools")
    visitor.press(Key.Key_P, Ctrl)
    assert visitor.route == "tools"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_save_as_pdf_writes_the_very_pdf_of_the_pack(visitor: Visitor, standard_pack: Path, tmp_path: Path) -> None:
    slug, pdf = paper_of(standard_pack, "material")
    visitor.open(f"print/{slug}")
    save(visitor, tmp_path / "sheet")
    assert (tmp_path / "sheet.pdf").read_bytes() == pdf
    assert f"Saved as {tmp_path / 'sheet.pdf'}" in visitor.words()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_large_print_is_offered_shown_and_saved(visitor: Visitor, standard_pack: Path, tmp_path: Path) -> None:
    slug, pdf = paper_of(standard_pack, "material", "large")
    visitor.open(f"print/{slug}")
    visitor.follow("Large print")
    assert len(visitor.pictures()) == len(page_images(pdf))
    save(visitor, tmp_path / "large.pdf")
    assert (tmp_path / "large.pdf").read_bytes() == pdf


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_file_to_edit_is_offered_and_saved(visitor: Visitor, standard_pack: Path, tmp_path: Path) -> None:
    with open_pack(standard_pack) as pack:
        items = [pack.item(summary.slug) for summary in pack.items(kind="material")]
        item, file = next((item, asset) for item in items for asset in item.assets if asset.role == "editable")
        content = pack.asset(file.path)
    visitor.open(f"print/{item.slug}")
    offered = [button for button in visitor.buttons() if "edit" in button.accessibleName().lower()]
    dialog = ask_where(visitor, offered[0].accessibleName())
    target = tmp_path / f"mine{PurePath(file.path).suffix}"
    with visitor.arrival():
        dialog.fileSelected.emit(str(target))
        dialog.reject()
    assert target.read_bytes() == content
    assert f"Saved as {target}" in visitor.words()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_saving_can_be_left_alone(visitor: Visitor, standard_pack: Path) -> None:
    slug, _ = paper_of(standard_pack, "material")
    visitor.open(f"print/{slug}")
    before = visitor.words()
    ask_where(visitor).reject()
    assert visitor.words() == before


def ask_where(visitor: Visitor, words: str = "Save as PDF") -> QFileDialog:
    """Press a button that saves; the dialog that asks where to."""
    visitor.click(visitor.button(words))
    shown = [
        window for window in QApplication.topLevelWidgets() if isinstance(window, QFileDialog) and window.isVisible()
    ]
    assert len(shown) == 1, "a dialog asks where to save"
    return shown[0]


def save(visitor: Visitor, path: Path) -> None:
    """Save as PDF under a name that is typed into the dialog."""
    dialog = ask_where(visitor)
    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert field is not None
    field.setText(str(path))
    with visitor.arrival():
        dialog.accept()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_place_that_cannot_be_written_is_named(visitor: Visitor, standard_pack: Path, tmp_path: Path) -> None:
    slug, _ = paper_of(standard_pack, "material")
    visitor.open(f"print/{slug}")
    (tmp_path / "file").write_bytes(b"")
    dialog = ask_where(visitor)
    with visitor.arrival():
        dialog.fileSelected.emit(str(tmp_path / "file" / "sheet.pdf"))
        dialog.reject()
    assert "could not be saved" in visitor.words()
    assert "Choose another folder" in visitor.words()


def test_without_a_printer_the_page_says_what_to_do(visitor: Visitor) -> None:
    if printers():
        pytest.skip("a printer is set up here")
    visitor.open("print/pdsa")
    assert "No printer is set up" in visitor.words()
    assert "Print" not in [button.accessibleName() for button in visitor.buttons()]


@pytest.mark.parametrize("kind", ["tool", "material"])
def test_printing_draws_every_page_in_full(qapp: object, standard_pack: Path, tmp_path: Path, kind: str) -> None:
    _, pdf = paper_of(standard_pack, kind)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    paint_pdf(pdf, printer)
    printed, shipped = page_images((tmp_path / "printed.pdf").read_bytes(), 96), page_images(pdf, 96)
    assert len(printed) == len(shipped)
    for page, model in zip(printed, shipped, strict=True):
        assert has_ink(page)
        assert abs(page.width() - model.width()) <= 1
        assert abs(page.height() - model.height()) <= 1
        assert share_of_ink(page) == pytest.approx(share_of_ink(model), rel=0.5), "thin lines may come out paler"


def share_of_ink(image: QImage) -> float:
    columns, rows = range(0, image.width(), 2), range(0, image.height(), 2)
    shades = [image.pixelColor(x, y).lightness() for y in rows for x in columns]
    return sum(255 - shade for shade in shades) / (255 * len(shades))


def test_a_broken_pdf_gets_a_sentence(qapp: object) -> None:
    with pytest.raises(PaperError, match=r"cannot be drawn\. Tell IT"):
        page_images(b"%PDF-1.7 and no more")


def test_a_page_without_paper_says_so(visitor: Visitor, standard_pack: Path) -> None:
    with open_pack(standard_pack) as pack:
        term = pack.items(kind="term")[0]
    visitor.open(f"print/{term.slug}")
    assert "There is no printed form of this page." in visitor.words()
