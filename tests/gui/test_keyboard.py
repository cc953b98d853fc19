"""The keyboard alone: shortcuts, the way of Tab, and a focus that can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import Alt, Ctrl, Key, Shift, words_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from ilsy_desktop.widgets.prose import Prose

if TYPE_CHECKING:
    from driving import Visitor
    from PySide6.QtWidgets import QWidget

PAGES = [
    "home",
    "tool/pdsa",
    "stage/test",
    "example/6-pack-falls-prevention",
    "search?q=test",
    "settings",
    "help",
    "tools",
]
NOTHING = Qt.KeyboardModifier.NoModifier
SHORTCUTS = [
    (Key.Key_Home, Alt, "home"),
    (Key.Key_F1, NOTHING, "help"),
    (Key.Key_P, Ctrl, "print/pdsa"),
]

Stop = tuple[str, str]


def stop_of(widget: QWidget) -> Stop:
    """What the keyboard is on: the widget's words, and the link in it."""
    link = widget.links[widget.current].words if isinstance(widget, Prose) and widget.current >= 0 else ""
    return words_of(widget), link


def stops_of_page(visitor: Visitor) -> list[Stop]:
    """Every link and control of the page, in reading order."""
    stops: list[Stop] = []
    for part in visitor.parts():
        if isinstance(part, Prose):
            stops += [(part.node_name, link.words) for link in part.links]
        elif part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append((words_of(part), ""))
    return stops


def frame_stops(visitor: Visitor) -> tuple[list[Stop], list[Stop]]:
    """The stops of the header and of the footer."""
    header = visitor.window.header
    before = [(words_of(control), "") for control in header.controls() if control.isVisible() and control.isEnabled()]
    footer = visitor.window.footer.harm
    return before, [(footer.node_name, link.words) for link in footer.links]


def walk(visitor: Visitor, steps: int, modifier: Qt.KeyboardModifier = NOTHING) -> list[Stop]:
    stops = []
    for _ in range(steps):
        visitor.press(Key.Key_Backtab if modifier == Shift else Key.Key_Tab, modifier)
        stops.append(stop_of(visitor.focus))
    return stops


@pytest.mark.parametrize("page", PAGES)
def test_tab_reaches_every_link_and_control_once_in_reading_order(visitor: Visitor, page: str) -> None:
    visitor.open(page)
    wanted = stops_of_page(visitor)
    before, after = frame_stops(visitor)
    circle = [*wanted, *after, *before]
    assert walk(visitor, len(circle)) == circle, "from the heading on, through the footer and the header"


@pytest.mark.parametrize("page", PAGES)
def test_shift_tab_goes_the_same_way_back(visitor: Visitor, page: str) -> None:
    visitor.open(page)
    wanted = stops_of_page(visitor)
    before, after = frame_stops(visitor)
    circle = [*wanted, *after, *before]
    assert walk(visitor, len(circle), Shift) == circle[::-1]


@pytest.mark.parametrize("page", ["home", "tool/pdsa", "search?q=test", "settings"])
def test_what_has_the_focus_can_be_seen_and_told_apart(visitor: Visitor, page: str) -> None:
    visitor.open(page)
    stops = len(stops_of_page(visitor)) + sum(map(len, frame_stops(visitor)))
    visitor.window.header.search.setFocus()
    for _ in range(stops):
        visitor.press(Key.Key_Tab)
        widget = visitor.focus
        assert not widget.visibleRegion().isEmpty(), f"{words_of(widget)} is out of view"
        focused = widget.grab().toImage()
        stop = stop_of(widget)
        widget.clearFocus()
        assert widget.grab().toImage() != focused, f"nothing shows that {stop} has the focus"
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(widget, Prose):
            widget.choose([link.words for link in widget.links].index(stop[1]))


@pytest.mark.parametrize(("key", "modifier", "route"), SHORTCUTS, ids=[route for *_, route in SHORTCUTS])
def test_a_key_opens_its_page(visitor: Visitor, key: Key, modifier: Qt.KeyboardModifier, route: str) -> None:
    visitor.open("tool/pdsa")
    with visitor.arrival(route):
        visitor.press(key, modifier)


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_Slash, NOTHING), (Key.Key_K, Ctrl)], ids=["/", "Ctrl+K"])
@pytest.mark.parametrize("page", ["home", "tool/pdsa", "settings"])
def test_a_key_goes_to_the_search_box(visitor: Visitor, key: Key, modifier: Qt.KeyboardModifier, page: str) -> None:
    visitor.open(page)
    visitor.press(key, modifier)
    box = visitor.window.header.search
    assert visitor.focus is box
    assert box.text() == ""


def test_a_slash_in_the_search_box_is_a_letter(visitor: Visitor) -> None:
    box = visitor.window.header.search
    box.setFocus()
    with visitor.arrival():
        visitor.press(Key.Key_Slash)
    assert box.text() == "/"


def test_enter_and_space_open_a_link(visitor: Visitor) -> None:
    for key in (Key.Key_Return, Key.Key_Enter, Key.Key_Space):
        visitor.open("help")
        link = visitor.link("All tools")
        link.prose.setFocus(Qt.FocusReason.TabFocusReason)
        with visitor.arrival("tools"):
            visitor.press(key)


@pytest.mark.parametrize("words", ["Back", "Text and colour", "My sheets"])
def test_enter_presses_a_button_of_the_header(visitor: Visitor, words: str) -> None:
    visitor.open("tools")
    visitor.button(words).setFocus()
    with visitor.arrival():
        visitor.press(Key.Key_Return)
    assert visitor.headings()[0] == {"Back": "What would you like to make better?"}.get(words, words)


def test_full_screen_comes_and_goes(visitor: Visitor) -> None:
    visitor.press(Key.Key_F11)
    assert visitor.window.isFullScreen()
    visitor.press(Key.Key_F11)
    assert not visitor.window.isFullScreen()


def test_keys_scroll_a_page_from_its_heading(visitor: Visitor) -> None:
    visitor.open("tool/pdsa")
    end = visitor.window.area.verticalScrollBar().maximum()
    visitor.press(Key.Key_PageDown)
    middle = visitor.place
    assert 0 < middle < end
    visitor.press(Key.Key_End)
    assert visitor.place == end
    visitor.press(Key.Key_Home)
    assert visitor.place == 0


def test_the_menu_names_every_action_and_its_key(visitor: Visitor) -> None:
    menu = visitor.window.findChild(QMenu)
    assert menu is not None
    actions = [action for action in menu.actions() if not action.isSeparator()]
    names = [action.text() for action in actions]
    assert len(names) == len(set(names))
    assert {"Back", "Forward", "Print", "Larger text", "Search", "Help", "About"} <= set(names)
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    for action in actions:
        if action.data() in ("tools", "examples", "glossary", "about", "updates"):
            with visitor.arrival(action.data()):
                action.trigger()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_opens_by_keyboard(visitor: Visitor) -> None:
    menu = visitor.window.findChild(QMenu)
    assert menu is not None
    button = visitor.window.header.menu
    button.setFocus()
    shown: list[bool] = []
    menu.aboutToShow.connect(lambda: shown.append(True))
    menu.aboutToShow.connect(menu.hide, Qt.ConnectionType.QueuedConnection)
    visitor.press(Key.Key_Space)
    visitor.until(lambda: shown and not menu.isVisible(), "the menu opens and closes")
    menu.aboutToShow.disconnect()
    assert QApplication.activePopupWidget() is None


def test_a_page_that_opens_takes_the_focus_to_its_heading(visitor: Visitor) -> None:
    visitor.open("glossary")
    assert words_of(visitor.focus) == visitor.headings()[0]
