"""Say in an editor's words why some YAML cannot be read: on which line, what is wrong, and what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIELD = re.compile(r"^[a-z_]+:")
_VALUE = re.compile(r"^\s*(?:- )*(?:\{?[A-Za-z_-]+:(?: |$))?(?P<value>.*)$")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'')
_PAIRS = {"[": "]", "{": "}"}
_CUT = re.compile(r"^\s*(?:- )?[a-z_]+: +(?![\"'\[{#|>])(?P<kept>\S.*?)\s+(?P<lost>#\S.*)$")
_QUOTE_IT = 'put double quotation marks (") before and after the whole text'


class Fault(NamedTuple):
    """A fault of one line, counted from 0."""

    line: int
    wrong: str
    write: str


def fault_of(lines: Sequence[str], stopped: int, problem: str) -> Fault:
    """The likely cause of what a YAML reader stumbled over at line `stopped`, with its own words for it.

    A reader stops where the sense ends, often a line or two below the slip: the lines up to there are looked
    through, the nearest last.
    """
    for number in range(min(stopped + 1, len(lines))):
        for looked_for in (_tab, _no_blank):
            if said := looked_for(lines[number]):
                return Fault(number, *said)
    near = [number for number in (*range(stopped, stopped - 5, -1), stopped + 1) if 0 <= number < len(lines)]
    far = [number for number in range(stopped, -1, -1) if number < len(lines) and number not in near]
    for numbers in (near, far):
        for looked_for in (_open_quote, _open_bracket, _colon, _no_comma, _no_colon, _sign, _indented):
            for number in numbers:
                if said := looked_for(lines[number]):
                    return Fault(number, *said)
    write = f"compare it with the same field of a page that is sound, or {_QUOTE_IT}"
    return Fault(stopped, f"the fields cannot be read from here ({problem})", write)


def cut_texts(lines: Sequence[str]) -> list[Fault]:
    """Values that a # in their middle cuts off without a word: `title: Draw #1 walk`."""
    found = []
    for number, line in enumerate(lines):
        if cut := _CUT.match(line):
            wrong = f"everything from “{cut['lost'][:20]}” on is left out, because # begins a remark"
            found.append(Fault(number, wrong, f'{_QUOTE_IT}: "{cut["kept"]} {cut["lost"]}"'))
    return found


def _tab(line: str) -> tuple[str, str] | None:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab stands before the words of this line", "put blanks in place of the tab"
    return None


def _no_blank(line: str) -> tuple[str, str] | None:
    if (found := _FIELD.match(line)) and line[found.end() : found.end() + 1].strip():
        name = found.group()
        return f"a blank is missing after “{name}”", f"write `{name} {line[found.end() :][:30]}`"
    return None


def _no_colon(line: str) -> tuple[str, str] | None:
    if (found := re.match(r"[a-z_]+(?= )", line)) and ":" not in line:
        return f"a colon is missing after “{found.group()}”", f"write `{found.group()}: …`"
    return None


def _colon(line: str) -> tuple[str, str] | None:
    value = _value(line)
    if value[:1] not in ("", '"', "'", "[", "{") and re.search(r":(?:\s|$)", value):
        return "the fields cannot be read from here, because the text holds a colon", _QUOTE_IT
    return None


def _open_quote(line: str) -> tuple[str, str] | None:
    bare = _QUOTED.sub("", line)
    left = next((sign for sign in ('"', "'") if re.search(rf"(?:^|[\s\[{{,:]){sign}", bare)), "")
    if left:
        return (
            f"a quotation mark ({left}) is opened on this line and not closed",
            f"write {left} at the end of the text",
        )
    value = _value(line)
    if value.startswith("'") and re.search(r"\w", _QUOTED.sub("", value, count=1)):
        return "an apostrophe ends the text in single quotation marks", _QUOTE_IT
    if value.startswith('"') and re.search(r"\w", _QUOTED.sub("", value, count=1)):
        write = "put ' before and after the whole text, or leave out the inner quotation marks"
        return "a quotation mark stands inside the text and ends it", write
    return None


def _open_bracket(line: str) -> tuple[str, str] | None:
    bare = _QUOTED.sub("", line)
    for opened, closed in _PAIRS.items():
        if bare.count(opened) > bare.count(closed):
            return f"the bracket {opened} is opened and not closed", f"write {closed} where the list ends"
        if bare.count(closed) > bare.count(opened):
            return f"the bracket {closed} is closed and was not opened", f"write {opened} where the list begins"
    return None


def _no_comma(line: str) -> tuple[str, str] | None:
    if re.search(r"[\"']\s+[\"']|[\"']\s*[\[{]|[}\]]\s*[\[{\"']", _QUOTED.sub('""', line)):
        return "a comma is missing between two entries of the list", 'write ", " between them: ["first", "second"]'
    return None


def _indented(line: str) -> tuple[str, str] | None:
    if re.match(r"^ +(?!- )[a-z_]+:", line):
        name = line.strip().partition(":")[0]
        return f"the blanks before “{name}:” do not fit", "begin it exactly below the field before it"
    return None


def _sign(line: str) -> tuple[str, str] | None:
    value = _value(line)
    if value[:1] in ("@", "`", "%", "&", "*", "!", "|", ">", "?", ",", "]", "}"):
        return f"the text begins with the sign {value[0]}", _QUOTE_IT
    return None


def _value(line: str) -> str:
    found = _VALUE.match(line)
    return found["value"].strip() if found else ""
