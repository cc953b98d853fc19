"""The drawing of a chart: SVG text of our own, 680 × 300, the same for the screen, paper and the web.

Signals differ by shape as well as colour, so that a grey printer loses nothing. No style sheet, and only
what QtSvg and Typst both draw.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from content_pack.charts.marks import COMMON, LEGEND, draw_mark, marks
from content_pack.charts.reading import reading
from content_pack.charts.records import Analysis, RunAnalysis, XmrAnalysis
from content_pack.charts.scale import nice_ticks, tick_texts
from content_pack.charts.table import centre_name
from content_pack.charts.words import number_format, point_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_pack.charts.words import Labels

WIDTH, HEIGHT = 680, 300
INK, LINE = "#16232e", "#d5dce2"
LETTER = 0.52
"""Mean width of a letter of the face, in font sizes; on the generous side for figures."""

SMALL = 13
BOTTOM = 248
TITLE_SIZE = 16
TITLE_LINES = 2
LABEL_LETTERS = 18


Notes = Mapping[int, str]
NO_NOTES: Notes = {}


class _Frame(NamedTuple):
    """Where the points stand: the plot's edges in the drawing, and the values at its top and bottom."""

    left: float
    right: float
    top: float
    low: float
    high: float
    points: int

    @property
    def step(self) -> float:
        return (self.right - self.left) / self.points

    def x(self, place: float) -> float:
        return self.left + (place + 0.5) * self.step

    def y(self, value: float) -> float:
        return BOTTOM - (value - self.low) / (self.high - self.low) * (BOTTOM - self.top)


class _Line(NamedTuple):
    """A centre line or limit: its name, its value at each point (None where it has none), and whether it is dashed."""

    name: str
    values: Sequence[float | None]
    dashed: bool


def draw(analysis: Analysis, *, title: str = "", labels: Labels = None, notes: Notes = NO_NOTES) -> str:
    """The chart as SVG text.

    `labels` are dates or texts, one a point; without them the points are numbered from 1. `notes` are words
    for what happened before a point, by its index from 0, each set beside a broken line. The same
    arguments give the same text. Raises ChartError where there are not as many labels as points.
    """
    when, show, lines = point_labels(labels, len(analysis.points)), number_format(analysis), _lines(analysis)
    heading = _wrapped(title)
    ticks = nice_ticks(
        [*analysis.points, *(value for line in lines for value in line.values if value is not None)],
        whole=all(map(float.is_integer, analysis.points)),
    )
    tick_names = tick_texts(ticks, percent=analysis.kind == "p")
    ends = [(line.name, end) for line in lines if (end := line.values[-1]) is not None]
    names = [f"{name} {show.line(end)}" for name, end in ends]
    frame = _Frame(
        left=14 + max(map(_width, tick_names)),
        right=WIDTH - 14 - max(map(_width, names)),
        top=16 + 20 * len(heading),
        low=ticks[0],
        high=ticks[-1],
        points=len(analysis.points),
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="Source Sans 3" font-size="{SMALL}" fill="{INK}">',
        f"<title>{_text(title or 'Chart')}</title>",
        f"<desc>{_text(reading(analysis))}</desc>",
        *_heading(heading),
        *_value_axis(frame, ticks, tick_names),
        *_point_axis(frame, when),
        *_rebase(frame, analysis),
        *_notes(frame, notes),
        *(_level(frame, line, analysis) for line in lines if any(value is not None for value in line.values)),
        *_line_names(frame, [end for _, end in ends], names),
        *_points(frame, analysis),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(analysis: Analysis) -> list[_Line]:
    """From the top; a lower limit of nothing is not drawn, because no point can pass it."""
    name = centre_name(analysis)
    if isinstance(analysis, RunAnalysis):
        return [_Line(name, [analysis.median] * len(analysis.points), dashed=False)]
    if isinstance(analysis, XmrAnalysis):
        centre, has_lower = analysis.mean, True
    else:
        centre, has_lower = [analysis.centre] * len(analysis.points), any(analysis.lower)
    lines = [_Line("upper", analysis.upper, dashed=True), _Line(name, centre, dashed=False)]
    return [*lines, _Line("lower", analysis.lower, dashed=True)] if has_lower else lines


def _text(words: str) -> str:
    """Escaped, and without the characters that XML cannot hold."""
    return escape("".join(letter for letter in words if letter >= " " and not "\ud800" <= letter <= "\udfff"))


def _width(words: str, size: float = SMALL) -> float:
    return len(words) * size * LETTER


def _inside(x: float, words: str) -> float:
    """The middle of words that stand at x, or as near to it as they fit into the drawing."""
    half = _width(words) / 2
    return max(half, min(WIDTH - half, x))


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _wrapped(title: str) -> list[str]:
    """The title in at most two lines, cut with dots where it is longer than that."""
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, TITLE_SIZE) <= WIDTH - 16:
            lines[-1] = longer
        else:
            lines.append(word)
    fit = int((WIDTH - 16) / (TITLE_SIZE * LETTER))
    cut = [line if len(line) <= fit else line[: fit - 1] + "…" for line in lines[:TITLE_LINES]]
    return [*cut[:-1], cut[-1].rstrip("…")[: fit - 1] + "…"] if len(lines) > TITLE_LINES else cut


def _heading(lines: list[str]) -> list[str]:
    return [
        f'<text x="8" y="{20 + 20 * place}" font-size="{TITLE_SIZE}" font-weight="700">{_text(line)}</text>'
        for place, line in enumerate(lines)
    ]


def _value_axis(frame: _Frame, ticks: list[float], texts: list[str]) -> list[str]:
    parts = []
    for tick, text in zip(ticks, texts, strict=True):
        y = _n(frame.y(tick))
        parts.append(f'<path d="M{_n(frame.left)} {y}H{_n(frame.right)}" stroke="{LINE}" fill="none"/>')
        parts.append(f'<text x="{_n(frame.left - 6)}" y="{_n(frame.y(tick) + 4)}" text-anchor="end">{text}</text>')
    return parts


def _point_axis(frame: _Frame, when: list[str]) -> list[str]:
    """Labels under the points, as many as there is room for, counted back from the newest."""
    texts = [text if len(text) <= LABEL_LETTERS else text[: LABEL_LETTERS - 1] + "…" for text in when]
    room = max(map(_width, texts)) + 10
    every = max(1, -(-int(room) // max(1, int(frame.step))))
    places = [place for place in range(frame.points) if (frame.points - 1 - place) % every == 0]
    parts = [f'<path d="M{_n(frame.left)} {BOTTOM}H{_n(frame.right)}" stroke="{INK}" fill="none"/>']
    for place in places:
        x = frame.x(place)
        middle = _inside(x, texts[place])
        parts.append(f'<path d="M{_n(x)} {BOTTOM}v4" stroke="{INK}" fill="none"/>')
        parts.append(f'<text x="{_n(middle)}" y="{BOTTOM + 18}" text-anchor="middle">{_text(texts[place])}</text>')
    return parts


def _rebase(frame: _Frame, analysis: Analysis) -> list[str]:
    if not isinstance(analysis, XmrAnalysis) or analysis.rebase_at is None:
        return []
    x = frame.x(analysis.rebase_at - 0.5)
    words = "new mean from here, no limits" if analysis.lower[-1] is None else "new limits from here"
    middle = _inside(x, words)
    return [
        f'<path d="M{_n(x)} {_n(frame.top)}V{BOTTOM}" stroke="{INK}" stroke-dasharray="1 3" fill="none"/>',
        f'<text x="{_n(middle)}" y="{_n(frame.top - 4)}" text-anchor="middle">{words}</text>',
    ]


def _notes(frame: _Frame, notes: Notes) -> list[str]:
    parts: list[str] = []
    places = sorted(notes)
    for place, following in zip(places, [*places[1:], frame.points], strict=False):
        words = notes[place]
        x, y = frame.x(place - 0.5), frame.top + 10 + 14 * (len(parts) // 2)
        near_end = x + 8 + _width(words) > min(frame.right, frame.x(following - 0.5))
        side = f'x="{_n(x - 4)}" text-anchor="end"' if near_end else f'x="{_n(x + 4)}"'
        parts.append(f'<path d="M{_n(x)} {_n(frame.top)}V{BOTTOM}" stroke="{INK}" stroke-dasharray="2 4" fill="none"/>')
        parts.append(f'<text {side} y="{_n(y)}" font-weight="600">{_text(words)}</text>')
    return parts


def _level(frame: _Frame, line: _Line, analysis: Analysis) -> str:
    """A level line, in steps where its value changes; it is broken where new limits begin, and where it has none."""
    cut = analysis.rebase_at if isinstance(analysis, XmrAnalysis) else None
    path, place = "", 0
    for (_, value), same in groupby(
        enumerate(line.values), key=lambda item: (cut is not None and item[0] >= cut, item[1])
    ):
        first, place = place, place + len(list(same))
        if value is not None:
            x, y = _n(frame.x(first - 0.5)), _n(frame.y(value))
            path += f"V{y}" if path and first != cut else f"M{x} {y}"
            path += f"H{_n(frame.x(place - 0.5))}"
    dashes = ' stroke-dasharray="6 4"' if line.dashed else ""
    return f'<path d="{path}" stroke="{INK}"{dashes} fill="none"/>'


def _line_names(frame: _Frame, ends: list[float], names: list[str]) -> list[str]:
    """The names right of the lines, in their order from the top, moved apart where they would touch."""
    heights = [frame.y(end) + 4 for end in ends]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + SMALL + 1)
    over = max(0.0, heights[-1] - BOTTOM - 4)
    return [
        f'<text x="{_n(frame.right + 6)}" y="{_n(height - over)}">{name}</text>'
        for height, name in zip(heights, names, strict=True)
    ]


def _points(frame: _Frame, analysis: Analysis) -> list[str]:
    """The line from point to point, the points with their marks, and what the marks mean."""
    spots = [(frame.x(place), frame.y(value)) for place, value in enumerate(analysis.points)]
    size = min(1.0, max(0.35, frame.step / 9))
    kinds = marks(analysis)
    trace = " ".join(f"{_n(x)},{_n(y)}" for x, y in spots)
    parts = [f'<polyline points="{trace}" stroke="{INK}" stroke-width="1.5" fill="none"/>']
    parts += [draw_mark(kind, x, y, size) for kind, (x, y) in zip(kinds, spots, strict=True)]
    x = 8.0
    for kind in [kind for kind in LEGEND if kind in kinds and kind != COMMON]:
        parts.append(draw_mark(kind, x + 6, HEIGHT - 10, 1))
        parts.append(f'<text x="{_n(x + 16)}" y="{HEIGHT - 6}">{LEGEND[kind]}</text>')
        x += _width(LEGEND[kind]) + 32
    return parts
