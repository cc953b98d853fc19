"""Nothing overlaps, sticks out or is cut, on the screens and at the text sizes that people use."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from layout import faults

from ilsy_desktop.pictures import MAIN_ROUTES

if TYPE_CHECKING:
    from driving import Visitor

PERCENTS = [100, 150, 200, 400]
SCHEMES = ["light", "dark", "contrast"]
SCREENS = [
    *product([(1366, 768)], PERCENTS),
    *product([(1024, 768)], [100, 200, 400]),
    ((1280, 720), 150),
    ((1920, 1080), 200),
]


@pytest.mark.parametrize(("screen", "percent"), SCREENS, ids=str)
def test_main_pages_are_well_set(visitor: Visitor, screen: tuple[int, int], percent: int) -> None:
    visitor.resize(*screen)
    visitor.program.preferences.set_text_percent(percent)
    visitor.program.preferences.set_scheme(SCHEMES[SCREENS.index((screen, percent)) % len(SCHEMES)])
    assert "\n".join(found_on(visitor, [str(route) for route in MAIN_ROUTES])) == ""


@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("width", [1024, 1280, 1920], ids=lambda width: f"{width} px")
def test_the_header_keeps_its_words(visitor: Visitor, width: int, percent: int) -> None:
    visitor.resize(width, 768)
    visitor.program.preferences.set_text_percent(percent)
    visitor.open("help")
    header = visitor.window.header
    shown = [control for control in header.controls() if control.isVisible()]
    for control in shown:
        needed = control.minimumSizeHint()
        assert control.width() >= needed.width(), f"{control.accessibleName()} is cut"
        assert header.rect().contains(control.geometry())
    for left, right in pairwise(shown):
        assert left.geometry().right() < right.geometry().left()
    assert header.search in shown
    assert header.menu in shown


def found_on(visitor: Visitor, pages: list[str]) -> list[str]:
    """What is badly set on these pages and in the frame around them."""
    found = []
    for page in pages:
        visitor.open(page)
        found += [f"{page}: {fault}" for fault in faults(visitor.window.sheet)]
        found += [f"{page}: footer: {fault}" for fault in faults(visitor.window.footer)]
        if visitor.window.sheet.width() > visitor.window.area.viewport().width():
            found.append(f"{page} is wider than the window")
    return found
