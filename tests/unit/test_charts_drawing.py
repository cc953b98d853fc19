"""The drawing, the table and the sentence of a chart."""

from __future__ import annotations

import json
import random
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from content_pack.charts import Analysis, analyse, draw, reading, table

INPUTS = ("values", "numerators", "denominators", "rebase_at", "improvement_direction", "screen_outliers")
DATA = Path(__file__).parents[1] / "data"
CASES: list[dict[str, Any]] = [
    case
    for name in ("spc_reference.json", "spc_hard.json")
    for case in json.loads((DATA / name).read_text(encoding="utf-8"))
]
SVG = "{http://www.w3.org/2000/svg}"
NEW = "new mean from here, no limits"
SHIFT = [5.0, 6.0, 5.0, 7.0, 6.0, 5.0, 6.0, 5.0, 6.0, 7.0, 12.0, 13.0, 12.0, 11.0, 13.0, 12.0, 13.0, 12.0, 11.0, 13.0]
QUIET = [5.0, 9.0, 6.0, 8.0, 4.0, 9.0, 5.0, 8.0, 6.0, 9.0, 4.0, 8.0]


def _analysed(case: dict[str, Any]) -> Analysis:
    kind: str = case["kind"]
    return analyse(kind, **{name: case[name] for name in INPUTS if name in case})


def _weeks(count: int) -> list[date]:
    return [date(2026, 1, 5) + timedelta(weeks=week) for week in range(count)]


def _tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own text


def _words(svg: str) -> list[str]:
    return [text.text or "" for text in _tree(svg).iter(f"{SVG}text")]


def _coordinates(svg: str) -> list[tuple[float, float]]:
    """Where every text, point and corner stands."""
    spots = []
    for element in _tree(svg).iter():
        for across, down in (("x", "y"), ("cx", "cy")):
            if element.get(across):
                spots.append((float(element.get(across, "")), float(element.get(down, ""))))
        for pair in element.get("points", "").split():
            across, down = pair.split(",")
            spots.append((float(across), float(down)))
    return spots


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case["kind"])
def test_a_drawing_is_whole_and_stays_inside_its_frame(case: dict[str, Any]) -> None:
    found = _analysed(case)
    svg = draw(found, title="Falls on the ward", labels=_weeks(len(found.points)))
    tree = _tree(svg)
    assert tree.get("viewBox") == "0 0 680 300"
    assert tree.get("font-family") == "Source Sans 3"
    assert all(0 <= across <= 680 and 0 <= down <= 300 for across, down in _coordinates(svg))
    assert "style" not in svg
    assert "class" not in svg
    assert len(next(tree.iter(f"{SVG}polyline")).get("points", "").split()) == len(found.points)
    assert svg == draw(_analysed(case), title="Falls on the ward", labels=_weeks(len(found.points)))


@pytest.mark.parametrize("count", [2, 3, 60, 1000])
@pytest.mark.parametrize("size", [1e-9, 1, 1e12])
def test_any_number_of_points_of_any_size_can_be_drawn(count: int, size: float) -> None:
    dice = random.Random(count)
    found = analyse("xmr", values=[size * dice.gauss(50, 5) for _ in range(count)])
    assert all(0 <= across <= 680 and 0 <= down <= 300 for across, down in _coordinates(draw(found)))


def test_labels_on_the_axis_do_not_touch() -> None:
    for count in (2, 9, 24, 60):
        svg = draw(analyse("run", values=[*range(count)]), labels=_weeks(count))
        places = [float(text.get("x", "")) for text in _tree(svg).iter(f"{SVG}text") if "2026" in (text.text or "")]
        assert places
        assert all(after - before > 60 for before, after in pairwise(places))


def test_the_newest_point_always_has_its_label() -> None:
    assert "16 Nov 2026" in _words(draw(analyse("run", values=[*range(46)]), labels=_weeks(46)))


def test_a_higher_value_stands_higher() -> None:
    svg = draw(analyse("run", values=[1, 3, 2, 4]))
    heights = [float(pair.split(",")[1]) for pair in next(_tree(svg).iter(f"{SVG}polyline")).get("points", "").split()]
    assert sorted(range(4), key=lambda place: -heights[place]) == [0, 2, 1, 3]


def test_signals_have_shapes_of_their_own_and_the_legend_names_them() -> None:
    wanted = draw(analyse("xmr", values=[*QUIET, 20.0], improvement_direction=1))
    unwanted = draw(analyse("xmr", values=[*QUIET, 20.0], improvement_direction=-1))
    assert "unusual, in the direction you want" in _words(wanted)
    assert "unusual, not in the direction you want" in _words(unwanted)
    shapes = [
        [len(shape.get("points", "").split()) for shape in _tree(svg).iter(f"{SVG}polygon")]
        for svg in (wanted, unwanted)
    ]
    assert all(len(found) == 2 for found in shapes)
    assert next(_tree(wanted).iter(f"{SVG}polygon")).attrib != next(_tree(unwanted).iter(f"{SVG}polygon")).attrib


def test_a_quiet_chart_has_no_marks_but_its_points() -> None:
    tree = _tree(draw(analyse("xmr", values=QUIET)))
    assert not list(tree.iter(f"{SVG}polygon"))
    assert len(list(tree.iter(f"{SVG}circle"))) == len(QUIET)


def test_a_long_run_is_marked_and_a_point_on_the_median_is_hollow() -> None:
    tree = _tree(draw(analyse("run", values=[*SHIFT, 9.0])))
    assert len(list(tree.iter(f"{SVG}polygon"))) == 20 + 1
    hollow = [circle for circle in tree.iter(f"{SVG}circle") if circle.get("fill") == "#ffffff"]
    assert len(hollow) == 1 + 1


def test_lines_carry_their_names_and_values() -> None:
    assert "median 9" in _words(draw(analyse("run", values=[*SHIFT, 9.0])))
    words = _words(draw(analyse("p", numerators=[30, 31, 28, 33], denominators=[100] * 4)))
    assert {"upper 44.3%", "mean 30.5%", "lower 16.7%"} <= set(words)


def test_a_lower_limit_that_cannot_be_passed_is_not_drawn() -> None:
    assert not any("lower" in words for words in _words(draw(analyse("c", values=[1, 0, 2, 1, 3]))))
    assert any("lower" in words for words in _words(draw(analyse("c", values=[30, 31, 35, 32]))))


def test_limits_that_are_missing_are_not_drawn_and_stand_as_none_in_the_table() -> None:
    found = analyse("xmr", values=[*QUIET, *[7] * 12], rebase_at=12)
    names = [words for words in _words(draw(found)) if re.match("upper|mean|lower", words)]
    assert names == ["mean 7"]
    dashed = [
        path.get("d", "") for path in _tree(draw(found)).iter(f"{SVG}path") if path.get("stroke-dasharray") == "6 4"
    ]
    middle = next(float(text.get("x", "")) for text in _tree(draw(found)).iter(f"{SVG}text") if text.text == NEW)
    assert len(dashed) == 2
    assert all(path.endswith(f"H{middle:g}") for path in dashed)
    assert [row[3:5] for row in table(found).rows[11:13]][1] == ("none", "none")
    assert "none" not in table(found).rows[11]
    alone = draw(analyse("xmr", values=[7] * 12))
    assert not any(words.startswith(("upper", "lower")) for words in _words(alone))


def test_names_of_close_lines_stand_apart() -> None:
    svg = draw(analyse("t", values=[1.0, 1.1, 200.0, 1.0, 0.9, 1.2, 1.0, 150.0]))
    heights = [
        float(text.get("y", ""))
        for text in _tree(svg).iter(f"{SVG}text")
        if re.match("upper|centre|lower", text.text or "")
    ]
    assert len(heights) >= 2
    assert all(after - before >= 12 for before, after in pairwise(heights))


def test_new_limits_are_shown_where_they_begin() -> None:
    assert "new limits from here" in _words(draw(analyse("xmr", values=SHIFT, rebase_at=10)))
    assert "new limits from here" not in _words(draw(analyse("xmr", values=SHIFT)))


def test_the_words_at_new_limits_stay_inside_the_drawing() -> None:
    tree = _tree(draw(analyse("xmr", values=SHIFT * 4, rebase_at=1)))
    middle = next(float(text.get("x", "")) for text in tree.iter(f"{SVG}text") if text.text == "new limits from here")
    assert middle >= 6 * len("new limits from here") / 2


def test_what_people_type_is_shown_as_text() -> None:
    title = 'Beds < 5 & "none" \x00\x1b\ud800 left'
    svg = draw(analyse("run", values=[1, 2, 3]), title=title, labels=["<b>", "&", "“x”"])
    assert 'Beds < 5 & "none"  left'.split() == _words(svg)[0].split()
    assert "<b>" in _words(svg)
    assert svg.encode("utf-8")


def test_a_very_long_title_and_label_are_cut_with_dots() -> None:
    svg = draw(analyse("run", values=[1, 2, 3]), title="word " * 100, labels=["a label that goes on and on"] * 3)
    assert [words for words in _words(svg) if words.startswith("word")][1].endswith("…")
    assert any(words.startswith("a label") and words.endswith("…") for words in _words(svg))
    assert draw(analyse("run", values=[1, 2, 3]), title="x" * 500)


def test_the_drawing_says_in_words_what_it_shows() -> None:
    found = analyse("run", values=SHIFT)
    tree = _tree(draw(found, title="Falls"))
    assert tree.findtext(f"{SVG}title") == "Falls"
    assert tree.findtext(f"{SVG}desc") == reading(found)


# The table


def test_a_run_chart_has_a_row_a_point() -> None:
    header, rows = table(analyse("run", values=[3, 5, 9.5]), [date(2026, 3, 1), "second", "third"])
    assert header == ("When", "Value", "Side of the median (5.0)")
    assert rows == (("1 Mar 2026", "3.0", "below"), ("second", "5.0", "on the line"), ("third", "9.5", "above"))


def test_signals_stand_in_the_table_in_plain_words() -> None:
    rows = table(analyse("xmr", values=[*QUIET, 20.0])).rows
    assert rows[-1][-1] == "above the upper limit"
    assert rows[0][-1] == ""
    assert table(analyse("c", values=[16] * 10 + [40, 1] + [16] * 10)).rows[11][-1] == "below the lower limit"


@pytest.mark.parametrize("case", CASES[1::5], ids=lambda case: case["kind"])
def test_every_row_is_as_wide_as_the_header(case: dict[str, Any]) -> None:
    found = _analysed(case)
    header, rows = table(found)
    assert len(rows) == len(found.points)
    assert {len(row) for row in rows} == {len(header)}
    assert all(isinstance(cell, str) for row in rows for cell in row)


def test_shares_are_percentages_and_whole_numbers_stay_whole() -> None:
    assert table(analyse("p", numerators=[1, 1, 2], denominators=[3, 4, 7])).rows[0][1] == "33.3%"
    assert table(analyse("c", values=[3, 4, 5])).rows[0][1:3] == ("3", "4")


# The sentence


@pytest.mark.parametrize(
    ("analysis", "says"),
    [
        (analyse("run", values=QUIET), "Nothing here says it changed yet: keep counting to 20."),
        (analyse("run", values=QUIET * 2), "Nothing here says it changed: chance alone could give"),
        (analyse("run", values=[1, 2, 3, 4, 5]), "Too few points off the median to tell (4 so far)"),
        (analyse("run", values=[3] * 20), "Every value is the same"),
        (analyse("run", values=SHIFT), "10 points in a row on one side of the median (7 is the usual most)"),
        (analyse("run", values=SHIFT), "only 1 crossing of the median (6 is the usual fewest)"),
        (analyse("xmr", values=QUIET), "Nothing here says it changed yet: keep counting to 20."),
        (analyse("xmr", values=[1, 2, 9, 2, 1, 40]), "Too few points for limits that hold (6 so far)"),
        (analyse("xmr", values=SHIFT, rebase_at=10), "(10 in the shorter part)"),
        (analyse("xmr", values=QUIET * 2, rebase_at=12), "Nothing here says it changed within either part yet"),
        (analyse("xmr", values=[*QUIET, 20.0]), "1 unusual point in 13 (1 high or rising)"),
        (analyse("xmr", values=[*QUIET, 20.0], improvement_direction=-1), "(1 in the direction you do not want)"),
        (analyse("xmr", values=[*QUIET, 20.0], improvement_direction=1), "(1 in the direction you want)"),
        (analyse("xmr", values=[*QUIET, *[7] * 12], rebase_at=12), "; the second part, whose values are all the same,"),
        (analyse("xmr", values=[*[7] * 12, *QUIET], rebase_at=12), "; the first part, whose values are all the same,"),
        (analyse("xmr", values=[3, 5], rebase_at=1), "(1 in the shorter part)"),
        (analyse("xmr", values=[*[3] * 12, *[5] * 12], rebase_at=12), "so there are no limits: check the figures"),
        (analyse("c", values=[16, 15] * 10 + [40]), "1 of 21 points beyond the limits"),
        (analyse("g", values=[5, 6] * 6 + [12, 11] * 6), "12 points in a row on one side of the median"),
        (analyse("t", values=[5.0, 6.0] * 6 + [12.0, 11.0] * 6), "on one side of the centre line"),
    ],
)
def test_the_sentence_says_what_the_rules_found(analysis: Analysis, says: str) -> None:
    assert says in reading(analysis)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_the_sentence_never_claims_more(case: dict[str, Any]) -> None:
    found = _analysed(case)
    sentence = reading(found)
    assert sentence.count(".") == 1
    assert not re.search(r"improved|worked|because|caused|significant|proves?\b", sentence)
    signal = getattr(found, "signal", False) or any(getattr(found, "outside", ()))
    signal |= bool(set(getattr(found, "special_cause", ())) - {"Common Cause"})
    signal |= getattr(getattr(found, "runs", None), "signal", False)
    assert ("more than chance" in sentence) <= signal
    assert ("cannot say why" in sentence) == ("more than chance" in sentence)


def test_what_happened_is_written_on_the_chart() -> None:
    svg = draw(analyse("run", values=SHIFT), notes={10: "new rota", 19: "<snow>"})
    assert {"new rota", "<snow>"} <= set(_words(svg))
    assert "new rota" not in _words(draw(analyse("run", values=SHIFT)))
