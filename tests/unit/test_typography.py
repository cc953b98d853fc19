"""Straight marks of the keyboard become true quotation marks and apostrophes."""

from __future__ import annotations

import pytest

from content_pack.build.typography import set_marks


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Too few," they said', "“Too few,” they said"),
        ('say "this", ("that") and —"those"', "say “this”, (“that”) and —“those”"),
        ("it's John's 'thing'", "it’s John’s ‘thing’"),
        ("patients' notes", "patients’ notes"),
        ("the '90s", "the ’90s"),
        ("\"'I will'\"", "“‘I will’”"),
        ("no marks", "no marks"),
        ("", ""),
    ],
)
def test_marks(typed: str, printed: str) -> None:
    assert set_marks(typed) == printed


def test_what_stands_before_decides() -> None:
    assert set_marks('"', before="x") == "”"
    assert set_marks('"', before=" ") == "“"
    assert set_marks("'s", before="d") == "’s"
