"""The printed pages and sheets: what stands on them, how many pages they take, and that they are tagged."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from building import change, copy_of_small, height_of_letters, words_of

from content_pack import open_pack
from content_pack.build.commands import Wish, build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from content_pack.reader import Pack


@pytest.fixture
def pack(small_pack: Path) -> Iterator[Pack]:
    with open_pack(small_pack) as opened:
        yield opened


def printed(folder: Path, path: str) -> bytes:
    target = folder.parent / "made.ilsypack"
    build(Wish(folder, target, cached=False))
    with open_pack(target) as pack:
        return pack.asset(path)


@pytest.mark.parametrize("slug", ["tea-round", "quiet-nights", "test", "guide-begin-here", "tea-round-sheet"])
def test_each_printed_kind_has_its_page(pack: Pack, slug: str) -> None:
    page = next(asset for asset in pack.item(slug).assets if asset.role == "page")
    assert (page.path, page.media_type) == (f"paper/{slug}.pdf", "application/pdf")
    with closing(pypdfium2.PdfDocument(pack.asset(page.path))) as document:
        assert len(document) == page.pages >= 1


def test_terms_are_not_printed_and_sheets_belong_to_their_material(pack: Pack) -> None:
    assert pack.item("term-round").assets == ()
    assert [asset.role for asset in pack.item("tea-round").assets] == ["page"]
    assert [asset.role for asset in pack.item("tea-round-sheet").assets] == ["page", "large", "editable"]


@pytest.mark.parametrize(
    "path", ["paper/tea-round.pdf", "paper/tea-round-sheet.pdf", "paper/tea-round-sheet-large.pdf"]
)
def test_paper_is_tagged_for_assistive_technology(pack: Pack, path: str) -> None:
    pdf = pack.asset(path)
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert document.is_tagged()
        assert document.get_metadata_dict()["Title"]
    assert b"pdfuaid" in pdf
    assert b"/Lang" in pdf


def test_the_foot_says_how_to_come_back(pack: Pack) -> None:
    words = words_of(pack.asset("paper/tea-round.pdf"))
    assert "T2 · revised 24 November 2026 · ILSY Improvement Learning South Yorkshire · CC BY 4.0" in words
    assert "Type T2 in the search box to open this page again" in words
    assert "Draft for ILSY review" in words
    assert "2026.11.1" not in words
    assert "Draft" not in words_of(pack.asset("paper/kitchen-timer.pdf"))


def test_a_tool_page_holds_its_parts(pack: Pack) -> None:
    words = words_of(pack.asset("paper/tea-round.pdf"))
    for part in (
        "Walk the tea round", "Tea round walk", "One round of the trolley", "2 to 4 people", "ask the cook first",
        "First: could this go wrong for anyone?", "You walk ahead", "Green room", "The way of the trolley",
        "use a timer (T1)", "Sheets to print: Tea round sheet (M1)", "Carter A. Tea and time.",
    ):  # fmt: skip
        assert part in words
    assert words.count("(T1)") == 1  # a code is given once
    assert "nobody gets a second cup" not in words  # what people say is for search


def test_an_example_says_how_sure_and_whose_reading_it_is(pack: Pack) -> None:
    words = words_of(pack.asset("paper/bells-at-night.pdf"))
    assert "Did not work" in words
    assert "How sure? Fairly. Every call was timed for two months." in words
    assert "ILSY’s reading of the paper" in words
    assert "Lane E. Turning down the bells." in words


def test_a_stage_says_that_the_roadmap_is_a_working_one(pack: Pack) -> None:
    words = words_of(pack.asset("paper/test.pdf"))
    assert "Working roadmap, to be replaced by the South Yorkshire one" in words
    assert "Two small tests have taught you something." in words
    assert "Tools to start with: Walk the tea round (T2)" in words


def test_a_sheet_is_one_page_and_warns_of_names(pack: Pack) -> None:
    page, large, _ = pack.item("tea-round-sheet").assets
    assert page.pages == 1
    words = words_of(pack.asset(page.path))
    for part in (
        "No names, hospital numbers or dates of birth on this sheet",
        "Waited",
        "What surprised us",
        "because",
    ):
        assert part in words
        assert part in words_of(pack.asset(large.path))


def test_large_print_is_16_points_where_the_sheet_has_10_and_a_half(pack: Pack) -> None:
    large = height_of_letters(pack.asset("paper/tea-round-sheet-large.pdf"), "One line for each door")
    plain = height_of_letters(pack.asset("paper/tea-round-sheet.pdf"), "One line for each door")
    assert large / plain == pytest.approx(16 / 10.5, rel=0.02)


def test_boxes_fill_the_sheet(pack: Pack) -> None:
    """The lowest line of a box is within 25 mm of the foot of the page's text."""
    with closing(pypdfium2.PdfDocument(pack.asset("paper/tea-round-sheet.pdf"))) as document:
        page = document[0]
        shapes = [shape.get_bounds() for shape in page.get_objects() if shape.type == 2]
    millimetres = 72 / 25.4
    bottoms = [bottom for left, bottom, right, top in shapes if top - bottom > 5 * millimetres]
    assert 19 * millimetres <= min(bottoms) <= 30 * millimetres


def test_only_our_own_fonts_are_in_it(pack: Pack) -> None:
    names = set(re.findall(rb"/FontName */(?:[A-Z]{6}\+)?([\w-]+)", pack.asset("paper/tea-round.pdf")))
    assert all(name.startswith(b"SourceSans3") for name in names)


def test_a_sheet_may_lie_on_its_side(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / "materials" / "tea-round-sheet.md", "rows: 6", "rows: 3")
    change(folder / "materials" / "tea-round-sheet.md", "licence: CC BY 4.0", "licence: CC BY 4.0\nlandscape: true")
    with closing(pypdfium2.PdfDocument(printed(folder, "paper/tea-round-sheet.pdf"))) as document:
        width, height = document[0].get_size()
        assert len(document) == 1
    assert width > height


def test_a_sheet_without_grow_fills_its_page_too(tmp_path: Path) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / "materials" / "tea-round-sheet.md", ", grow: true", "")
    pdf = printed(folder, "paper/tea-round-sheet.pdf")
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        shapes = [shape.get_bounds() for shape in document[0].get_objects() if shape.type == 2]
        assert len(document) == 1
    millimetres = 72 / 25.4
    assert min(bottom for _, bottom, _, top in shapes if top - bottom > 5 * millimetres) <= 30 * millimetres


@pytest.mark.parametrize("outcome", ["partly-worked", "not-sustained", "made-worse", "stopped-early"])
def test_every_outcome_has_its_mark(tmp_path: Path, outcome: str) -> None:
    folder = copy_of_small(tmp_path)
    change(folder / "examples" / "bells-at-night.md", "outcome: did-not-work", f"outcome: {outcome}")
    other = printed(folder, "paper/bells-at-night.pdf")
    with closing(pypdfium2.PdfDocument(other)) as document:
        assert any(shape.type == 2 for shape in document[0].get_objects())
    assert len(words_of(other)) > 100
