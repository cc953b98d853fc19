"""What stands in a pack that was built from sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from content_pack import PackError, open_pack
from content_pack.blocks import Bullets, Callout, Figure, Heading, Paragraph, Steps, Table, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from content_pack.blocks import Block
    from content_pack.reader import Pack


@pytest.fixture
def pack(small_pack: Path) -> Iterator[Pack]:
    with open_pack(small_pack) as opened:
        yield opened


def of_type(blocks: tuple[Block, ...], wanted: type) -> list[Block]:
    return [block for block in blocks if isinstance(block, wanted)]


def test_the_label_of_the_pack_comes_from_its_file(pack: Pack) -> None:
    assert pack.info.name == "A small library"
    assert (pack.info.version, pack.info.dated, pack.info.licence) == ("2026.11.1", "2026-11-24", "CC BY 4.0")
    assert pack.info.counts == {"example": 2, "guide": 1, "material": 1, "stage": 1, "term": 1, "tool": 2}
    assert pack.info.drafts == 7


def test_a_tool_has_every_field_its_editor_wrote(pack: Pack) -> None:
    tool = pack.item("tea-round")
    assert (tool.kind, tool.code, tool.title, tool.method) == ("tool", "T2", "Walk the tea round", "Tea round walk")
    assert (tool.minutes, tool.group, tool.core, tool.level) == ((20, 40), (2, 4), True, "introductory")
    assert (tool.time, tool.ask) == ("one round of the trolley", "ask the cook first")
    assert tool.aliases == ("Trolley walk", "The cook’s walk")
    assert len(tool.people_say) == 5
    assert [source.supports for source in tool.sources] == ["the walk and its record", "how often to stop"]
    assert (tool.sources_read_on, tool.reviewed_on) == ("2026-11-23", "")


def test_an_example_has_its_outcome_and_its_evidence(pack: Pack) -> None:
    example = pack.item("bells-at-night")
    assert (example.outcome, example.link_that_broke, example.evidence_grade) == ("did-not-work", "weak-idea", "B")
    assert example.crosses_organisations
    assert (example.where, example.setting) == ("A care home in England", "care-home")
    assert example.citation.startswith("Lane E. Turning down the bells.")


def test_links_name_only_pages_of_the_pack_and_lead_both_ways(pack: Pack) -> None:
    tea = pack.item("tea-round")
    assert tea.links["next"] == ("kitchen-timer",)  # paper-plane is planned
    assert tea.links["goes-with"] == ("tea-round",)  # by its old slug
    assert tea.links["used-by"] == ("quiet-nights",)
    assert set(pack.item("kitchen-timer").links["used-by"]) == {"quiet-nights", "bells-at-night"}
    assert pack.item("quiet-nights").tools == ("tea-round", "kitchen-timer")
    assert pack.item("quiet-nights").links["same-idea"] == ("bells-at-night",)
    assert pack.item("bells-at-night").links["same-idea"] == ("quiet-nights",)


def test_links_in_text_become_routes_or_plain_words(pack: Pack) -> None:
    html = pack.item("tea-round").html
    assert '<a href="tool/kitchen-timer">timer</a>' in html
    assert "Do a paper plane round next" in html  # planned
    assert "material/kitchen-timer" not in html  # a wrong kind leads to the right one
    guide = pack.item("guide-begin-here").html
    assert '<a href="tool/tea-round">Walk the tea round</a>' in guide  # an old slug
    assert '<a href="stage/test">how stages work</a>' in guide
    assert "and sharing." in guide  # it has a code and no page yet


def test_the_parts_of_a_page_become_blocks(pack: Pack) -> None:
    blocks = pack.item("tea-round").blocks
    leads = [block for block in blocks if isinstance(block, Paragraph) and block.lead]
    assert [plain(lead.spans) for lead in leads][1] == "You need no numbers yet."
    assert leads[0].spans[1].mark == "em"
    steps, bullets = of_type(blocks, Steps), of_type(blocks, Bullets)
    assert len(steps) == 1
    assert isinstance(steps[0], Steps)
    assert len(steps[0].items) == 3
    assert isinstance(bullets[0], Bullets)
    assert any(isinstance(part, Bullets) for part in bullets[0].items[1])
    (table,) = of_type(blocks, Table)
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.header] == ["Room", "Wait", "Cups"]
    assert table.rows[1][1][0].mark == "strong"


def test_safety_slips_and_what_to_take_are_boxes(pack: Pack) -> None:
    boxes = [block for block in pack.item("tea-round").blocks if isinstance(block, Callout)]
    assert [(box.tone, box.heading_level) for box in boxes] == [("safety", 2), ("slip", 0), ("slip", 0), ("note", 0)]
    assert boxes[0].title == "First: could this go wrong for anyone?"
    assert boxes[1].title == "You walk ahead"
    (take,) = (block for block in pack.item("quiet-nights").blocks if isinstance(block, Callout))
    assert (take.tone, take.title, take.heading_level) == ("take", "What to take from it", 2)
    headings = [plain(block.spans) for block in pack.item("tea-round").blocks if isinstance(block, Heading)]
    assert headings[0] == "Use it when"
    assert boxes[0].title not in headings


def test_a_picture_is_an_asset_with_words_and_its_size(pack: Pack) -> None:
    (figure,) = of_type(pack.item("tea-round").blocks, Figure)
    assert figure == Figure(
        "pictures/tea-path.svg", "A line from the kitchen to the day room", "The way of the trolley", 480, 120
    )
    assert pack.asset("pictures/tea-path.svg").startswith(b"<svg")


def test_quotation_marks_are_true_ones(pack: Pack) -> None:
    text = pack.item("tea-round").text
    assert "Ask “who waited?”" in text
    assert "It’s a ward’s night, too." in text


def test_pages_come_in_reading_order(pack: Pack) -> None:
    slugs = [summary.slug for summary in pack.items()]
    assert slugs == [
        "test", "tea-round", "quiet-nights", "tea-round-sheet", "bells-at-night", "kitchen-timer",
        "guide-begin-here", "term-round",
    ]  # fmt: skip
    assert [summary.slug for summary in pack.items(kind="tool", stage="share")] == ["kitchen-timer"]


def test_the_form_of_a_sheet_is_kept_for_the_screen(pack: Pack) -> None:
    form = pack.item("tea-round-sheet").form
    assert [next(iter(part)) for part in form] == ["note", "row", "heading", "text", "table", "choice", "field"]
    assert form[4]["table"]["rows"] == 6
    assert form[6]["field"] == {
        "label": "What surprised us", "hint": "write it the same day", "lines": 3, "grow": False,
    }  # fmt: skip


def test_printed_codes_open_the_page_or_say_why_not(pack: Pack) -> None:
    assert pack.resolve("t2") == "tea-round"
    assert pack.resolve("tea-rounds") == "tea-round"
    assert pack.resolve("S5") == "test"
    with pytest.raises(PackError, match=r"removed on 2026-10-01 because it woke people up.*kitchen-timer"):
        pack.resolve("T4")
    with pytest.raises(PackError, match="“Fold and fly” is planned and not written yet"):
        pack.resolve("T3")
    with pytest.raises(PackError, match="There is no page called “T99”"):
        pack.resolve("T99")


def test_roadmap_and_closed_lists_are_in_order(pack: Pack) -> None:
    assert [(step.slug, step.part, step.written) for step in pack.roadmap()] == [
        ("gate", "gate", False), ("test", "stage", True), ("share", "stage", False), ("involve", "thread", False),
    ]  # fmt: skip
    assert pack.labels("setting") == {"acute-ward": "Hospital wards", "care-home": "Care homes"}
    assert pack.labels("outcome")["not-sustained"] == "Did not last"
    assert list(pack.labels("stage")) == ["gate", "test", "share", "involve"]
    assert pack.areas() == {"our-hospital": "South Yorkshire", "elsewhere": "England"}
    assert pack.labels("organisation")["our-hospital"] == "Our Children’s Hospital"


def test_a_built_pack_can_be_searched(pack: Pack) -> None:
    page = pack.search("tea trolley")
    assert page.hits[0].slug == "tea-round"
    assert page.hits[0].complete
