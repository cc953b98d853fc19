"""A fill-in sheet as a spreadsheet, for logs and registers that go on from week to week."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter

from content_pack.build.paper_data import foot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FONT = "Arial"
_ARROW = 3  # letters that the arrow of a filter covers
_LEAST_ROWS = 60  # a log goes on; a printed page of it ends much sooner
_LETTERS = {False: 80, True: 122}  # that stand side by side across an A4 page, upright or on its side
_NAME = 31  # letters that the name of a sheet may have
_LINE = 15  # points
_A4 = 9


def spreadsheet(sheet: Mapping[str, Any]) -> bytes:
    """The workbook of a sheet, given as the data of its paper; `office.settled` makes it fit for a pack."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        _Writing(book, sheet).write()
    return made.getvalue()


class _Writing:
    """One worksheet, filled from the top."""

    def __init__(self, book: Any, sheet: Mapping[str, Any]) -> None:
        self._sheet = sheet
        self._page = book.add_worksheet(_tab(sheet["title"]))
        self._widths = _widths(sheet)
        self._row = 0
        self._tables = 0
        plain = {"font_name": _FONT, "font_size": 11, "text_wrap": True, "valign": "top"}
        self._plain = book.add_format(plain)
        self._bold = book.add_format({**plain, "bold": True})
        self._title = book.add_format({**plain, "bold": True, "font_size": 18})
        self._note = book.add_format({**plain, "bg_color": "#F0F0F0"})
        self._head = book.add_format({**plain, "bold": True, "bg_color": "#F0F0F0", "border": 1})
        self._blank = book.add_format({**plain, "border": 1})

    def write(self) -> None:
        self._set_page()
        self._line(self._sheet["title"], self._title, 26)
        if self._sheet["method"]:
            self._line(self._sheet["method"], self._plain)
        # Tables come last, so that they can grow.
        for part in sorted(self._sheet["form"], key=lambda part: part["name"] == "table"):
            self._part(part["name"], part["content"])

    def _set_page(self) -> None:
        page = self._page
        for column, width in enumerate(self._widths):
            page.set_column(column, column, width)
        page.set_paper(_A4)
        if self._sheet["landscape"]:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.9)
        page.set_footer(
            "&L&8" + foot(self._sheet).replace("&", "&&").replace(" · ILSY", "\nILSY").replace(" · No", "\nNo")
        )

    def _part(self, name: str, content: Any) -> None:
        if name == "table":
            self._table(content)
        elif name == "choice":
            self._choice(content)
        elif name == "field":
            self._field(content)
        elif name == "row":
            for field in content:
                self._field(field)
        else:
            self._line(content, {"note": self._note, "heading": self._bold}.get(name, self._plain))

    def _line(self, words: str, shape: Any, height: int = _LINE) -> None:
        """Words across all columns, as many lines high as they need."""
        if len(self._widths) > 1:
            self._page.merge_range(self._row, 0, self._row, len(self._widths) - 1, words, shape)
        else:
            self._page.write_string(self._row, 0, words, shape)
        lines = -(-len(words) // max(1, int(sum(self._widths) * 0.9)))
        self._page.set_row(self._row, height * lines)
        self._row += 1

    def _field(self, field: Mapping[str, Any]) -> None:
        hint = f" ({field['hint']})" if field["hint"] else ""
        self._labelled(field["label"] + hint, field["lines"])

    def _labelled(self, label: str, lines: int) -> None:
        """A label and, beside or below it, a cell to write in."""
        self._line(label, self._bold)
        last = len(self._widths) - 1
        if last:
            self._page.merge_range(self._row, 0, self._row, last, "", self._blank)
        else:
            self._page.write_blank(self._row, 0, None, self._blank)
        self._page.set_row(self._row, _LINE * max(lines, 1) * 1.4)
        self._row += 1

    def _choice(self, choice: Mapping[str, Any]) -> None:
        row = self._row + 1
        self._labelled(choice["label"] + ": " + " · ".join(f"☐ {option}" for option in choice["options"]), 1)
        self._page.data_validation(row, 0, row, 0, {"validate": "list", "source": list(choice["options"])})
        if choice["because"]:
            self._labelled("Because", 1)

    def _table(self, table: Mapping[str, Any]) -> None:
        """A true table that grows as one writes below it; its header row is repeated on each printed page."""
        if table["label"]:
            self._line(table["label"], self._bold)
        top, rows = self._row, max(table["rows"], _LEAST_ROWS)
        columns = [{"header": words, "header_format": self._head} for words in _unlike(table["columns"])]
        self._tables += 1
        shape = {"columns": columns, "style": None, "name": f"Table{self._tables}", "autofilter": True}
        self._page.add_table(top, 0, top + rows, len(columns) - 1, shape)
        room = zip(table["columns"], self._widths, strict=False)
        self._page.set_row(top, _LINE * max(-(-len(words) // max(1, int(wide) - _ARROW)) for words, wide in room))
        for line in range(rows):
            for column in range(len(columns)):
                words = table["first"][line] if column == 0 and line < len(table["first"]) else ""
                self._page.write(top + 1 + line, column, words, self._blank)
        if self._tables == 1:
            self._page.repeat_rows(top)
            self._page.freeze_panes(top + 1, 0)
        self._row = top + rows + 2


def _tab(title: str) -> str:
    """The name of a worksheet: no signs that spreadsheets refuse."""
    return "".join(letter for letter in title if letter not in "[]:*?/\\'’")[:_NAME]


def _widths(sheet: Mapping[str, Any]) -> list[float]:
    """The widths of the columns in letters: those of the widest table, which the other parts run across."""
    tables = [part["content"] for part in sheet["form"] if part["name"] == "table"]
    letters = _LETTERS[sheet["landscape"]]
    if not tables:
        return [float(letters)]
    shares = max((table["widths"] for table in tables), key=len)
    return [max(8.0, letters * share / sum(shares)) for share in shares]


def _unlike(names: Sequence[str]) -> list[str]:
    """The names of columns, told apart, as a table of a spreadsheet asks."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name.lower()] = seen.get(name.lower(), 0)
    unlike = []
    for name in names:
        seen[name.lower()] += 1
        unlike.append(name if seen[name.lower()] == 1 else f"{name} {seen[name.lower()]}")
    return unlike
