"""Back and forward: the page, the place on it, and the words that were searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import Alt, Key

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Start
    from driving import Visitor


@pytest.fixture
def far(visitor: Visitor) -> Visitor:
    """Someone who read half a tool, searched, scrolled through the answers and opened one."""
    visitor.resize(1366, 500)
    visitor.open("tool/pdsa")
    visitor.scroll(300)
    visitor.search("test")
    visitor.scroll(120)
    link = next(link for link in visitor.links() if link.target.startswith("tool/"))
    with visitor.arrival(link.target):
        visitor.click(link.prose, link.centre())
    return visitor


def back(visitor: Visitor) -> None:
    with visitor.arrival():
        visitor.press(Key.Key_Left, Alt)


def forward(visitor: Visitor) -> None:
    with visitor.arrival():
        visitor.press(Key.Key_Right, Alt)


def test_back_restores_the_answers_the_place_and_the_words(far: Visitor) -> None:
    place = far.navigator.route
    assert place.word == "tool"
    back(far)
    assert far.route == "search?q=test"
    assert far.window.header.search.text() == "test"
    assert far.place > 0
    back(far)
    assert (far.route, far.place) == ("tool/pdsa", 300)
    assert far.window.header.search.text() == ""
    back(far)
    assert (far.route, far.place) == ("home", 0)


def test_forward_goes_the_same_way_again(far: Visitor) -> None:
    opened = far.route
    far.scroll(50)
    for _ in range(3):
        back(far)
    forward(far)
    assert (far.route, far.place) == ("tool/pdsa", 300)
    forward(far)
    assert far.window.header.search.text() == "test"
    forward(far)
    assert (far.route, far.place) == (opened, 50)


def test_two_quick_steps_back_go_two_pages_back(far: Visitor) -> None:
    opened = far.route
    with far.arrival("tool/pdsa"):
        far.press(Key.Key_Left, Alt)
        far.press(Key.Key_Left, Alt)
    assert far.place == 300
    forward(far)
    assert far.route == "search?q=test"
    forward(far)
    assert far.route == opened


def test_going_back_while_an_answer_is_awaited_keeps_the_way(visitor: Visitor) -> None:
    visitor.open("tools")
    visitor.window.header.search.setFocus()
    with visitor.arrival("home"):
        visitor.type("huddle")
        visitor.press(Key.Key_Left, Alt)
    forward(visitor)
    assert visitor.route == "tools"


def test_a_new_page_forgets_what_lay_ahead(far: Visitor) -> None:
    back(far)
    far.open("glossary")
    far.press(Key.Key_Right, Alt)
    assert far.route == "glossary"
    back(far)
    assert far.route == "search?q=test"


def test_letters_of_one_search_are_one_step_back(visitor: Visitor) -> None:
    visitor.open("tools")
    visitor.search("late")
    visitor.search("late start")
    back(visitor)
    assert visitor.route == "tools"


def test_the_back_button_goes_back_and_is_off_where_there_is_nothing(start: Start, small_pack: Path) -> None:
    visitor = start("--pack", str(small_pack))
    assert not visitor.button("Back").isEnabled()
    visitor.open("tools")
    with visitor.arrival("home"):
        visitor.click(visitor.button("Back"))
    assert not visitor.button("Back").isEnabled()


def test_a_page_that_cannot_be_found_does_not_break_the_way(visitor: Visitor) -> None:
    visitor.open("tools")
    visitor.open("tool/no-such-tool")
    assert visitor.headings()[0] == "This page cannot be shown"
    back(visitor)
    assert visitor.route == "tools"


def test_an_arrow_into_answers_that_have_not_come_yet_does_nothing(visitor: Visitor) -> None:
    visitor.search("huddle")
    visitor.open("tool/pdsa")
    box = visitor.window.header.search
    box.setFocus()
    with visitor.arrival("search?q=huddle"):
        visitor.press(Key.Key_Left, Alt)
        visitor.press(Key.Key_Down)
    assert visitor.links()
