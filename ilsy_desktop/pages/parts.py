"""What pages share: the way a page is built, and parts that several of them show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAccessible

from content_pack.spans import Span
from ilsy_desktop.widgets.flow import Flow, Frame
from ilsy_desktop.widgets.prose import BODY, SMALL, SUBHEADING, TITLE, Prose, Style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_pack.model import Summary
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.pool import Pool

Role = QAccessible.Role
NO_ANCHORS: Mapping[str, Prose] = {}
BOX_HEADING = Style(16, 700, "soft", 1.4)
ASIDE_LINK = Style(16, line_height=1.4)
ROW_TITLE = Style(19, 600, line_height=1.3)
# Their lists hold nothing else, so the word above each entry would tell nothing.
SAME_KIND_EVERYWHERE = frozenset(("term", "problem", "guide"))
KIND_LINE = Style(14, 600, "soft", 1.4)


class BuiltPage(NamedTuple):
    """What the window needs of a page that was built: its title, its heading, and marks to jump to."""

    title: str
    heading: Prose
    anchors: Mapping[str, Prose] = NO_ANCHORS
    copy_text: str = ""
    keep_focus: bool = False


def title(pool: Pool, flow: Flow, words: str, style: Style = TITLE) -> Prose:
    """The heading of a page."""
    heading = pool.prose(words, style, Role.Heading)
    flow.add(heading)
    return heading


def aside_box(pool: Pool, heading: str, main: bool = False) -> Box:
    """A box beside the text; `main` gives it the ground of the next step."""
    box = pool.box(Role.Grouping, heading)
    box.frame = Frame("blue_wash", "accent", 2, radius=8) if main else Frame("", "line", radius=8)
    box.padding = (16, 14, 16, 14)
    box.gap = 8
    box.add(pool.prose(heading, BOX_HEADING, Role.Heading))
    return box


def link_line(words: str, route: str) -> tuple[Span, ...]:
    """One link as text."""
    return (Span(words, target=route),)


def summary_route(summary: Summary) -> str:
    """The ROUTE of a page from its summary."""
    return f"{summary.kind}/{summary.slug}"


def meta_words(summary: Summary, labels: Mapping[str, Mapping[str, str]]) -> str:
    """Kind, time and place in one line: "Tool · 15 to 30 minutes", "Example · Care homes"."""
    kind = labels["kind"].get(summary.kind, summary.kind.capitalize())
    parts = [kind]
    if summary.kind == "tool":
        parts += [minutes_words(summary.minutes), "core" if summary.core else ""]
    if summary.kind == "example":
        parts.append(labels["setting"].get(summary.setting, ""))
    return " · ".join(part for part in parts if part)


def minutes_words(minutes: tuple[int, int] | int | None) -> str:
    """A time as words: "15 minutes", "15 to 30 minutes", "2 to 4 hours", "2 to 5 days"."""
    if minutes is None:
        return ""
    low, high = (minutes, minutes) if isinstance(minutes, int) else minutes
    for unit, size in (("day", 480), ("hour", 60)):
        if low >= size and high >= 2 * size and low % size == 0 and high % size == 0:
            return _span_words(low // size, high // size, unit)
    return _span_words(low, high, "minute")


def _span_words(low: int, high: int, unit: str) -> str:
    number = str(low) if low == high else f"{low} to {high}"
    return f"{number} {unit}{'' if number == '1' else 's'}"


def group_words(group: tuple[int, int] | None) -> str:
    """How many people: "Alone", "Alone or up to 6 people", "4 to 10 people"."""
    if group is None:
        return ""
    low, high = group
    if high == 1:
        return "Alone"
    if low == 1:
        return f"Alone or up to {high} people"
    return f"{low} people" if low == high else f"{low} to {high} people"


def summary_row(pool: Pool, summary: Summary, labels: Mapping[str, Mapping[str, str]]) -> Box:
    """An entry of a list: what it is, its title as a link, its one sentence, its outcome mark."""
    name = ", ".join(part for part in (summary.title, summary.method) if part)
    row = pool.box(Role.ListItem, name)
    row.padding = (0, 12, 0, 12)
    words = meta_words(summary, labels)
    if summary.kind not in SAME_KIND_EVERYWHERE:
        row.add(meta_line(pool, words, summary, labels))
    method = f" — {summary.method}" if summary.method and summary.kind == "tool" else ""
    spans = (Span(summary.title, target=summary_route(summary)), Span(method))
    row.add(pool.prose(spans, ROW_TITLE, Role.Paragraph), 2)
    if summary.summary:
        row.add(pool.prose(summary.summary, BODY), 2, 700)
    return row


def meta_line(pool: Pool, words: str, summary: Summary, labels: Mapping[str, Mapping[str, str]]) -> Flow:
    """The small line above an entry's title, with the outcome mark of an example."""
    line = pool.wrap()
    line.gap = 14
    line.add(pool.prose(words, KIND_LINE))
    if summary.outcome:
        line.add(pool.mark(summary.outcome, labels["outcome"].get(summary.outcome, summary.outcome)))
    return line


def rule(pool: Pool) -> Box:
    """A thin line between entries."""
    line = pool.box(Role.Separator)
    line.frame = Frame(top_line="line")
    line.padding = (0, 1, 0, 0)
    return line


__all__ = ["BODY", "SMALL", "SUBHEADING", "TITLE"]
