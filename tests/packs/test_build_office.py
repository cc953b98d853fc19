"""The editable files of sheets, read as Word and a spreadsheet program would read them."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import docx
import pytest
from building import change, copy_of_small
from docx.shared import Cm

from content_pack import open_pack
from content_pack.build.commands import Wish, build
from content_pack.build.office import settled

if TYPE_CHECKING:
    from pathlib import Path

    from content_pack.reader import Pack

SHEET = "materials/tea-round-sheet.md"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GRID = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def editable(pack: Pack) -> tuple[str, bytes]:
    (asset,) = (asset for asset in pack.item("tea-round-sheet").assets if asset.role == "editable")
    return asset.path, pack.asset(asset.path)


@pytest.fixture
def document(small_pack: Path) -> Any:
    with open_pack(small_pack) as pack:
        path, content = editable(pack)
    assert path == "paper/tea-round-sheet.docx"
    return docx.Document(io.BytesIO(content))


@pytest.fixture
def workbook(tmp_path: Path) -> zipfile.ZipFile:
    folder = copy_of_small(tmp_path)
    change(folder / SHEET, "licence: CC BY 4.0", "licence: CC BY 4.0\nspreadsheet: true")
    target = tmp_path / "made.ilsypack"
    build(Wish(folder, target, cached=False))
    with open_pack(target) as pack:
        path, content = editable(pack)
    assert path == "paper/tea-round-sheet.xlsx"
    return zipfile.ZipFile(io.BytesIO(content))


def cells(document: Any) -> list[list[list[str]]]:
    """The words of each cell of each row of each table."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def test_a_sheet_is_a_document_with_headings_and_text(document: Any) -> None:
    paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.text]
    assert paragraphs[:2] == [("Title", "Tea round sheet"), ("Subtitle", "Tea round walk")]
    assert ("Heading 2", "On the way") in paragraphs
    assert any(words.startswith("First: could this go wrong for anyone? Hot tea scalds.") for _, words in paragraphs)
    assert document.core_properties.title == "Tea round sheet"
    languages = {language.get(f"{WORD}val") for language in document.styles.element.iter(f"{WORD}lang")}
    assert languages == {"en-GB"}


def test_fields_and_tables_are_word_tables_with_a_header_row(document: Any) -> None:
    assert cells(document) == [
        [["Where and when", "Who pushes (job)"], ["", ""]],
        [["Door", "Waited", "What we saw"], ["1", "", ""], ["2", "", ""], *[["", "", ""]] * 4],
        [["Because"], [""]],
        [["What surprised us  write it the same day"], [""]],
    ]
    for table in document.tables:
        assert len(list(table._tbl.iter(f"{WORD}tblHeader"))) == 1
    three_lines, one_line = document.tables[3].rows[1].height, document.tables[0].rows[1].height
    assert one_line >= Cm(0.8)  # room for handwriting
    assert three_lines > 2 * one_line


def test_tables_never_run_into_each_other(document: Any) -> None:
    kinds = [part.tag.removeprefix(WORD) for part in document.element.body]
    assert all(pair != ("tbl", "tbl") for pair in pairwise(kinds))


def test_a_choice_has_boxes_to_tick(document: Any) -> None:
    (choice,) = (p for p in document.paragraphs if p.text.startswith("Next time"))
    words = "".join(node.text for node in choice._p.iter(f"{WORD}t"))
    assert words == "Next time   ☐\N{NO-BREAK SPACE}keep   ☐\N{NO-BREAK SPACE}change   ☐\N{NO-BREAK SPACE}drop"
    assert len(list(choice._p.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"))) == 3


def test_its_foot_says_where_it_comes_from_and_what_not_to_write(document: Any) -> None:
    (foot,) = (paragraph.text for paragraph in document.sections[0].footer.paragraphs)
    assert foot == (
        "M1 · revised 24 November 2026 · ILSY Improvement Learning South Yorkshire · CC BY 4.0 · "
        "No names, hospital numbers or dates of birth on this sheet · Draft for ILSY review"
    )


def test_it_is_an_upright_a4_page_unless_the_sheet_lies_on_its_side(document: Any, tmp_path: Path) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    folder = copy_of_small(tmp_path)
    change(folder / SHEET, "rows: 6", "rows: 3")
    change(folder / SHEET, "licence: CC BY 4.0", "licence: CC BY 4.0\nlandscape: true")
    build(Wish(folder, tmp_path / "made.ilsypack", cached=False))
    with open_pack(tmp_path / "made.ilsypack") as pack:
        section = docx.Document(io.BytesIO(editable(pack)[1])).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_no_column_is_narrower_than_its_longest_word(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / SHEET, "widths: [1, 1, 4]", "widths: [1, 1, 40]")
    build(Wish(folder, tmp_path / "made.ilsypack", cached=False))
    with open_pack(tmp_path / "made.ilsypack") as pack:
        table = docx.Document(io.BytesIO(editable(pack)[1])).tables[1]
    door, waited, saw = (cell.width.mm for cell in table.rows[0].cells)
    assert waited > 6 * 2.5  # letters of 2.5 mm
    assert door > 4 * 2.5
    assert door + waited + saw == pytest.approx(174, abs=0.1)


def test_a_log_is_a_spreadsheet_with_a_table_that_grows(workbook: zipfile.ZipFile) -> None:
    strings = ET.fromstring(workbook.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
    words = [node.text for node in strings.iter(f"{GRID}t")]
    for part in ("Tea round sheet", "Where and when", "Waited", "What surprised us (write it the same day)"):
        assert part in words
    table = ET.fromstring(workbook.read("xl/tables/table1.xml"))  # noqa: S314
    assert [column.get("name") for column in table.iter(f"{GRID}tableColumn")] == ["Door", "Waited", "What we saw"]
    first, last = (table.get("ref") or "").split(":")
    assert int(last[1:]) - int(first[1:]) == 60
    sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert "M1 · revised 24 November 2026" in sheet
    assert "No names, hospital numbers or dates of birth" in sheet
    assert '"keep,change,drop"' in sheet


@pytest.mark.parametrize("slug", ["tea-log", "tea-register"])
def test_logs_and_registers_are_spreadsheets_by_their_name(tmp_path: Path, slug: str) -> None:
    folder = copy_of_small(tmp_path)
    for file in (SHEET, "tools/tea-round.md", "codes.tsv"):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace("tea-round-sheet", slug), encoding="utf-8")
    (folder / SHEET).rename(folder / "materials" / f"{slug}.md")
    build(Wish(folder, tmp_path / "made.ilsypack", cached=False))
    with open_pack(tmp_path / "made.ilsypack") as pack:
        assert [asset.path for asset in pack.item(slug).assets if asset.role == "editable"] == [f"paper/{slug}.xlsx"]


def test_nothing_of_the_clock_or_the_machine_stays_in_it(workbook: zipfile.ZipFile, small_pack: Path) -> None:
    with open_pack(small_pack) as pack:
        document = zipfile.ZipFile(io.BytesIO(editable(pack)[1]))
    for file in (workbook, document):
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.namelist() == sorted(file.namelist())
        properties = file.read("docProps/core.xml").decode()
        assert "<dc:title>Tea round sheet</dc:title><dc:language>en-GB</dc:language>" in properties
        assert not any(word in properties for word in ("creator", "created", "modified", "By"))


def test_the_order_and_dates_of_members_make_no_difference() -> None:
    files = []
    for year, names in ((2001, ["b.xml", "a.xml"]), (2026, ["a.xml", "b.xml"])):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED if year == 2001 else zipfile.ZIP_STORED) as new:
            for name in names:
                new.writestr(zipfile.ZipInfo(name, (year, 2, 3, 4, 5, 6)), f"of {name}")
        files.append(settled(made.getvalue(), "Tea & cake"))
    assert files[0] == files[1]
