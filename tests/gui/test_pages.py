"""Every page of the library and of the program stands whole: its title, its words, its pictures, its links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from content_pack import open_pack
from ilsy_desktop.domain import routes, texts
from ilsy_desktop.pictures import MAIN_ROUTES

if TYPE_CHECKING:
    from pathlib import Path

    from driving import Visitor
    from PySide6.QtGui import QImage

TITLES = {
    "home": "What would you like to make better?",
    "tools": "All tools",
    "examples": "Practice examples",
    "glossary": "Words we use",
    "guides": "Guides",
    "sheets": "Sheets to print",
    "settings": "Text and colour",
    "help": "Help",
    "about": "About this library",
    "print/pdsa-worksheet": "Print: ",
    "search?q=bullying": "found for “bullying”",
}
WRONG = (texts.PAGE_FAILED.title, texts.unreadable("").title, texts.NO_LIBRARY)


@pytest.mark.parametrize("route", [str(route) for route in MAIN_ROUTES])
def test_a_main_page_stands_under_its_heading(visitor: Visitor, route: str) -> None:
    visitor.open(route)
    title = visitor.headings()[0]
    assert TITLES.get(route, "") in title
    assert title not in WRONG
    assert visitor.window.windowTitle() != texts.FULL_NAME
    assert len(visitor.words().split()) > 10


def test_main_pages_differ(visitor: Visitor) -> None:
    seen: list[QImage] = []
    for route in map(str, MAIN_ROUTES):
        visitor.open(route)
        picture = visitor.window.grab().toImage()
        assert picture not in seen, f"{route} looks like {MAIN_ROUTES[seen.index(picture)]}"
        seen.append(picture)


def test_every_fixed_word_of_a_route_has_a_page(visitor: Visitor) -> None:
    for word in [*sorted(routes.WORDS), "fill/pdsa-worksheet", "run/l1"]:
        visitor.open(word)
        assert visitor.headings()[0] not in WRONG, word


def test_a_link_to_a_heading_brings_it_to_the_top(visitor: Visitor, standard_pack: Path) -> None:
    visitor.resize(1366, 500)
    with open_pack(standard_pack) as pack:
        pages = [f"{item.kind}/{item.slug}" for item in pack.items(kind="tool")]
    for page in pages:
        visitor.open(page)
        anchors = [link for link in visitor.links() if link.target.startswith("#")]
        if anchors:
            break
    else:
        pytest.skip("no page of this library is long enough for a list of contents")
    link = anchors[1]
    visitor.click(link.prose, link.centre())
    assert visitor.focus.accessibleName() == link.words
    assert 0 <= visitor.focus.mapTo(visitor.window.area.viewport(), visitor.focus.rect().topLeft()).y() < 60


def test_copy_page_gives_its_words(visitor: Visitor, standard_pack: Path) -> None:
    with open_pack(standard_pack) as pack:
        item = pack.item(pack.items(kind="tool")[0].slug)
    visitor.open(f"{item.kind}/{item.slug}")
    visitor.navigator.open("action:copy")
    assert QGuiApplication.clipboard().text().split() == f"{item.title} {item.text}".split()
    assert visitor.window.notice.isVisible()
