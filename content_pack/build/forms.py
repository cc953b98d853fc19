"""Read the source of a fill-in sheet, a list of parts of a few shapes, and of an Easy Read page.

The parts go into the pack as they are read here, for filling in on screen, and to the typesetter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from content_pack.build.values import Unfit, flag, nearest, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Part = dict[str, Any]

_PARTS = "note, text, heading, field, row, choice or table"
_MOST_COLUMNS = 8
_FEWEST_OPTIONS = 2
_TO_FILL_IN = frozenset(("field", "row", "choice", "table"))
LEAST_IDEAS, MOST_IDEAS = 6, 9
_MARKS = re.compile(r"[*_`#\[\]<>]")


def read_form(value: Any) -> tuple[Part, ...]:
    """The parts of a sheet in order, each {name: content}. Raises Unfit with the way to the fault."""
    if not isinstance(value, list) or not value:
        raise Unfit(f"write a list of parts, each one of {_PARTS}")
    parts = tuple(_within(index, _part, entry) for index, entry in enumerate(value))
    if not any(_TO_FILL_IN & set(part) for part in parts):
        raise Unfit("add something to fill in: a field, row, choice or table")
    return parts


def read_easy(value: Any) -> tuple[Part, ...]:
    """The ideas of an Easy Read page in order, each with its runs of words and its picture. Raises Unfit."""
    if not isinstance(value, list) or not LEAST_IDEAS <= len(value) <= MOST_IDEAS:
        raise Unfit(f"write {LEAST_IDEAS} to {MOST_IDEAS} ideas, each {{text: …, picture: NAME.svg}}")
    return tuple(_within(index, _idea, entry) for index, entry in enumerate(value))


def _idea(value: Any) -> Part:
    idea = _map({"text": _bold, "picture": text}, ("text", "picture"), value)
    return {"spans": idea["text"], "picture": idea["picture"]}


def _bold(value: Any) -> tuple[tuple[str, str], ...]:
    """Words with some in **bold**, as runs of a text and its mark; lines stay lines."""
    lines = value.split("\n") if isinstance(value, str) else [value]
    runs = "\n".join(map(text, lines)).split("**")
    if len(runs) % 2 == 0 or _MARKS.search("".join(runs)):
        raise Unfit("write plain words, with ** before and after those in bold")
    return tuple((words, "strong" if index % 2 else "") for index, words in enumerate(runs) if words)


def _within(key: str | int, read: Callable[[Any], Any], value: Any) -> Any:
    """Read a value, and say where it stood when it does not fit."""
    try:
        return read(value)
    except Unfit as unfit:
        raise Unfit(str(unfit), key, *unfit.where) from unfit


def _part(value: Any) -> Part:
    if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in _READERS:
        name = next(iter(value), "") if isinstance(value, dict) and len(value) == 1 else ""
        meant = nearest(name, _READERS)
        raise Unfit(f"write `{meant}:` instead of {name}" if meant else f"write one of {_PARTS}, with a colon after it")
    name, content = next(iter(value.items()))
    return {name: _within(name, _READERS[name], content)}


def _map(shape: Mapping[str, Callable[[Any], Any]], required: tuple[str, ...], value: Any) -> Part:
    if not isinstance(value, dict):
        raise Unfit("write {" + ", ".join(f"{name}: …" for name in required) + "}")
    for name in value:
        if name not in shape:
            meant = nearest(name, shape)
            raise Unfit(f"write {meant or 'one of ' + ', '.join(shape)} instead of {name}", name)
    for name in required:
        if name not in value:
            raise Unfit(f"write `{name}:` too")
    return {name: _within(name, shape[name], entry) for name, entry in value.items()}


def _field(value: Any) -> Part:
    shape = {"label": text, "hint": text, "lines": whole, "grow": flag}
    return {"lines": 1, "hint": "", "grow": False, **_map(shape, ("label",), value)}


def _row(value: Any) -> tuple[Part, ...]:
    if not isinstance(value, list) or not 2 <= len(value) <= 4:
        raise Unfit("write two to four fields in brackets: [{label: …}, {label: …}]")
    return tuple(_within(index, _field, entry) for index, entry in enumerate(value))


def _choice(value: Any) -> Part:
    shape = {"label": text, "options": texts, "because": flag}
    choice = {"because": False, **_map(shape, ("label", "options"), value)}
    if len(choice["options"]) < _FEWEST_OPTIONS:
        raise Unfit(f"write at least {_FEWEST_OPTIONS} options to choose from", "options")
    return choice


def _table(value: Any) -> Part:
    shape = {"label": text, "columns": texts, "widths": _widths, "rows": whole, "first": texts, "grow": flag}
    table = {"label": "", "first": (), "grow": False, **_map(shape, ("columns", "rows"), value)}
    table.setdefault("widths", (1,) * len(table["columns"]))
    if not 1 <= len(table["columns"]) <= _MOST_COLUMNS:
        raise Unfit(f"write one to {_MOST_COLUMNS} columns", "columns")
    if len(table["widths"]) != len(table["columns"]):
        raise Unfit("write one width for each column", "widths")
    if len(table["first"]) > table["rows"]:
        raise Unfit("write at most one text for each row", "first")
    return table


def _widths(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise Unfit("write whole numbers in brackets: [1, 3, 3]")
    return tuple(_within(index, whole, entry) for index, entry in enumerate(value))


_READERS: dict[str, Callable[[Any], Any]] = {
    "note": text,
    "text": text,
    "heading": text,
    "field": _field,
    "row": _row,
    "choice": _choice,
    "table": _table,
}
