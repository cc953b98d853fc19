"""Check the drawings (SVG) that pages show, and take their size from them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

FONT = "Source Sans 3"
SMALLEST_LETTERS = 12  # in the units of the drawing, as those below
WIDEST, TALLEST = 1000, 1500

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_FORBIDDEN = ("script", "style", "foreignObject", "iframe", "animate", "animateTransform", "set")
_TEXTS = (f"{_SVG}text", f"{_SVG}tspan", f"{_SVG}textPath")
_FIXED = re.compile(r"\s*[\d.]+\s*(?:pt|px|mm|cm|in|pc|em|rem|%)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ADDRESS = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


class BadPicture(Exception):  # noqa: N818 - see Refused
    """A drawing that may not go into the pack; the message says what is wrong, `write` what to do.

    `near` is the part of the file where that stands, or `line` its line, if it has a place.
    """

    def __init__(self, wrong: str, write: str, near: str = "", line: int = 0) -> None:
        super().__init__(wrong)
        self.write = write
        self.near = near
        self.line = line


@dataclass(frozen=True)
class Picture:
    """A drawing, as it goes into the pack, and its natural size in px."""

    content: bytes
    width: int
    height: int


# What stands in for a drawing with a fault, so that the page that shows it has no second complaint.
STAND_IN = Picture(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>', 8, 8)


def read_picture(text: str) -> Picture:
    """Check the text of an SVG file. Raises BadPicture."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadPicture("the drawing has a DOCTYPE", "take that line out")
    try:
        root = ET.fromstring(text)  # noqa: S314 - entities were refused above
    except ET.ParseError as error:
        if not text.strip():
            raise BadPicture("the file is empty", "draw it and save it again") from error
        wrong = "the drawing breaks off or is garbled here"
        write = "close what is opened here (each <x> needs its </x>), or save the drawing again"
        raise BadPicture(wrong, write, line=error.position[0]) from error
    if root.tag != f"{_SVG}svg":
        raise BadPicture("this is not an SVG drawing", "save it as plain SVG")
    _check(root, has_font=False)
    width, height = _size(root.get("viewBox", ""))
    return Picture(text.encode(), width, height)


def _check(element: ET.Element, has_font: bool) -> None:
    name = element.tag.removeprefix(_SVG)
    if name in _FORBIDDEN:
        write = "take that out, and write colours and fonts on the shapes"
        raise BadPicture(f"the drawing holds <{name}>", write, f"<{name}")
    for attribute, value in element.attrib.items():
        _check_attribute(attribute, value)
    style = element.get("style", "")
    has_font = has_font or FONT in element.get("font-family", "") or ("font-family" in style and FONT in style)
    if element.tag in _TEXTS and not has_font:
        write = f'write font-family="{FONT}" on it or around it'
        raise BadPicture("a text of the drawing has not our font", write, "".join(element.itertext()).strip())
    for child in element:
        _check(child, has_font)


def _check_attribute(attribute: str, value: str) -> None:
    if attribute.startswith("on"):
        raise BadPicture(f"the drawing holds the script {attribute}=…", "take that out", attribute)
    if (attribute in ("href", _LINK) and not value.startswith("#")) or _ADDRESS.search(value):
        raise BadPicture("the drawing refers to something outside", "draw that into the picture itself", value)
    fixed = value if attribute == "font-size" else value.partition("font-size:")[2] if attribute == "style" else ""
    if _FIXED.match(fixed):
        wrong = f"the drawing fixes a size of text ({fixed.partition(';')[0].strip()})"
        raise BadPicture(wrong, 'write a number alone, such as font-size="16", which grows with the drawing', value)
    if attribute == "font-size" and _NUMBER.fullmatch(value) and float(value) < SMALLEST_LETTERS:
        wrong = f"letters of {value} are too small to read"
        raise BadPicture(wrong, f'write font-size="{SMALLEST_LETTERS}" or more', f'font-size="{value}"')


def _size(view_box: str) -> tuple[int, int]:
    try:
        _, _, width, height = map(float, view_box.replace(",", " ").split())
    except ValueError as error:
        raise BadPicture("the drawing has no size", 'write viewBox="0 0 680 320" on <svg>') from error
    if not (0 < width <= WIDEST and 0 < height <= TALLEST):
        raise BadPicture("the viewBox of the drawing is empty or huge", "draw it about 680 wide", "viewBox")
    return round(width), round(height)
