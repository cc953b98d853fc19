"""Easy Read pages: one idea beside one drawing, in large type, on one page."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from building import add_page, change, complaints, copy_of_small, height_of_letters, words_of

from content_pack import open_pack
from content_pack.build.commands import Wish, build

if TYPE_CHECKING:
    from pathlib import Path

EASY = "materials/tea-easy-read.md"
LAST = '  - {text: "At the end, ask: what could we try?", picture: tea-path.svg}\n'
MILLIMETRE = 72 / 25.4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = copy_of_small(tmp_path)
    add_page(folder, "materials/tea-easy-read", code="M2")
    return folder


def printed(folder: Path) -> bytes:
    target = folder.parent / "made.ilsypack"
    build(Wish(folder, target, cached=False))
    with open_pack(target) as pack:
        (asset,) = pack.item("tea-easy-read").assets
        assert (asset.path, asset.role, asset.pages) == ("paper/tea-easy-read.pdf", "page", 1)
        return pack.asset(asset.path)


def boxes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height in mm of the boxes round the drawings."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        shapes = [shape.get_bounds() for shape in document[0].get_objects() if shape.type == 2]
    sizes = [((right - left) / MILLIMETRE, (top - bottom) / MILLIMETRE) for left, bottom, right, top in shapes]
    return [size for size in sizes if 40 < size[0] < 50]


def test_an_easy_read_page_has_its_ideas_in_order(folder: Path) -> None:
    words = words_of(printed(folder))
    assert "Walk with the tea Easy Read" in words
    ideas = ["Ask the cook first.", "Stop at each door.", "Write how long they wait.", "what could we try?"]
    places = [words.index(idea) for idea in ideas]
    assert places == sorted(places)
    assert "No names, hospital numbers or dates of birth on this sheet" in words
    assert "M2 · revised 24 November 2026" in words


def test_its_words_are_16_points_and_each_stands_beside_a_drawing(folder: Path) -> None:
    pdf = printed(folder)
    with open_pack(folder.parent / "made.ilsypack") as pack:
        plain = height_of_letters(pack.asset("paper/tea-round-sheet.pdf"), "One line for each door")
    assert height_of_letters(pdf, "Ask the cook") / plain == pytest.approx(16 / 10.5, rel=0.02)
    found = boxes(pdf)
    assert len(found) == 6
    assert all(width == pytest.approx(44, abs=1) and 30 < height <= 37 for width, height in found)


def test_drawings_are_lower_where_there_are_more_ideas(folder: Path) -> None:
    change(folder / EASY, LAST, LAST * 4)
    found = boxes(printed(folder))
    assert len(found) == 9
    assert all(18 < height < 30 for _, height in found)


def test_it_is_tagged_and_its_drawings_are_passed_by(folder: Path) -> None:
    pdf = printed(folder)
    assert b"pdfuaid" in pdf
    assert b"/Figure" not in pdf
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert document.is_tagged()


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        (LAST, "", "easy_read", "easy_read has a value that does not fit; write 6 to 9 ideas"),
        (LAST, LAST * 5, "easy_read", "easy_read has a value that does not fit; write 6 to 9 ideas"),
        ("the tea**", "the tea", "Walk with **", "part 1, text has a value that does not fit; write plain"),
        ("Ask the cook", "# Ask", "# Ask", "part 2, text has a value that does not fit; write plain words"),
        ('first.", picture: tea-path.svg', 'first."', "first.", "part 2 has a value that does not fit; write `picture"),
        ('first.", picture: tea-path.svg', 'first.", picture: cook.svg', "cook.svg", "there is no picture “cook.svg”"),
        ("licence: CC", "form: [{text: Ask}]\nlicence: CC", "easy_read", "a sheet is either Easy Read or a form"),
        ("Ask the cook", "Ask " + "and ask again " * 90, "easy_read", "too tall for one page; take out at least"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(folder: Path, old: str, new: str, at: str, said: str) -> None:
    change(folder / EASY, old, new)
    lines = (folder / EASY).read_text(encoding="utf-8").split("\n")
    line = next(number for number, words in enumerate(lines, start=1) if at in words)
    (found,) = complaints(folder)
    assert found.startswith(f"{folder.as_posix()}/{EASY}:{line}: ")
    assert said in found
