"""The first page: three doors, the roadmap, two shelves; every way on leads somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from driving import Alt, Key

from content_pack import open_pack
from ilsy_desktop.domain import texts
from ilsy_desktop.widgets.controls import Chevron, Door

if TYPE_CHECKING:
    from pathlib import Path

    from driving import Visitor

DOORS = ["Something bothers me at work", "I’m new to improvement", "I run a session"]
SHELVES = ["What we learned when it didn’t work", "From South Yorkshire"]
EXPERIENCED = ["All tools", "Chart your numbers", "Evidence table", "Share your work"]


def doors(visitor: Visitor) -> list[Door]:
    return [button for button in visitor.buttons() if isinstance(button, Door)]


def steps(visitor: Visitor) -> list[Chevron]:
    return [button for button in visitor.buttons() if isinstance(button, Chevron)]


def test_home_shows_doors_roadmap_and_shelves(visitor: Visitor, standard_pack: Path) -> None:
    with open_pack(standard_pack) as pack:
        roadmap = pack.roadmap()
    assert [door.accessibleName() for door in doors(visitor)] == DOORS
    names = [step.accessibleName() for step in steps(visitor)]
    wanted = [step.name for step in roadmap if step.part != "thread"]
    assert len(names) == 8
    assert [name.partition(": ")[2] for name in names] == wanted
    assert visitor.headings()[1:] == SHELVES
    for words in (texts.GO_BACK, texts.WORKING_ROADMAP, *(step.name for step in roadmap if step.part == "thread")):
        assert words in visitor.words()


def test_the_first_door_is_the_widest(visitor: Visitor) -> None:
    first, *others = doors(visitor)
    assert all(first.width() > other.width() for other in others)


def test_each_shelf_shows_a_lesson_before_its_mark(visitor: Visitor, standard_pack: Path) -> None:
    with open_pack(standard_pack) as pack:
        examples = {item.title: item for item in pack.items(kind="example")}
        outcomes = pack.labels("outcome")
    words = visitor.words()
    shown = [examples[link.words] for link in visitor.links() if link.words in examples]
    assert len(shown) >= 2
    for example in shown:
        assert example.lesson.split(". ")[0] in words
        assert outcomes[example.outcome] in words


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=str)
def test_home_fits_the_screen_without_scrolling(visitor: Visitor, size: tuple[int, int]) -> None:
    visitor.resize(*size)
    visitor.open("home")
    assert visitor.window.area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("number", range(len(DOORS)), ids=lambda number: DOORS[number])
@pytest.mark.parametrize("by", ["click", "Enter", "space"])
def test_a_door_leads_to_what_is_behind_it(visitor: Visitor, standard_pack: Path, number: int, by: str) -> None:
    door = doors(visitor)[number]
    with visitor.arrival():
        if by == "click":
            visitor.click(door)
        else:
            door.setFocus()
            visitor.press(Key.Key_Return if by == "Enter" else Key.Key_Space)
    with open_pack(standard_pack) as pack:
        behind = {"I’m new to improvement": pack.item("guide-new-to-improvement").title}
    assert visitor.headings()[0] == behind.get(DOORS[number], DOORS[number])
    assert visitor.links(), "a page that is being written says where to go until then"


def test_each_step_of_the_roadmap_leads_to_its_page(visitor: Visitor, standard_pack: Path) -> None:
    with open_pack(standard_pack) as pack:
        roadmap = [step for step in pack.roadmap() if step.part != "thread"]
        titles = {step.slug: pack.item(step.slug).title for step in roadmap if step.written}
    for number, step in enumerate(roadmap):
        with visitor.arrival(f"stage/{step.slug}"):
            visitor.click(steps(visitor)[number])
        assert visitor.headings()[0] == titles.get(step.slug, step.name[:1].upper() + step.name[1:])
        if not step.written:
            assert step.purpose in visitor.words()
            assert "being written" in visitor.words()
        with visitor.arrival("home"):
            visitor.press(Key.Key_Left, Alt)


@pytest.mark.parametrize("words", [*EXPERIENCED, "Yours?"])
def test_a_link_of_home_leads_on(visitor: Visitor, words: str) -> None:
    visitor.follow(words)
    assert visitor.route != "home"
    assert visitor.headings()[0] == ("Share your work" if words == "Yours?" else words)
    assert visitor.links()


def test_no_way_on_ends_in_a_page_that_cannot_be_shown(visitor: Visitor) -> None:
    targets = {link.target for link in visitor.links()} | {button.target for button in visitor.buttons()}
    seen: set[str] = set()
    while targets - seen:
        target = (targets - seen).pop()
        seen.add(target)
        visitor.open(target)
        assert texts.unreadable("").title not in visitor.headings(), target
        assert texts.PAGE_FAILED.title not in visitor.headings(), target
        if len(seen) < 15:
            targets |= {link.target for link in visitor.links() if link.target[0] != "#" and ":" not in link.target}
