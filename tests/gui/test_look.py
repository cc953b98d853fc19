"""Text size and colours: they change everything at once, are kept, and stay readable."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import pytest
from driving import Ctrl, Key, words_of
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor

from ilsy_desktop.domain.preferences import TEXT_PERCENTS
from ilsy_desktop.widgets.look import CONTRAST, DARK, LIGHT
from ilsy_desktop.widgets.prose import Prose

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Start
    from driving import Visitor
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

THEMES = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}
GROUNDS = ["paper", "wash", "blue_wash", "caution_wash"]
WORDS = ["ink", "soft", "accent", "worked", "partly", "not_lasting", "failed", "stopped"]
PAIRS = [*product(WORDS, GROUNDS), ("header_ink", "header"), ("on_accent", "accent")]
READABLE, SEEN = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 2.4.13

DAMAGED = {
    "empty": b"",
    "half a file": b'{"text_percent": 20',
    "not text": b"\xff\xfe\x00\x01",
    "another kind of thing": b"[1, 2]",
    "a text too large": b'{"text_percent": 9000, "scheme": "dark"}',
    "words for numbers": b'{"text_percent": "large", "scheme": 7}',
    "no number": b'{"text_percent": NaN, "scheme": null}',
    "an endless number": b'{"text_percent": 1e999}',
    "a list for a word": b'{"scheme": ["dark"]}',
    "a whole for a true": b'{"text_percent": true}',
    "brackets without end": b"[" * 200_000,
}


def contrast(one: QColor | str, other: QColor | str) -> float:
    """The contrast of two colours by WCAG, 1 to 21."""
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    theme = THEMES[name]
    weak = {
        f"{text} on {ground}": round(contrast(getattr(theme, text), getattr(theme, ground)), 2)
        for text, ground in PAIRS
        if contrast(getattr(theme, text), getattr(theme, ground)) < READABLE
    }
    assert weak == {}


@pytest.mark.parametrize("name", THEMES)
def test_found_words_can_be_read(name: str) -> None:
    theme = THEMES[name]
    words = theme.paper if name == "contrast" else theme.ink
    assert contrast(words, theme.highlight) >= READABLE


@pytest.mark.parametrize("scheme", THEMES)
def test_the_hint_in_the_search_box_can_be_read(visitor: Visitor, scheme: str) -> None:
    visitor.program.preferences.set_scheme(scheme)
    image = picture_of(visitor, visitor.window.header.search)
    ground = THEMES[scheme].paper
    inside = {
        image.pixelColor(x, y).name() for x in range(10, image.width() - 10) for y in range(10, image.height() - 10)
    }
    assert max(contrast(colour, ground) for colour in inside) >= READABLE


@pytest.mark.parametrize("scheme", THEMES)
@pytest.mark.parametrize("page", ["home", "tool/pdsa", "settings"])
def test_the_focus_stands_out_against_the_same_thing_without_it(visitor: Visitor, scheme: str, page: str) -> None:
    visitor.program.preferences.set_scheme(scheme)
    visitor.open(page)
    links = [text for text in visitor.texts() if text.links]
    for widget in (*visitor.buttons(), *links):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        visitor.bring_into_view(widget, widget.rect().center())
        box = widget.link_rects(0)[0].size().toSize() if isinstance(widget, Prose) else widget.size()
        focused = picture_of(visitor, widget)
        widget.clearFocus()
        changed = strongly_changed(focused, picture_of(visitor, widget))
        assert changed >= box.width() + box.height(), f"{words_of(widget)} in {scheme}: {changed} px"


def picture_of(visitor: Visitor, widget: QWidget) -> QImage:
    """What the window shows where a widget is."""
    place = QRect(widget.mapTo(visitor.window, QPoint(0, 0)), widget.size())
    return visitor.window.grab(place).toImage()


def strongly_changed(one: QImage, other: QImage) -> int:
    """How many px differ by a contrast of 3 or more."""
    places = [(x, y) for y in range(one.height()) for x in range(one.width())]
    pairs = Counter((one.pixel(*place), other.pixel(*place)) for place in places)
    changed = {pair: many for pair, many in pairs.items() if pair[0] != pair[1]}
    return sum(many for pair, many in changed.items() if contrast(*map(QColor, pair)) >= SEEN)


@pytest.mark.parametrize("words", ["Dark", "High contrast", "Light"])
def test_a_choice_of_colours_works_at_once(visitor: Visitor, words: str) -> None:
    visitor.open("settings")
    visitor.click(visitor.button(words))
    assert visitor.button(words).isChecked()
    theme = THEMES[{"Dark": "dark", "High contrast": "contrast", "Light": "light"}[words]]
    picture = visitor.window.grab().toImage()
    assert picture.pixelColor(4, picture.height() // 2).name() == theme.paper
    assert picture.pixelColor(4, 4).name() == theme.header
    visitor.open("home")
    assert visitor.window.grab().toImage().pixelColor(4, picture.height() // 2).name() == theme.paper


def test_a_choice_of_size_works_at_once_and_everywhere(visitor: Visitor) -> None:
    visitor.open("settings")
    heading, button = visitor.texts()[0].height(), visitor.button("150 %").height()
    visitor.click(visitor.button("150 %"))
    assert visitor.texts()[0].height() >= 1.4 * heading
    assert visitor.button("150 %").height() >= 1.4 * button
    assert visitor.window.header.search.height() >= 1.4 * 40
    visitor.open("help")
    assert visitor.texts()[0].height() >= 1.4 * heading


def test_the_choice_keeps_the_keyboard_where_it_is(visitor: Visitor) -> None:
    visitor.open("settings")
    visitor.button("125 %").setFocus()
    visitor.press(Key.Key_Space)
    assert words_of(visitor.focus) == "125 %"


def test_keys_change_the_size_step_by_step_within_bounds(visitor: Visitor) -> None:
    def percent() -> int:
        return visitor.program.preferences.current.text_percent

    for wanted in (*TEXT_PERCENTS[1:], TEXT_PERCENTS[-1]):
        visitor.press(Key.Key_Plus, Ctrl)
        assert percent() == wanted
    visitor.press(Key.Key_Minus, Ctrl)
    assert percent() == TEXT_PERCENTS[-2]
    visitor.press(Key.Key_0, Ctrl)
    assert percent() == 100


def test_a_change_of_size_keeps_the_page(visitor: Visitor) -> None:
    visitor.open("tool/pdsa")
    before = visitor.words()
    visitor.press(Key.Key_Plus, Ctrl)
    assert visitor.route == "tool/pdsa"
    assert visitor.words() == before


def test_very_large_text_keeps_search_and_menu_and_the_frame_scrolls(visitor: Visitor) -> None:
    visitor.resize(1024, 768)
    visitor.program.preferences.set_text_percent(400)
    visitor.open("tool/pdsa")
    header, footer = visitor.window.header, visitor.window.footer
    assert header.search.isVisible()
    assert header.menu.isVisible()
    top = header.mapTo(visitor.window, header.rect().topLeft()).y()
    visitor.scroll(10_000_000)
    assert header.mapTo(visitor.window, header.rect().topLeft()).y() < top
    assert not footer.harm.visibleRegion().isEmpty()
    visitor.press(Key.Key_K, Ctrl)
    visitor.type("huddle")
    visitor.until(lambda: visitor.navigator.route.query == "huddle", "the answers")
    assert visitor.links()
    visitor.program.preferences.set_text_percent(100)
    assert visitor.button("Text and colour").isVisible()


def test_choices_are_kept_in_the_profile(start: Start, small_pack: Path, tmp_path: Path) -> None:
    first = start("--pack", str(small_pack), profile=tmp_path)
    first.open("settings")
    first.click(first.button("High contrast"))
    first.click(first.button("200 %"))
    again = start("--pack", str(small_pack), profile=tmp_path)
    assert again.program.preferences.current == first.program.preferences.current
    assert again.window.look.theme.name == "contrast"
    again.open("settings")
    assert again.button("200 %").isChecked()
    assert "Kept for this login" in again.words()


def test_without_a_profile_choices_last_until_the_window_is_closed(start: Start, small_pack: Path) -> None:
    visitor = start("--pack", str(small_pack))
    visitor.open("settings")
    visitor.click(visitor.button("150 %"))
    assert visitor.button("150 %").isChecked()
    assert "Kept until the window is closed." in visitor.words()


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_of_choices_is_as_good_as_none(
    start: Start, small_pack: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "preferences.json"
    file.write_bytes(content)
    visitor = start("--pack", str(small_pack), profile=tmp_path)
    assert visitor.headings()[0] == "What would you like to make better?"
    assert visitor.program.preferences.current.text_percent == 100
    visitor.program.preferences.set_text_percent(125)
    assert json.loads(file.read_text(encoding="utf-8"))["text_percent"] == 125


def test_choices_given_on_the_command_line_are_not_kept(start: Start, small_pack: Path, tmp_path: Path) -> None:
    visitor = start("--pack", str(small_pack), "--scheme", "dark", "--text", "300", profile=tmp_path)
    assert visitor.window.look.theme.name == "dark"
    assert visitor.window.look.metrics.scale == 3
    assert start("--pack", str(small_pack), profile=tmp_path).window.look.metrics.scale == 1
