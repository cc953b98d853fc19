"""Search: answers while typing, highlighted, walked by keyboard; codes; words for every kind of answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import Key

from content_pack import open_pack
from ilsy_desktop.domain import texts
from ilsy_desktop.services.contents import SEARCH_ROWS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Start
    from driving import Link, Visitor
    from PySide6.QtWidgets import QWidget

    from content_pack.results import SearchPage

# Typed, the field of the answer that is to be set, and what is then said of it.
SAID = [
    ("hudle", "corrected", "Showing {}. Search for “hudle” instead."),
    ("pdsa", "expanded", "Also searched for "),
    ("zebra pdsa", "relaxed", "Not every word was found"),
    ("bullying", "notice", f"{texts.HARM_QUESTION} {texts.HARM_ANSWER}"),
    ("dose of paracetamol", "notice", "This is not in our library"),
]
HOSTILE = [
    '"',
    "*",
    "NEAR(",
    "a AND",
    "-",
    "' OR 1=1 --",
    "col:x",
    "\u0000",
    "😀 tea",
    "é" * 50,
    "a" * 400,
    "%_",
    "<b>&amp;",
]


def answer(pack_file: Path, query: str, partial: bool = True) -> SearchPage:
    with open_pack(pack_file) as pack:
        return pack.search(query, limit=SEARCH_ROWS, partial=partial)


def hits(visitor: Visitor, page: SearchPage) -> list[Link]:
    """The links of the answers, in their order."""
    targets = [f"{hit.kind}/{hit.slug}" for hit in page.hits]
    titles = {hit.title for hit in page.hits}
    found = [link for link in visitor.links() if link.target in targets and link.words in titles]
    return sorted(found, key=lambda link: targets.index(link.target))


def shows(widget: QWidget, colour: str) -> bool:
    """Whether a widget has a pixel of this colour."""
    image = widget.grab().toImage()
    return any(
        image.pixelColor(x, y).name() == colour for x in range(image.width()) for y in range(0, image.height(), 4)
    )


def test_answers_come_while_typing_and_the_keyboard_stays_in_the_box(visitor: Visitor, standard_pack: Path) -> None:
    for typed in ("h", "hu", "huddle"):
        visitor.search(typed)
        page = answer(standard_pack, typed)
        assert [link.words for link in hits(visitor, page)] == [hit.title for hit in page.hits]
        assert f"{page.total} found for “{typed}”" in visitor.headings()[0]
        assert visitor.focus is visitor.window.header.search


def test_found_words_are_highlighted(visitor: Visitor) -> None:
    visitor.search("huddle")
    passages = [text for text in visitor.texts() if "huddle" in text.node_name.lower() and not text.links]
    colour = visitor.window.look.theme.highlight
    assert any(shows(passage, colour) for passage in passages)
    assert not shows(visitor.window.header, colour)


def test_arrows_walk_from_the_box_through_the_answers_and_back(visitor: Visitor, standard_pack: Path) -> None:
    visitor.search("huddle")
    links = hits(visitor, answer(standard_pack, "huddle"))
    for link in links[:3]:
        visitor.press(Key.Key_Down)
        assert visitor.focus is link.prose
    for link in [*reversed(links[:2])]:
        visitor.press(Key.Key_Up)
        assert visitor.focus is link.prose
    visitor.press(Key.Key_Up)
    assert visitor.focus is visitor.window.header.search
    assert visitor.window.header.search.text() == "huddle"


def test_enter_opens_the_answer_that_has_the_keyboard(visitor: Visitor, standard_pack: Path) -> None:
    visitor.search("huddle")
    link = hits(visitor, answer(standard_pack, "huddle"))[1]
    visitor.press(Key.Key_Down)
    visitor.press(Key.Key_Down)
    with visitor.arrival(link.target):
        visitor.press(Key.Key_Return)
    assert visitor.headings()[0] == link.words


def test_the_last_answer_stays_in_view_when_arrows_reach_it(visitor: Visitor, standard_pack: Path) -> None:
    visitor.search("test")
    links = hits(visitor, answer(standard_pack, "test"))
    assert len(links) > 10
    for _ in links:
        visitor.press(Key.Key_Down)
    seen = links[-1].prose.visibleRegion().boundingRect()
    assert visitor.focus is links[-1].prose
    assert seen.height() == links[-1].prose.height()


@pytest.mark.parametrize("kind", ["tool", "example", "material", "guide", "term"])
@pytest.mark.parametrize("form", ["{}", " {} ", "lower"])
def test_a_code_typed_whole_opens_its_page(visitor: Visitor, standard_pack: Path, kind: str, form: str) -> None:
    with open_pack(standard_pack) as pack:
        item = next(item for item in pack.items(kind=kind) if item.code)
    visitor.search(item.code.lower() if form == "lower" else form.format(item.code))
    with visitor.arrival(f"{kind}/{item.slug}"):
        visitor.press(Key.Key_Return)
    assert visitor.headings()[0] == item.title


@pytest.mark.parametrize(
    ("code", "words"), [("T4", "it woke people up"), ("T3", "planned and not written yet"), ("T2", "")]
)
def test_a_code_of_the_past_or_future_says_what_became_of_it(
    start: Start, small_pack: Path, code: str, words: str
) -> None:
    visitor = start("--pack", str(small_pack))
    visitor.search(code)
    with visitor.arrival():
        visitor.press(Key.Key_Return)
    assert words in visitor.words()
    assert not visitor.route.startswith("search")


def test_what_only_looks_like_a_code_is_searched_for(visitor: Visitor) -> None:
    visitor.search("X9999")
    with visitor.arrival():
        visitor.press(Key.Key_Return)
    assert visitor.route == "search?q=X9999"
    assert "No page has these words." in visitor.words()


@pytest.mark.parametrize(("typed", "field", "said"), SAID, ids=[case[0] for case in SAID])
def test_the_page_says_what_was_searched(
    visitor: Visitor, standard_pack: Path, typed: str, field: str, said: str
) -> None:
    page = answer(standard_pack, typed)
    assert getattr(page, field), f"the library no longer answers “{typed}” with {field}"
    visitor.search(typed)
    assert said.format(page.corrected) in visitor.words()
    for word in page.expanded:
        assert word in visitor.words()


@pytest.mark.parametrize(
    ("typed", "guide"), [("bullying", "guide-unsafe-now"), ("dose of paracetamol", "guide-not-in-this-library")]
)
def test_safety_and_what_is_not_ours_stand_before_every_answer(visitor: Visitor, typed: str, guide: str) -> None:
    visitor.search(typed)
    first = visitor.links()[0]
    assert first.target == f"guide/{guide}"
    with visitor.arrival(first.target):
        visitor.click(first.prose, first.centre())


def test_no_answer_says_so_and_where_to_look(visitor: Visitor) -> None:
    visitor.search("xyzzyqq")
    assert "Go on typing" in visitor.words()
    with visitor.arrival():
        visitor.press(Key.Key_Return)
    assert "No page has these words." in visitor.words()
    assert {"problems", "tools", "glossary"} <= {link.target for link in visitor.links()}


def test_an_emptied_box_asks_for_words(visitor: Visitor) -> None:
    visitor.search("huddle")
    with visitor.arrival("search?q="):
        visitor.window.header.search.selectAll()
        visitor.press(Key.Key_Delete)
    assert "Type what bothers you" in visitor.words()


@pytest.mark.parametrize("typed", HOSTILE)
def test_odd_input_gets_a_calm_page(visitor: Visitor, typed: str) -> None:
    box = visitor.window.header.search
    box.setFocus()
    with visitor.arrival():
        box.setText(typed)
        box.textEdited.emit(typed)
    assert visitor.headings()[0] not in (texts.PAGE_FAILED.title, texts.unreadable("").title)


def test_many_answers_open_the_filter_and_a_choice_narrows_them(visitor: Visitor, standard_pack: Path) -> None:
    page = answer(standard_pack, "test")
    assert page.total > SEARCH_ROWS
    visitor.search("test")
    _, label, count = next(entry for entry in page.facets["kind"] if entry[0] == "tool")
    with visitor.arrival():
        visitor.click(visitor.button(f"{label}, {count}"))
    assert f"{count} found" in visitor.headings()[0]
    assert visitor.button(f"{label}, {count}").isChecked()
    shown = [link for link in visitor.links() if link.target.split("/")[0] in ("example", "term", "material")]
    assert not shown
    with visitor.arrival():
        link = visitor.link("Show all again")
        visitor.click(link.prose, link.centre())
    assert f"{page.total} found" in visitor.headings()[0]


def test_few_answers_keep_the_filter_behind_a_button(visitor: Visitor, standard_pack: Path) -> None:
    assert 1 < answer(standard_pack, "huddle").total <= SEARCH_ROWS
    visitor.search("huddle")
    assert "Kind" not in visitor.headings()
    visitor.click(visitor.button("Filter"))
    assert "Kind" in visitor.headings()


def test_the_best_answer_offers_its_sheet(visitor: Visitor, standard_pack: Path) -> None:
    visitor.search("pdsa")
    with visitor.arrival():
        visitor.click(visitor.button("Print the sheet"))
    assert visitor.headings()[0].startswith("Print: ")


def test_only_the_newest_answer_is_shown(visitor: Visitor) -> None:
    arrived: list[str] = []
    visitor.navigator.arrived.connect(arrived.append)
    visitor.search("late start of the morning huddle")
    visitor.navigator.arrived.disconnect(arrived.append)
    assert arrived[-1] == "search?q=late%20start%20of%20the%20morning%20huddle"
    assert len(arrived) == len(set(arrived))
