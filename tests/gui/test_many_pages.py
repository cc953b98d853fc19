"""Hundreds of pages under a listening screen reader: no part is made anew, no reference is lost.

ILSY_PAGE_CHANGES asks for more page changes (500 before a release).
"""

from __future__ import annotations

import os
import sys
from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtWidgets import QWidget
from tree import nodes

from ilsy_desktop.pictures import MAIN_ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from driving import Visitor

CHANGES = int(os.environ.get("ILSY_PAGE_CHANGES", "50"))
ROUTES = [str(route) for route in MAIN_ROUTES]


@pytest.fixture
def _listening(qapp: object) -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("_listening")
def test_page_changes_make_nothing_new_after_the_first_round(visitor: Visitor) -> None:
    for route in ROUTES:
        visitor.open(route)
        nodes(visitor.window)
    made, widgets = visitor.window.pool.made, len(visitor.window.findChildren(QWidget))
    for number, route in enumerate(islice(cycle(ROUTES), CHANGES)):
        visitor.open(route)
        if number % 10 == 0:
            nodes(visitor.window)
    assert visitor.window.pool.made == made
    assert len(visitor.window.findChildren(QWidget)) == widgets


def test_changes_of_size_and_colours_make_nothing_new(visitor: Visitor) -> None:
    visitor.open("tool/pdsa")
    made = visitor.window.pool.made
    for percent, scheme in islice(cycle(((400, "dark"), (100, "contrast"), (200, "light"))), 6):
        visitor.program.preferences.set_text_percent(percent)
        visitor.program.preferences.set_scheme(scheme)
    assert visitor.window.pool.made == made


def test_a_thousand_saves_and_restores_of_a_painter_lose_no_reference_to_none() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one a call, and aborts after some thousands."""
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.save()
        painter.restore()
    after = sys.getrefcount(None)
    painter.end()
    assert after > before - 100
