"""Every page of the library and of the program stands whole: its title, its words, its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_pack import open_pack
from ilsy_desktop.pictures import MAIN_ROUTES

if TYPE_CHECKING:
    from pathlib import Path

    from driving import Visitor


@pytest.mark.parametrize("route", [str(route) for route in MAIN_ROUTES])
def test_a_main_page_stands_under_its_heading(visitor: Visitor, route: str) -> None:
    visitor.open(route)
    assert visitor.headings()
    assert visitor.window.windowTitle().endswith("ILSY")
