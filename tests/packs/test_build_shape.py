"""Mistakes that Markdown forgives and a page does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from building import complaints, copy_of_small

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    ", "", "is empty; put four spaces before the lines"),
        ("\n1. ", "\n- ", "has no numbered steps; begin each step with its number"),
        (
            "## Common slips",
            "QI is fun.\n\n## Common slips",
            "the abbreviation QI stands in the text; write improvement",
        ),
    ],
)
def test_what_goes_wrong_on_the_page_is_said(tmp_path: Path, old: str, new: str, says: str) -> None:
    file = copy_of_small(tmp_path) / "tools" / "tea-round.md"
    front, body = file.read_text(encoding="utf-8").split("\n---\n", 1)
    for number in range(1, 9) if "1." in old else [1]:
        body = body.replace(old.replace("1", str(number)), new)
    file.write_text(f"{front}\n---\n{body}", encoding="utf-8")
    assert any(says in complaint for complaint in complaints(file.parents[1]))
