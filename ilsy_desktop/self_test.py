"""A walk through the real window without a person: each main page stands, and its text is really drawn."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QFontInfo, QImage, QPainter

from ilsy_desktop.domain import texts
from ilsy_desktop.pictures import PageMissingError, visit
from ilsy_desktop.shell.window import reading_order
from ilsy_desktop.widgets.look import FAMILY
from ilsy_desktop.widgets.prose import Prose

if TYPE_CHECKING:
    from ilsy_desktop.domain.routes import Route
    from ilsy_desktop.shell.navigator import Navigator
    from ilsy_desktop.shell.window import Window
    from ilsy_desktop.widgets.look import Look

WIDE, HIGH = 200, 40
FAILURES = {texts.PAGE_FAILED.title, texts.unreadable("").title, texts.NO_LIBRARY}


def run_self_test(window: Window, navigator: Navigator, wanted: list[Route], pack_problem: str) -> int:
    """0 when the text is drawn and every wanted page stands; else 1, with one line that says what failed."""
    window.show()
    problem = pack_problem or drawing_problem(window.look) or walking_problem(window, navigator, wanted)
    if problem:
        sys.stderr.write(f"ilsy: the self-test failed: {problem}\n")
        return 1
    sys.stdout.write(f"ilsy: the self-test passed, {len(wanted)} pages\n")
    return 0


def drawing_problem(look: Look) -> str:
    """Whether letters are drawn as letters: boxes for missing fonts leave ink too, but all of one shape."""
    if QFontInfo(look.font(17)).family() != FAMILY:
        return f"the typeface {FAMILY} is not there; install the program again"
    words = [draw(look, text) for text in ("nurse", "porta", "iiiii", "mmmmm")]
    if any(ink(image).isEmpty() for image in words):
        return "no text is drawn; a font is missing"
    if words[0] == words[1]:
        return "different words are drawn alike; a font is missing"
    if ink(words[2]).width() >= ink(words[3]).width():
        return "the letter i is as wide as m; a font is missing"
    return ""


def draw(look: Look, text: str) -> QImage:
    """A word in the reading face, black on white."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(look.font(24))
    painter.drawText(QRect(0, 0, WIDE, HIGH), 0, text)
    painter.end()
    return image


def ink(image: QImage) -> QRect:
    """The smallest box around everything that is not white."""
    dark = [
        (x, y) for y in range(image.height()) for x in range(image.width()) if image.pixelColor(x, y).lightness() < 128
    ]
    if not dark:
        return QRect()
    xs, ys = [x for x, _ in dark], [y for _, y in dark]
    return QRect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)


def walking_problem(window: Window, navigator: Navigator, wanted: list[Route]) -> str:
    """Open every wanted page, and find each with a heading, words, and a picture unlike the page before."""
    before = QImage()
    for route in wanted:
        try:
            visit(navigator, route)
        except PageMissingError as error:
            return str(error)
        if window.windowTitle().partition(" — ")[0] in FAILURES:
            return f"the page {route} could not be shown; the log says why"
        parts = [part for part in reading_order(window.canvas) if isinstance(part, Prose)]
        if not any(part.node_role == QAccessible.Role.Heading and part.node_name for part in parts):
            return f"the page {route} has no heading"
        picture = window.grab().toImage()
        if picture == before:
            return f"the page {route} looks like the page before it"
        before = picture
    return ""
