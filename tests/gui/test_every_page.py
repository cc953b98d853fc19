"""Every page of the library: well set, whole, each link open to a click, each block a node for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import Onlooker, words_of
from layout import faults
from page_nodes import page_nodes, tidy
from PySide6.QtGui import QAccessible
from tree import nodes

from content_pack import open_pack
from content_pack.labels import HOW_SURE
from ilsy_desktop.domain import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from content_pack.item import Item
    from ilsy_desktop.app import Application

WRONG = (texts.PAGE_FAILED.title, texts.unreadable("").title, texts.NO_LIBRARY)
# Each page is looked at on one of these, in turn: width, height, text size in per cent, colours.
SCREENS = [
    (1366, 768, 100, "light"), (1280, 720, 150, "dark"), (1920, 1080, 200, "light"), (1024, 768, 400, "contrast"),
]  # fmt: skip


def title(person: Onlooker, item: Item) -> Iterator[str]:
    if person.headings()[0] != item.title or not person.window.windowTitle().startswith(item.title):
        yield f"stands under “{person.headings()[0]}”"


def words(person: Onlooker, item: Item) -> Iterator[str]:
    shown = person.words()
    yield from (f"does not show “{line}”" for line in item.text.splitlines() if line not in shown)


def facts(person: Onlooker, item: Item) -> Iterator[str]:
    """What the page of an example or a tool says besides its text."""
    shown = person.words()
    sure = HOW_SURE.get(item.evidence_grade, "")
    wanted = {
        "example": (f"How sure? {sure}", item.evidence_why, item.citation, texts.OUR_READING),
        "tool": (item.ask, item.code, texts.long_date(item.revised_on)),
    }
    yield from (f"does not say “{fact}”" for fact in wanted.get(item.kind, ()) if fact not in shown)
    if item.kind in wanted and item.status == "draft" and texts.DRAFT not in shown:
        yield "does not say that it is a draft"


def pictures(person: Onlooker, item: Item) -> Iterator[str]:
    for picture in person.pictures():
        if not words_of(picture):
            yield "has a picture without words"
        if not is_drawn(picture):
            yield f"has an empty picture “{words_of(picture)}”"


def is_drawn(picture: QWidget) -> bool:
    image = picture.grab().toImage()
    columns, rows = range(0, image.width(), 5), range(0, image.height(), 5)
    return len({image.pixel(x, y) for x in columns for y in rows}) > 2


def links(person: Onlooker, item: Item) -> Iterator[str]:
    for link in person.links():
        if person.under(link.prose, link.centre()) is not link.prose:
            yield f"has a link “{link.words}” that cannot be clicked"


def layout(person: Onlooker, item: Item) -> Iterator[str]:
    yield from faults(person.window.sheet)


def tree(person: Onlooker, item: Item) -> Iterator[str]:
    """What a screen reader has to find, one after another."""
    seen = iter([(node.role.name, node.name) for node in nodes(person.window)])
    name = tidy(item.title)
    for wanted in [("Document", name), ("Heading", name), *page_nodes(item.blocks)]:
        if wanted not in seen:
            yield f"has no {wanted[0]} “{wanted[1]}” after what came before it"
            return


CHECKS: dict[str, Callable[[Onlooker, Item], Iterator[str]]] = {
    check.__name__: check for check in (title, words, facts, pictures, links, layout, tree)
}
LEAD_SOMEWHERE = "targets"


@pytest.fixture(scope="module")
def tour(program: Application, standard_pack: Path) -> dict[str, list[str]]:
    """What is wrong with any page, by check: each page is opened once and looked at in every way."""
    with open_pack(standard_pack) as pack:
        items = [pack.item(summary.slug) for summary in pack.items()]
    person = Onlooker(program)
    found: dict[str, list[str]] = {name: [] for name in (*CHECKS, LEAD_SOMEWHERE)}
    targets: set[str] = set()
    QAccessible.setActive(True)
    for number, (width, height, percent, scheme) in enumerate(SCREENS):
        program.preferences.set_text_percent(percent)
        program.preferences.set_scheme(scheme)
        person.resize(width, height)
        for item in items[number :: len(SCREENS)]:
            person.go(f"{item.kind}/{item.slug}")
            targets |= {link.target for link in person.links()} | {button.target for button in person.buttons()}
            for name, check in CHECKS.items():
                found[name] += [f"{item.slug} at {width} px, {percent} %, {fault}" for fault in check(person, item)]
    QAccessible.setActive(False)
    known = {f"{item.kind}/{item.slug}" for item in items}
    found[LEAD_SOMEWHERE] = [target for target in sorted(targets - known) if leads_nowhere(person, target)]
    return found


def leads_nowhere(person: Onlooker, target: str) -> bool:
    """Whether a link ends in a page that says something is wrong."""
    if target.startswith(("#", "action:", "filter:", "size:", "scheme:")):
        return False
    person.go(target)
    return person.headings()[0] in WRONG


@pytest.mark.parametrize("check", [*CHECKS, LEAD_SOMEWHERE])
def test_every_page_of_the_library(tour: dict[str, list[str]], check: str) -> None:
    assert "\n".join(tour[check]) == ""
