"""Markdown becomes the blocks an editor meant, or a complaint; nothing is lost in silence."""

from __future__ import annotations

import pytest

from content_pack.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Paragraph,
    Span,
    Steps,
    Table,
)
from content_pack.build.links import Dangling
from content_pack.build.pictures import Picture
from content_pack.build.render import Rendered, Renderer
from content_pack.build.sources import Source

PICTURES = {"map.svg": Picture(b"<svg/>", 320, 200)}


def route(address: str) -> str:
    if address == "tool:later":
        return ""
    if address.startswith("tool:"):
        return address.replace(":", "/")
    raise Dangling(f"a link leads to “{address}”", "write tool:slug")


def render(markdown: str) -> Rendered:
    source = Source("a.md", "tools", "a", {}, {}, markdown, 10)
    return Renderer(route, PICTURES).render(source)


def blocks(markdown: str) -> list[Block]:
    rendered = render(markdown)
    assert rendered.complaints == []
    return list(rendered.blocks)


def complaint(markdown: str) -> str:
    (found,) = render(markdown).complaints
    return str(found)


def words(*texts: str) -> tuple[Span, ...]:
    return tuple(Span(text) for text in texts)


def test_headings_and_paragraphs() -> None:
    assert blocks("## Use it when\n\nYou have\n  two minds.\n\n### Also\n\n#### Small") == [
        Heading(2, words("Use it when")),
        Paragraph(words("You have two minds.")),
        Heading(3, words("Also")),
        Heading(4, words("Small")),
    ]


def test_marks_and_links_become_spans() -> None:
    assert blocks("**Ask** *first*, then [*test* it](tool:pdsa) or **[wait *now*](tool:wait)**.") == [
        Paragraph(
            (
                Span("Ask", "strong"),
                Span(" "),
                Span("first", "em"),
                Span(", then "),
                Span("test", "em", "tool/pdsa"),
                Span(" it", "", "tool/pdsa"),
                Span(" or "),
                Span("wait now", "strong", "tool/wait"),
                Span("."),
            )
        )
    ]


def test_a_link_to_a_page_not_written_is_plain_and_counted() -> None:
    rendered = render("See [this](tool:later) and [that](tool:later).")
    assert rendered.blocks == (Paragraph(words("See this and that.")),)
    assert rendered.waiting == ["later", "later"]


def test_a_line_break_is_a_space() -> None:
    assert blocks("One  \ntwo.") == [Paragraph(words("One two."))]


def test_signs_of_html_stay_signs() -> None:
    assert blocks("5 < 6 & 7 > 2 &amp; <b>bold</b>") == [Paragraph(words("5 < 6 & 7 > 2 & <b>bold</b>"))]


def test_html_blocks_and_scripts_stay_words() -> None:
    assert blocks("<script>alert(1)</script>\n\n<div hidden>\n\nText") == [
        Paragraph(words("<script>alert(1)</script>")),
        Paragraph(words("<div hidden>")),
        Paragraph(words("Text")),
    ]


def test_steps_with_a_list_inside() -> None:
    assert blocks("1. **Ask.** Say why.\n2. Count:\n\n    - once\n    - twice\n") == [
        Steps(
            (
                (Paragraph((Span("Ask.", "strong"), Span(" Say why."))),),
                (
                    Paragraph(words("Count:")),
                    Bullets(((Paragraph(words("once")),), (Paragraph(words("twice")),))),
                ),
            )
        )
    ]


def test_a_list_entry_of_loose_words_around_a_list() -> None:
    (found,) = blocks("- one\n    - inner\n- two")
    assert found == Bullets(
        (
            (Paragraph(words("one")), Bullets(((Paragraph(words("inner")),),))),
            (Paragraph(words("two")),),
        )
    )


def test_a_table() -> None:
    assert blocks("| Day | Wait |\n|---|---|\n| Monday | **9** minutes |\n| Tuesday | |") == [
        Table(
            (words("Day"), words("Wait")),
            ((words("Monday"), (Span("9", "strong"), Span(" minutes"))), (words("Tuesday"), ())),
        )
    ]


def test_callouts() -> None:
    assert blocks("!!! slip \"The *head* is an 'answer'\"\n    Write what you see.\n\n    - Twice.\n") == [
        Callout(
            "slip",
            "The head is an ‘answer’",
            (Paragraph(words("Write what you see.")), Bullets(((Paragraph(words("Twice.")),),))),
        )
    ]
    (note,) = blocks('!!! note "A tip"\n    Wear quiet shoes.')
    assert isinstance(note, Callout)
    assert note.tone == "note"


def test_a_picture_alone_is_a_figure() -> None:
    rendered = render("![A map of the ward](picture:map.svg \"The 'long' way\")")
    assert rendered.blocks == (Figure("pictures/map.svg", "A map of the ward", "The ‘long’ way", 320, 200),)
    assert rendered.pictures == ["map.svg"]
    assert blocks("![A map](picture:map.svg)") == [Figure("pictures/map.svg", "A map", "", 320, 200)]


def test_true_quotation_marks_across_marks() -> None:
    assert blocks('He said "*now*" and "go".') == [
        Paragraph((Span("He said “"), Span("now", "em"), Span("” and “go”.")))
    ]


def test_nothing_gives_no_blocks() -> None:
    assert blocks("\n\n") == []
    assert blocks("&nbsp;") == []


def test_space_at_the_end_of_a_line_is_dropped() -> None:
    assert blocks("**Stop.**&nbsp;") == [Paragraph((Span("Stop.", "strong"),))]


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Fine.\n\n> Quoted.", "a.md:12: a quotation with > has no place on a page"),
        ("Fine.\n\n    indented words", "a.md:12: a block of program text"),
        ("Fine.\n\n***\n", "a rule across the page"),
        ("# Title", "a.md:10: a heading with one #"),
        ("Fine.\n\n##### Deep", "a.md:12: a heading with more than four #"),
        ("Use `this` word.", "a.md:10: program text has no place on a page; take out the ` marks"),
        ("See ![a map](picture:map.svg) here.", "a.md:10: a picture cannot stand inside a line; put it on a line of"),
        ("![A plan](picture:plan.svg)", "a.md:10: there is no picture “plan.svg”"),
        ("![A plan](plan.svg)", "there is no picture “plan.svg”"),
        ("![](picture:map.svg)", "a.md:10: the picture has no words for those who cannot see it"),
        ("x\n\n[here](web:page)", "a.md:12: a link leads to “web:page”"),
        ("x\n\n[here](http://a.b)", "a.md:12: a link leads to “http://a.b”"),
        ('!!! danger "Mind"\n    x', "a.md:10: a box “!!! danger” is not known"),
        ('!!! slip ""\n    x', "a box “!!! slip” is not known"),
        ("| | Wait |\n|---|---|\n| Monday | 9 |", "a column of the table has no heading"),
        ("Words.\n- not a list", "the mark “-” was not understood"),
        ("Words\n1. not a list", "the mark “1.” was not understood"),
        ("Half **bold.", "the mark “**” was not understood"),
        ('! !!! slip "No space"\n    x', "the mark “!!!” was not understood"),
        ("[words](tool: pdsa", "the mark “](” was not understood"),
        ("| a | b |\nno table", "the mark “| a | b |” was not understood"),
    ],
)
def test_what_is_not_a_block_is_a_complaint(markdown: str, said: str) -> None:
    assert said in complaint(markdown)


def test_a_renderer_forgets_the_page_before() -> None:
    renderer = Renderer(route, PICTURES)
    first = Source("a.md", "tools", "a", {}, {}, "[x]: tool:pdsa\n\n[x][x]", 1)
    second = Source("b.md", "tools", "b", {}, {}, "[x][x]", 1)
    assert renderer.render(first).blocks == (Paragraph((Span("x", "", "tool/pdsa"),)),)
    assert "][" in str(renderer.render(second).complaints[0])


def test_a_chart_whose_numbers_are_not_there() -> None:
    (found,) = render("![Calls a week](picture:chart-pdsa-calls.svg)").complaints
    assert "this page has no chart “chart-pdsa-calls.svg”; write its numbers into `charts:`" in str(found)
