"""Charts of a page, drawn from the numbers in its front matter, with those numbers and one sentence of reading.

    charts:
      waits: {kind: run, title: Average wait in minutes, values: [26, 22, 25], freeze_at: 12, notes: {13: slots began}}

In the body, `![what it shows](picture:chart-SLUG-waits.svg "caption")` stands for the chart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from content_pack.blocks import Block, Figure, Paragraph, Span, Table
from content_pack.build.pictures import STAND_IN, Picture, read_picture
from content_pack.build.values import Unfit, nearest
from content_pack.charts import Analysis, ChartError, analyse, draw, reading, table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_pack.build.kinds import Page

FIGURES = ("values", "numerators", "denominators", "rebase_at", "improvement_direction", "screen_outliers", "freeze_at")
SHOWN = ("kind", "title", "labels", "notes")
COLUMNS = 4


class Chart(NamedTuple):
    """A chart of a page: what the rules found, the drawing, and the words of its points."""

    analysis: Analysis
    svg: str
    labels: tuple[str, ...]


def read_charts(value: Any) -> dict[str, Chart]:
    """The charts of a page by their names. Raises Unfit."""
    if not isinstance(value, dict):
        raise Unfit("write a name for each chart, and below it kind, title and values")
    return {str(name): _chart(name, entry) for name, entry in value.items()}


def _chart(name: Any, entry: Any) -> Chart:
    if not isinstance(entry, dict) or not {"kind", "title"} <= set(entry):
        raise Unfit(f"give the chart {name} a kind, a title and its numbers", name)
    for key in entry:
        if key not in (*FIGURES, *SHOWN):
            meant = nearest(str(key), (*FIGURES, *SHOWN)) or "one of " + ", ".join((*FIGURES, *SHOWN))
            raise Unfit(f"write {meant} instead of {key}", name, key)
    labels = tuple(map(str, entry.get("labels", ())))
    notes = entry.get("notes", {})
    figures = {key: _figures(entry[key]) for key in FIGURES if key in entry}
    _check_numbers(name, figures)
    try:
        analysis = analyse(entry["kind"], **figures)
        before = {int(number) - 1: str(words) for number, words in notes.items()}
        svg = draw(analysis, title=str(entry["title"]), labels=labels or None, notes=before)
    except ChartError as error:
        raise Unfit(f"mend the chart {name}: {error}", name) from error
    except (AttributeError, TypeError, ValueError) as error:
        write = f"write the notes of the chart {name} as {{13: what happened before point 13}}"
        raise Unfit(write, name, "notes") from error
    if outside := [number for number in before if not 0 <= number < _points(figures)]:
        write = f"the chart {name} has {_points(figures)} points, and none has the number {outside[0] + 1}"
        raise Unfit(f"mend the note: {write}", name, "notes")
    return Chart(analysis, svg, labels)


def _check_numbers(name: str, figures: Mapping[str, Any]) -> None:
    """Raise Unfit with the place of the first entry that is no number: the rules of charts do not know its line."""
    for key in ("values", "numerators", "denominators"):
        entries = figures.get(key, ())
        for place, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, str) and entry not in ("", "null"):
                write = f"write a number in the chart {name} in place of “{entry}”, such as 22 or 22.5"
                raise Unfit(write, name, key, place)


def _points(figures: Mapping[str, Any]) -> int:
    return max(len(figures.get(key, ())) for key in ("values", "numerators"))


def _figures(value: Any) -> Any:
    """Front matter holds texts: figures as numbers, true and false as such, the rest for `analyse` to refuse."""
    if isinstance(value, list):
        return [_figures(entry) for entry in value]
    if value in ("true", "false"):
        return value == "true"
    try:
        number = float(value)
    except (TypeError, ValueError):
        return value
    return int(number) if number.is_integer() else number


def chart_pictures(page: Page) -> dict[str, Picture]:
    """The drawings of a page's charts, by the names under which its body shows them."""
    return {f"chart-{page.slug}-{name}.svg": read_picture(chart.svg) for name, chart in _charts(page).items()}


def stand_ins(page: Page) -> dict[str, Picture]:
    """A picture in place of each chart with a fault, so that the line that shows it has no second complaint."""
    charts = page.source.front.get("charts")
    names = charts if isinstance(charts, dict) and not page.get("charts") else ()
    return {f"chart-{page.slug}-{name}.svg": STAND_IN for name in names}


def with_numbers(page: Page, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, each chart followed by what the rules say and by its numbers."""
    charts = {f"pictures/chart-{page.slug}-{name}.svg": chart for name, chart in _charts(page).items()}
    found: list[Block] = []
    for block in blocks:
        found.append(block)
        if isinstance(block, Figure) and block.asset in charts:
            chart = charts[block.asset]
            found += [
                Paragraph((Span("What the rules say: ", "strong"), Span(reading(chart.analysis)))),
                _numbers(chart),
            ]
    return tuple(found)


def _charts(page: Page) -> Mapping[str, Chart]:
    charts: Mapping[str, Chart] = page.get("charts", {})
    return charts


def _numbers(chart: Chart) -> Table:
    """The points in a table of few rows: in a page it stands beside the drawing, not instead of a data sheet."""
    rows = table(chart.analysis, chart.labels or None).rows
    size = -(-len(rows) // COLUMNS)
    parts = [rows[start : start + size] for start in range(0, len(rows), size)]
    header = tuple((Span(f"{part[0][0]} to {part[-1][0]}"),) for part in parts)
    return Table(header, (tuple((Span(", ".join(row[1] for row in part)),) for part in parts),))
