"""Read the word lists of the search: synonyms, variants, and the words that lead with a box."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from content_pack.build.complaints import Complaint
from content_pack.build.lists import wrong_cells
from content_pack.build.sources import Unreadable, read_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_COLUMNS = {
    "synonyms.tsv": ("typed", "also", "both_ways"),
    "variants.tsv": ("forms",),
    "unsafe.tsv": ("words", "most", "unless"),
    "not-ours.tsv": ("words", "most", "unless"),
}
_LEAST = {"synonyms.tsv": 2}  # cells; empty ones at the end of a line may be left out
_PATTERN_WORD = re.compile(r"[a-z0-9_]+\*?")
_SIGNALS = ("unsafe.tsv", "not-ours.tsv")
_WORDS = "write plain words in small letters, with a * only at the end of one"
_MOST = "write the highest number of words in a query, in digits, or nothing"
_FORMS = "write two forms or more, with a semicolon between: centre; center"


class _Cell(NamedTuple):
    """What a cell of some lists holds: whether it fits, and what to write."""

    lists: tuple[str, ...]
    column: str
    fits: Callable[[str], object]
    write: str


def read_search_lists(folder: Path, shown: str) -> tuple[dict[str, list[list[str]]], list[Complaint]]:
    """The rows of each word list in `folder`, which complaints call `shown`, and what is wrong in them."""
    complaints: list[Complaint] = []
    return {name: _read(folder / name, f"{shown}/{name}", complaints) for name in _COLUMNS}, complaints


def parts_of(cell: str) -> list[str]:
    """The entries of a cell, which stand with a semicolon between."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def _read(path: Path, shown: str, complaints: list[Complaint]) -> list[list[str]]:
    """The rows of a word list. A line that begins with # is a remark."""
    columns = _COLUMNS[path.name]
    try:
        lines = read_text(path, shown).split("\n")
    except Unreadable as error:
        complaints.append(error.complaint)
        return []
    if lines[0].split("\t") != list(columns):
        write = "write " + ", ".join(columns) + " with a tab between"
        complaints.append(Complaint(shown, 1, "the first line must name the columns", write))
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if wrong := _wrong(path.name, line, cells):
            complaints.append(Complaint(shown, number, *wrong))
        rows.append(cells + [""] * (len(columns) - len(cells)))
    return rows


def _wrong(name: str, line: str, cells: list[str]) -> tuple[str, str] | None:
    """What is wrong with a line, and what to write."""
    columns = _COLUMNS[name]
    if not _LEAST.get(name, 1) <= len(cells) <= len(columns):
        return wrong_cells(line, cells, columns)
    filled = cells + [""] * (len(columns) - len(cells))
    for cell in _CELLS:
        if name in cell.lists and not cell.fits(words := filled[columns.index(cell.column)]):
            return f"{cell.column} “{words}” does not fit", cell.write
    return None


def _is_pattern(words: str) -> bool:
    return all(map(_PATTERN_WORD.fullmatch, words.replace("|", " ").split()))


def _is_most(words: str) -> bool:
    return not words or words.isdigit()


_CELLS = (
    _Cell(("synonyms.tsv",), "typed", parts_of, "write the words that staff type"),
    _Cell(("synonyms.tsv",), "also", parts_of, "write the words that are searched as well, after a tab"),
    _Cell(("synonyms.tsv",), "both_ways", ("", "yes").__contains__, "write yes where it holds both ways, else nothing"),
    _Cell(("variants.tsv",), "forms", lambda words: len(parts_of(words)) > 1, _FORMS),
    _Cell(_SIGNALS, "words", lambda words: words and _is_pattern(words), _WORDS),
    _Cell(_SIGNALS, "most", _is_most, _MOST),
    _Cell(_SIGNALS, "unless", lambda words: "|" not in words and _is_pattern(words), f"{_WORDS}, or nothing"),
)
