"""Charts that are drawn from numbers in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from building import change, complaints, copy_of_small, line_of

from content_pack import open_pack
from content_pack.blocks import Figure, Table, plain
from content_pack.build.commands import Wish, build

if TYPE_CHECKING:
    from pathlib import Path

CHART = "charts:\n  cups: {kind: run, title: Hot cups, values: [3, 4, 5, 3, 4, 6, 3, 4, 5], notes: {5: new urn}}\n"
SHOWN = "## How to do it\n\n![Nine days of hot cups](picture:chart-tea-round-cups.svg)\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = copy_of_small(tmp_path) / "tools" / "tea-round.md"
    change(file, "status: ", CHART + "status: ")
    change(file, "## How to do it\n", SHOWN)
    return file


def test_a_chart_is_drawn_and_followed_by_its_reading_and_its_numbers(page: Path, tmp_path: Path) -> None:
    target = tmp_path / "made.ilsypack"
    build(Wish(page.parents[1], target, cached=False))
    with open_pack(target) as pack:
        blocks = pack.item("tea-round").blocks
        place = next(number for number, block in enumerate(blocks) if isinstance(block, Figure))
        figure, numbers = blocks[place], blocks[place + 2]
        assert isinstance(figure, Figure)
        assert "new urn" in pack.asset(figure.asset).decode()
        assert pack.item("tea-round").text.count("What the rules say:") == 1
        assert isinstance(numbers, Table)
        assert [plain(cell) for cell in numbers.rows[0]] == ["3, 4, 5", "3, 4, 6", "3, 4, 5"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[3, 4, 5, 3, 4, 6, 3, 4, 5]", "[3, many]", "write a number in the chart cups in place of “many”"),
        ("kind: run, title: Hot cups, ", "kind: run, ", "give the chart cups a kind, a title and its numbers"),
        ("{5: new urn}", "{five: new urn}", "write the notes of the chart cups as"),
        ("kind: run", "kind: pie", "mend the chart cups: There is no such kind of chart"),
    ],
)
def test_a_chart_with_a_fault_is_named_with_its_line(page: Path, old: str, new: str, says: str) -> None:
    change(page, old, new)
    [first, *_] = complaints(page.parents[1])
    assert says in first
    assert f"tea-round.md:{line_of(page, 'cups:')}:" in first
