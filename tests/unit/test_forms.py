"""The source of a sheet is read, or the way to its fault is said."""

from __future__ import annotations

from typing import Any

import pytest

from content_pack.build.forms import read_form
from content_pack.build.values import Unfit


def test_parts_come_in_order_with_what_was_left_out() -> None:
    form = read_form(
        [
            {"heading": "Plan"},
            {"row": [{"label": "Aim"}, {"label": "Test", "lines": "2", "grow": "true"}]},
            {"choice": {"label": "Act", "options": ["keep", "drop"]}},
            {"table": {"columns": ["Day", "Count"], "rows": "3"}},
        ]
    )
    assert form[1]["row"][0] == {"label": "Aim", "hint": "", "lines": 1, "grow": False}
    assert form[1]["row"][1]["lines"] == 2
    assert form[2]["choice"]["because"] is False
    assert form[3]["table"]["widths"] == (1, 1)
    assert form[3]["table"]["first"] == ()


@pytest.mark.parametrize(
    ("value", "where", "write"),
    [
        ("", (), "write a list of parts"),
        ([], (), "write a list of parts"),
        ([{"text": "a"}, "words"], (1,), "one of note, text"),
        ([{"text": "a", "note": "b"}], (0,), "one of note, text"),
        ([{"text": ""}], (0, "text"), "write a text"),
        ([{"field": {}}], (0, "field"), "write `label:` too"),
        ([{"field": "Label"}], (0, "field"), "{label: …}"),
        ([{"field": {"label": "a", "rows": "2"}}], (0, "field", "rows"), "instead of rows"),
        ([{"field": {"label": "a", "lines": "0"}}], (0, "field", "lines"), "whole number"),
        ([{"field": {"label": "a", "grow": "yes"}}], (0, "field", "grow"), "true or false"),
        ([{"row": [{"label": "a"}]}], (0, "row"), "two to four"),
        ([{"row": [{"label": "a"}, {}]}], (0, "row", 1), "`label:`"),
        ([{"choice": {"label": "a"}}], (0, "choice"), "`options:`"),
        ([{"choice": {"label": "a", "options": "b"}}], (0, "choice", "options"), "texts in brackets"),
        ([{"table": {"columns": ["a"]}}], (0, "table"), "`rows:`"),
        ([{"table": {"columns": [], "rows": "2"}}], (0, "table", "columns"), "one to 8 columns"),
        ([{"table": {"columns": ["a", ""], "rows": "2"}}], (0, "table", "columns"), "write a text"),
        ([{"table": {"columns": ["a"], "rows": "2", "widths": ["1", "2"]}}], (0, "table", "widths"), "one width"),
        ([{"table": {"columns": ["a"], "rows": "2", "widths": "1"}}], (0, "table", "widths"), "in brackets"),
        ([{"table": {"columns": ["a"], "rows": "1", "first": ["x", "y"]}}], (0, "table", "first"), "each row"),
    ],
)
def test_a_fault_says_where_it_stands(value: Any, where: tuple[str | int, ...], write: str) -> None:
    with pytest.raises(Unfit) as caught:
        read_form(value)
    assert caught.value.where == where
    assert write in str(caught.value)
