"""What assistive technology sees: every heading, list entry, link, cell and picture, by role and name."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from driving import Key
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from tree import Role, nodes

from content_pack import open_pack
from ilsy_desktop.pictures import MAIN_ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from driving import Link, Visitor
    from PySide6.QtGui import QAccessibleInterface

ENDS_WELL = """
import sys
from pathlib import Path
from PySide6.QtGui import QAccessible
from ilsy_desktop.app import Application, make_application
from ilsy_desktop.domain.arguments import read
from ilsy_desktop.domain.routes import parse
from ilsy_desktop.pictures import visit

def walk(node):
    for number in range(node.childCount()):
        walk(node.child(number))

QAccessible.setActive(True)
application = make_application()
program = Application(read(["--pack", sys.argv[1]]), None)
program.window.show()
for route in ("tools", "examples", "home"):
    visit(program.navigator, parse(route))
    walk(QAccessible.queryAccessibleInterface(program.window))
sys.exit(program.close_with(0))
"""


@pytest.fixture(autouse=True)
def _listening(qapp: object) -> Iterator[None]:
    """As if a screen reader listened."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def test_outcome_and_certainty_of_an_example_are_said(visitor: Visitor, standard_pack: Path) -> None:
    with open_pack(standard_pack) as pack:
        outcomes = pack.labels("outcome")
        examples = pack.items(kind="example")
    for example in examples:
        visitor.open(f"example/{example.slug}")
        names = [node.name for node in nodes(visitor.window.canvas)]
        assert outcomes[example.outcome] in names
        assert any(name.startswith("How sure? ") for name in names)


def test_lists_of_pages_are_lists_with_an_entry_each(visitor: Visitor, standard_pack: Path) -> None:
    with open_pack(standard_pack) as pack:
        titles = [item.title for item in pack.items(kind="example")]
    visitor.open("examples")
    roles = [(node.role, node.name) for node in nodes(visitor.window.canvas)]
    for title in titles:
        assert any(role == Role.ListItem and name.startswith(title) for role, name in roles)
        assert (Role.Link, title) in roles


def test_a_link_says_where_it_is(visitor: Visitor) -> None:
    for page in ("tool/pdsa", "home", "search?q=test"):
        visitor.open(page)
        for link in islice(visitor.links(), 40):
            visitor.bring_into_view(link.prose, link.centre())
            rect = node_of(link).rect()
            window = QRect(visitor.window.mapToGlobal(visitor.window.rect().topLeft()), visitor.window.size())
            assert window.contains(rect), f"{page}: {link.words}"
            assert rect.width() >= 8
            reached = visitor.window.childAt(visitor.window.mapFromGlobal(rect.center()))
            assert reached is link.prose


def node_of(link: Link) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(link.prose).child(link.number)


def test_the_link_that_has_the_keyboard_says_so(visitor: Visitor) -> None:
    visitor.open("help")
    link = visitor.link("All tools")
    link.prose.setFocus(Qt.FocusReason.TabFocusReason)
    focused = [node for node in nodes(visitor.window) if node.focused and node.role == Role.Link]
    assert [node.name for node in focused] == ["All tools"]
    visitor.press(Key.Key_Tab)
    focused = [node for node in nodes(visitor.window) if node.focused and node.role == Role.Link]
    assert [node.name for node in focused] == ["Words we use"]


def test_everything_that_takes_the_keyboard_has_a_name(visitor: Visitor) -> None:
    for route in map(str, MAIN_ROUTES):
        visitor.open(route)
        for widget in visitor.window.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                interface = QAccessible.queryAccessibleInterface(widget)
                assert interface.text(QAccessible.Text.Name), f"{route}: {type(widget).__name__} has no name"


def test_every_link_and_heading_of_the_main_pages_has_a_name(visitor: Visitor) -> None:
    for route in map(str, MAIN_ROUTES):
        visitor.open(route)
        found = [
            node
            for node in nodes(visitor.window)
            if node.role in (Role.Link, Role.Heading, Role.Graphic, Role.ListItem)
        ]
        assert [node for node in found if not node.name] == [], route


def test_nothing_of_the_page_before_is_left_for_a_screen_reader(visitor: Visitor) -> None:
    visitor.open("tool/pdsa")
    before = {node.name for node in nodes(visitor.window.canvas) if len(node.name) > 40}
    visitor.open("about")
    now = {node.name for node in nodes(visitor.window)}
    assert before
    assert not before & now


def test_the_window_says_which_page_it_shows(visitor: Visitor) -> None:
    visitor.open("glossary")
    first = nodes(visitor.window)[0]
    assert first.role == Role.Window
    assert first.name.startswith("Words we use")


def test_a_program_that_was_read_by_a_screen_reader_ends_well(small_pack: Path) -> None:
    command = [sys.executable, "-c", ENDS_WELL, str(small_pack)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")
