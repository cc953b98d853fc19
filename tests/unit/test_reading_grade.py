"""The reading grade counts sentences, words and syllables as the design says."""

from __future__ import annotations

import pytest

from content_pack.blocks import Block, Bullets, Callout, Heading, Paragraph, Span, Steps, Table
from content_pack.build.reading_grade import reading_grade, syllables


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def grade(words: int, sentences: int, syllable_count: int) -> float:
    """Kincaid and others, 1975."""
    return 0.39 * words / sentences + 11.8 * syllable_count / words - 15.59


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1), ("table", 2), ("cake", 1), ("little", 2), ("be", 1), ("nurse", 1), ("people", 2),
        ("improvement", 4), ("team's", 1), ("well-known", 2), ("rhythm", 1), ("hm", 1), ("queue", 1),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_every_end_of_a_sentence_counts() -> None:
    assert reading_grade([paragraph("We sat. Who came? You did! Then this: go.")]) == pytest.approx(grade(9, 5, 9))


def test_each_step_and_entry_is_a_sentence() -> None:
    blocks: list[Block] = [
        Steps(((paragraph("Go out"),), (paragraph("Come back"),))),
        Bullets(((paragraph("One cup"), Bullets(((paragraph("Two cups"),),))),)),
    ]
    assert reading_grade(blocks) == pytest.approx(grade(8, 4, 8))


def test_figures_are_no_words_and_lines_of_figures_no_sentences() -> None:
    assert reading_grade([paragraph("It fell from 31 to 9. 42. Good.")]) == pytest.approx(grade(5, 2, 5))


def test_headings_and_tables_are_left_out() -> None:
    blocks: list[Block] = [
        Heading(2, (Span("Considerable organisational complexity"),)),
        Table(((Span("Administration"),),), (((Span("Documentation"),),),)),
        Callout("safety", "Considerable organisational complexity", (paragraph("Sit down."),), heading_level=2),
    ]
    assert reading_grade(blocks) == pytest.approx(grade(2, 1, 2))


def test_the_bold_title_of_a_box_is_a_sentence() -> None:
    blocks = [Callout("slip", "It stops", (paragraph("Sit down."),))]
    assert reading_grade(blocks) == pytest.approx(grade(4, 2, 4))


def test_a_page_without_words_has_no_grade() -> None:
    assert reading_grade([paragraph("12 34.")]) is None
    assert reading_grade([]) is None
