"""When something is wrong: a calm page that says what to do, the detail in the log, and the rest goes on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from content_pack import open_pack
from ilsy_desktop.domain import texts
from ilsy_desktop.pages.listing import ListPage

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Start
    from driving import Visitor

HOME = "What would you like to make better?"
DAMAGED = "This library file is damaged"
WRONG_PACKS = {
    "missing": (None, "There is no library at "),
    "empty": (b"", DAMAGED),
    "text": (b"Minutes of the last meeting\n" * 50, "This file is not an ILSY library"),
    "another database": (b"SQLite format 3\x00" + bytes(4080), "This file is not an ILSY library"),
}


class BrokenPageError(Exception):
    """What a mistake in a page raises."""


def broken(*_: object, **__: object) -> None:
    raise BrokenPageError("a mistake in this page")


def test_a_mistake_in_a_page_shows_a_calm_page_and_the_next_page_works(
    start: Start, small_pack: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = start("--pack", str(small_pack))
    monkeypatch.setattr(ListPage, "build", broken)
    visitor.open("tools")
    assert visitor.headings() == [texts.PAGE_FAILED.title]
    for sentence in texts.PAGE_FAILED.sentences:
        assert sentence in visitor.words()
    assert "BrokenPageError: a mistake in this page" in caplog.text
    visitor.follow("Go to the first page")
    assert visitor.headings()[0] == HOME
    visitor.open("tool/tea-round")
    assert visitor.headings()[0] != texts.PAGE_FAILED.title


def test_a_mistake_in_what_a_click_does_is_caught_too(
    start: Start, small_pack: Path, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = start("--pack", str(small_pack))
    visitor.window.pool.opened.connect(broken)
    with visitor.arrival():
        visitor.buttons()[0].click()
    visitor.until(lambda: "BrokenPageError" in caplog.text, "the log")
    visitor.window.pool.opened.disconnect(broken)
    visitor.open("tools")
    assert visitor.headings()[0] == "All tools"


def test_back_works_after_a_page_that_failed(start: Start, small_pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = start("--pack", str(small_pack))
    visitor.open("tool/tea-round")
    monkeypatch.setattr(ListPage, "build", broken)
    visitor.open("tools")
    with visitor.arrival("tool/tea-round"):
        visitor.click(visitor.button("Back"))


def damaged_copy(pack_file: Path, place: Path, words: str) -> Path:
    """A copy of a pack in which one letter of these words is another one, wherever they stand."""
    content = pack_file.read_bytes()
    assert words.encode() in content
    copy = place / "damaged.ilsypack"
    copy.write_bytes(content.replace(words.encode(), words[:-1].encode() + b"#"))
    return copy


def test_a_damaged_page_says_so_and_the_others_are_read(start: Start, small_pack: Path, tmp_path: Path) -> None:
    with open_pack(small_pack) as pack:
        line = pack.item("tea-round").text.splitlines()[0]
    visitor = start("--pack", str(damaged_copy(small_pack, tmp_path, line[:40])))
    visitor.open("tool/tea-round")
    assert visitor.headings()[0] == "This page cannot be shown"
    assert DAMAGED in visitor.words()
    assert "The rest of the library still works." in visitor.words()
    visitor.open("tool/kitchen-timer")
    assert "cannot be shown" not in visitor.headings()[0]
    visitor.open("home")
    assert visitor.headings()[0] == HOME


def test_a_damaged_drawing_says_so(start: Start, small_pack: Path, tmp_path: Path) -> None:
    with open_pack(small_pack) as pack:
        drawing = pack.asset("pictures/tea-path.svg")
    words = drawing[60:100].decode()
    visitor = start("--pack", str(damaged_copy(small_pack, tmp_path, words)))
    visitor.open("tool/tea-round")
    assert DAMAGED in visitor.words()


@pytest.mark.parametrize("case", WRONG_PACKS)
def test_without_a_library_the_window_says_why(start: Start, tmp_path: Path, case: str) -> None:
    content, sentence = WRONG_PACKS[case]
    file = tmp_path / "library.ilsypack"
    if content is not None:
        file.write_bytes(content)
    visitor = start("--pack", str(file))
    assert visitor.headings() == [texts.NO_LIBRARY]
    assert sentence in visitor.words()
    assert "tell the person in charge now" in visitor.words()


def test_without_a_library_the_frame_still_answers(start: Start, tmp_path: Path) -> None:
    visitor = start("--pack", str(tmp_path / "gone.ilsypack"))
    for route, heading in (("help", "Help"), ("settings", "Text and colour"), ("my-sheets", "My sheets")):
        visitor.open(route)
        assert visitor.headings()[0] == heading
    visitor.open("tools")
    assert "There is no library at" in visitor.words()
    visitor.window.header.search.setFocus()
    with visitor.arrival():
        visitor.type("f")
    assert "There is no library at" in visitor.words()
    assert visitor.window.header.search.text() == "f"


def test_a_withdrawn_page_says_when_why_and_what_instead(start: Start, small_pack: Path) -> None:
    visitor = start("--pack", str(small_pack))
    visitor.open("tool/loud-bell")
    for words in ("1 October 2026", "it woke people up", "kitchen-timer"):
        assert words in visitor.words().replace("2026-10-01", "1 October 2026")


def test_an_old_name_opens_its_successor(start: Start, small_pack: Path) -> None:
    visitor = start("--pack", str(small_pack))
    with open_pack(small_pack) as pack:
        title = pack.item("tea-round").title
    for route in ("tool/tea-rounds", "example/tea-round", "tool/TEA-ROUND"):
        visitor.open(route)
        assert visitor.headings()[0] == title


@pytest.mark.parametrize(
    "route", ["", "no-such-word", "tool", "tool/", "tool/a/b", "example/nothing-here", "print/nothing"]
)
def test_a_route_that_leads_nowhere_gets_a_calm_page(visitor: Visitor, route: str) -> None:
    visitor.open(route)
    assert visitor.headings() == ["This page cannot be shown"]
    assert visitor.links()


def test_a_library_that_is_replaced_while_it_is_watched_is_read_again(
    start: Start, small_pack: Path, standard_pack: Path, tmp_path: Path
) -> None:
    file = tmp_path / "work.ilsypack"
    shutil.copy(small_pack, file)
    visitor = start("--pack", str(file), "--watch")
    visitor.open("tools")
    with open_pack(standard_pack) as pack:
        title = pack.items(kind="tool")[0].title
    assert title not in visitor.words()
    shutil.copy(standard_pack, tmp_path / "new")
    (tmp_path / "new").replace(file)
    visitor.until(lambda: title in visitor.words(), "the new library")
    assert visitor.route == "tools"


def test_words_of_the_notice_stand_inside_the_window(start: Start, small_pack: Path) -> None:
    visitor = start("--pack", str(small_pack))
    visitor.window.say("Your choices cannot be kept on this PC. " * 6)
    visitor.resize(1024, 768)
    notice = visitor.window.notice
    assert notice.isVisible()
    assert notice.height() >= notice.heightForWidth(notice.width())
    picture = notice.grab().toImage()
    background = picture.pixel(0, 0)
    columns, rows = range(picture.width()), range(picture.height())
    left = next(x for x in columns if any(picture.pixel(x, y) != background for y in rows))
    assert left >= 16, "words begin with some room at their left"


def test_a_notice_stays_until_the_next_page(start: Start, small_pack: Path) -> None:
    visitor = start("--pack", str(small_pack))
    visitor.window.say("Your choices cannot be kept on this PC.")
    assert visitor.window.notice.isVisible()
    visitor.open("help")
    assert not visitor.window.notice.isVisible()


def test_a_library_that_comes_later_is_shown_where_it_is_watched(
    start: Start, small_pack: Path, tmp_path: Path
) -> None:
    visitor = start("--pack", str(tmp_path / "work.ilsypack"), "--watch")
    assert visitor.headings() == [texts.NO_LIBRARY]
    shutil.copy(small_pack, tmp_path / "new")
    (tmp_path / "new").replace(tmp_path / "work.ilsypack")
    visitor.until(lambda: visitor.headings()[0] == HOME, "the first page")
