"""A fill-in sheet as a Word document: true headings and tables, boxes to tick, and the sheet's own footer."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt, RGBColor

from content_pack.build.paper_data import foot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_LANGUAGE = "en-GB"
_FONT = "Arial"  # on every NHS PC
_INK = RGBColor(0x16, 0x23, 0x2E)
_WASH = "F0F0F0"
_LINE, _ROW = Cm(0.64), Cm(0.74)
_HAND = 0.8  # cm that one line of handwriting takes
_LETTER, _PADDING = Cm(0.26), Cm(0.5)  # of a bold heading of a column, and beside it in its cell
_A4 = Cm(21), Cm(29.7)
_MARGIN, _TOP, _BOTTOM = Cm(1.8), Cm(1.4), Cm(1.9)
_STYLES = (
    "Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Subtitle", "heading 1", "heading 2",
    "footer", "Table Grid",
)  # fmt: skip
_SIZES = {"Title": 20.0, "Subtitle": 11.5, "Heading 2": 13.0, "Footer": 8.0}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TICK = (
    f'<w:sdt xmlns:w="{_WORD}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr>'
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
    '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic"/></w:rPr><w:t>☐</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)


def word_document(sheet: Mapping[str, Any]) -> bytes:
    """The document of a sheet, given as the data of its paper; `office.settled` makes it fit for a pack."""
    document = docx.Document(io.BytesIO(_template()))
    _set_page(document, sheet)
    document.add_paragraph(sheet["title"], style="Title")
    if sheet["method"]:
        document.add_paragraph(sheet["method"], style="Subtitle")
    after_table = False
    for part in sheet["form"]:
        after_table = _add(document, part["name"], part["content"], after_table)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


@cache
def _template() -> bytes:
    """An empty document with the styles of our sheets."""
    document = docx.Document()
    _shed(document)
    _set_styles(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _shed(document: Document) -> None:
    """Take out what the library's template brings and nobody sees: most of its size."""
    part = document.part
    for rels in (part.rels, part.package.rels if part.package else {}):
        for name, rel in list(rels.items()):
            if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml")):
                del rels[name]
    styles = document.styles.element
    for style in list(styles):
        name = style.find(qn("w:name"))
        if style.tag == qn("w:latentStyles") or (name is not None and name.get(qn("w:val")) not in _STYLES):
            styles.remove(style)


def _set_styles(document: Document) -> None:
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), _FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), _LANGUAGE)
        language.set(qn("w:eastAsia"), _LANGUAGE)
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), _LANGUAGE)
    normal = document.styles["Normal"]
    normal.font.size, normal.font.color.rgb = Pt(10.5), _INK
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.0
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(size), _INK, False
        style.font.bold = name in ("Title", "Heading 2")
        style.paragraph_format.space_before = Pt(8 if name == "Heading 2" else 0)
        style.paragraph_format.space_after = Pt(3)
    for ornament in [*document.styles.element.iter(qn("w:pBdr"), qn("w:spacing"))]:
        if ornament.tag == qn("w:pBdr") or ornament.getparent().tag == qn("w:rPr"):
            ornament.getparent().remove(ornament)
    # The title is the one heading of the first level, for those who move from heading to heading.
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    document.styles["Title"].element.get_or_add_pPr().append(level)


def _set_page(document: Document, sheet: Mapping[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _A4
    if sheet["landscape"]:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin = _TOP, _BOTTOM
    section.footer_distance = Cm(0.8)
    section.footer.paragraphs[0].text = foot(sheet)


def _add(document: Document, name: str, content: Any, after_table: bool) -> bool:
    """Add one part of the sheet; whether it ended with a table, which the next must not run into."""
    if name in ("note", "text", "heading", "choice"):
        return _add_words(document, name, content)
    if name == "table" and content["label"]:
        _label(document, content["label"])
    elif after_table:
        document.add_paragraph().paragraph_format.line_spacing = Pt(4)
    if name == "table":
        header = [(words, "") for words in content["columns"]]
        _grid(document, header, content["rows"], _ROW, content["first"], content["widths"])
    else:
        fields = [content] if name == "field" else content
        height = Cm(max(_HAND, _LINE.cm * max(field["lines"] for field in fields)))
        _grid(document, [(field["label"], field["hint"]) for field in fields], 1, height)
    return True


def _add_words(document: Document, name: str, content: Any) -> bool:
    if name == "heading":
        document.add_paragraph(content, style="Heading 2")
    elif name == "text":
        document.add_paragraph(content).paragraph_format.space_before = Pt(4)
    elif name == "note":
        _note(document, content)
    else:
        return _choice(document, content)
    return False


def _note(document: Document, words: str) -> None:
    """A shaded paragraph; a question at its beginning stands out."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(4)
    question, mark, rest = words.partition("? ")
    if mark:
        paragraph.add_run(f"{question}? ").bold = True
    paragraph.add_run(rest or words)
    properties = paragraph._p.get_or_add_pPr()  # the library has no way to shade a paragraph
    properties.append(_shading())


def _shading() -> Any:
    shading = OxmlElement("w:shd")
    for name, value in {"val": "clear", "color": "auto", "fill": _WASH}.items():
        shading.set(qn(f"w:{name}"), value)
    return shading


def _label(document: Document, words: str) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(words).bold = True
    return paragraph


def _choice(document: Document, choice: Mapping[str, Any]) -> bool:
    """Boxes to tick in a line, and a box for the reason; whether it ended with that."""
    paragraph = _label(document, choice["label"])
    for option in choice["options"]:
        paragraph.add_run("   ")
        paragraph._p.append(parse_xml(_TICK))  # the library has no boxes to tick
        paragraph.add_run(_together(f" {option}"))
    if choice["because"]:
        _grid(document, [("Because", "")], 1, _LINE)
    return bool(choice["because"])


def _together(words: str) -> str:
    """Words that stay on one line, as a box to tick and what it stands for should."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _grid(
    document: Document,
    header: Sequence[tuple[str, str]],
    rows: int,
    height: Cm,
    first: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> None:
    """A table with a header row of labels and hints, and empty rows of a height; `first` fills the first column."""
    table = document.add_table(1 + rows, len(header), style="Table Grid")
    section = document.sections[0]
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    table.autofit = False
    lines = list(table.rows)
    _header(lines[0], header)
    for number, line in enumerate(lines[1:]):
        line.height, line.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
        _keep_whole(line)
        if number < len(first):
            line.cells[0].text = first[number]
    texts = [[words] for words, _ in header]
    texts[0] += first
    _set_widths(table, _shared_out(room, widths or [1] * len(header), texts))


def _header(line: _Row, header: Sequence[tuple[str, str]]) -> None:
    repeat = OxmlElement("w:tblHeader")
    line._tr.get_or_add_trPr().append(repeat)  # the library cannot mark a header row
    _keep_whole(line)
    for cell, (words, hint) in zip(line.cells, header, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(words).bold = True
        if hint:
            paragraph.add_run(f"  {hint}").font.size = Pt(9)
        cell._tc.get_or_add_tcPr().append(_shading())  # nor shade a cell


def _keep_whole(line: _Row) -> None:
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # nor keep a row together


def _shared_out(room: int, shares: Sequence[int], texts: Sequence[Sequence[str]]) -> list[int]:
    """The room shared out as asked for, but no column narrower than its longest word."""
    longest = [max(len(word) for words in column for word in words.split()) for column in texts]
    least = [int(_PADDING + _LETTER * letters) for letters in longest]
    fair = [room * share // sum(shares) for share in shares]
    narrow = [fair[index] < width for index, width in enumerate(least)]
    rest = room - sum(width for width, is_narrow in zip(least, narrow, strict=True) if is_narrow)
    others = sum(share for share, is_narrow in zip(shares, narrow, strict=True) if not is_narrow) or 1
    return [
        width if is_narrow else rest * share // others
        for width, share, is_narrow in zip(least, shares, narrow, strict=True)
    ]


def _set_widths(table: Table, widths: Sequence[int]) -> None:
    """Word heeds the width of each cell, other programs that of the column."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    cells: list[_Cell] = [cell for line in table.rows for cell in line.cells]
    for index, cell in enumerate(cells):
        cell.width = Emu(widths[index % len(widths)])
