"""The first page: three doors, the roadmap, two shelves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

from content_pack.spans import Span
from ilsy_desktop.domain import texts
from ilsy_desktop.pages.parts import BuiltPage, rule, summary_route, title
from ilsy_desktop.widgets.prose import HEADING, Style

if TYPE_CHECKING:
    from content_pack.model import RoadmapStep, Summary
    from ilsy_desktop.services.contents import HomeContent
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.flow import Column, Flow
    from ilsy_desktop.widgets.pool import Pool

Role = QAccessible.Role
LESSON = Style(18, 600, line_height=1.35)
LINE = Style(16, line_height=1.45)
NOTE = Style(15, colour="soft", line_height=1.4)
DOORS = (
    (
        "Something bothers me at work",
        "Answer four questions. In five minutes you have one sheet to take to your team.",
        "start",
    ),
    ("I’m new to improvement", "Six short pages. What it is and what to do on your next shift.", "new"),
    ("I run a session", "Courses, slides and exercises for a room without Wi-Fi.", "sessions"),
)


class HomePage:
    """Builds the first page."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def build(self, canvas: Box, content: HomeContent) -> BuiltPage:
        """Fill the canvas with the first page."""
        pool = self._pool
        canvas.content_width = 1254
        canvas.padding = (28, 22, 28, 20)
        heading = title(pool, canvas, "What would you like to make better?")
        doors = pool.row((1.25, 1, 1), narrow=820)
        doors.gap = 20
        for number, (words, line, target) in enumerate(DOORS):
            doors.add(pool.door(words, line, target, number == 0))
        canvas.add(doors, 14)
        canvas.add(self._roadmap(content.roadmap), 18)
        self._around_the_roadmap(canvas, content.roadmap)
        shelves = pool.row((1.1, 1), narrow=900)
        shelves.gap = 28
        shelves.equal_heights = False
        shelves.add(self._learned(content))
        shelves.add(self._local(content))
        canvas.add(shelves, 16)
        canvas.add(pool.prose(self._experienced(), LINE), 10)
        return BuiltPage("First page", heading)

    def _roadmap(self, roadmap: tuple[RoadmapStep, ...]) -> Flow:
        steps = [step for step in roadmap if step.part != "thread"]
        row = self._pool.tiles(((1120, len(steps)), (560, 4), (0, 2)))
        row.gap = -4
        for number, step in enumerate(steps):
            above = "Start here" if step.part == "gate" else str(number)
            row.add(self._pool.chevron(above, step.name, f"stage/{step.slug}"))
        row.setAccessibleName("Roadmap")
        return row

    def _around_the_roadmap(self, canvas: Box, roadmap: tuple[RoadmapStep, ...]) -> None:
        threads = [step for step in roadmap if step.part == "thread"]
        spans = [Span(f"↩ {texts.GO_BACK} "), Span("All the way through: ")]
        for number, step in enumerate(threads):
            spans += [Span(" · ") if number else Span(""), Span(step.name, "strong", f"thread/{step.slug}")]
        canvas.add(self._pool.prose(tuple(spans), LINE), 8)
        canvas.add(self._pool.prose(texts.WORKING_ROADMAP, NOTE), 0)

    def _learned(self, content: HomeContent) -> Column:
        shelf = self._pool.column()
        shelf.add(self._pool.prose("What we learned when it didn’t work", HEADING, Role.Heading))
        for example in content.learned:
            self._shelf_row(shelf, example, example.lesson, content)
        if not content.learned:
            shelf.add(self._pool.prose("No example is in this library yet.", NOTE), 8)
        return shelf

    def _local(self, content: HomeContent) -> Column:
        shelf = self._pool.column()
        shelf.add(self._pool.prose("From South Yorkshire", HEADING, Role.Heading))
        for example in content.local:
            self._shelf_row(shelf, example, example.lesson, content)
        if content.without_example:
            count = len(content.without_example)
            words = f"None yet from {count} South Yorkshire organisations and sectors. "
            spans = (Span(words), Span("Yours?", target="share"))
            shelf.add(self._pool.prose(spans, NOTE), 8)
        return shelf

    def _shelf_row(self, shelf: Column, example: Summary, lesson: str, content: HomeContent) -> None:
        shelf.add(rule(self._pool), 8)
        row = self._pool.row((1, 0), narrow=420)
        row.gap, row.equal_heights = 14, False
        left = self._pool.column()
        left.add(self._pool.prose(first_sentence(lesson), LESSON))
        left.add(self._pool.prose((Span(example.title, target=summary_route(example)),), LINE), 1)
        row.add(left)
        row.add(self._pool.mark(example.outcome, content.labels.get(example.outcome, "")))
        shelf.add(row, 8)

    def _experienced(self) -> tuple[Span, ...]:
        links = (
            ("All tools", "tools"),
            ("Chart your numbers", "chart"),
            ("Evidence table", "evidence"),
            ("Share your work", "share"),
        )
        spans = [Span("Experienced? ")]
        for number, (words, target) in enumerate(links):
            spans += [Span(" · ") if number else Span(""), Span(words, target=target)]
        return tuple(spans)


def first_sentence(text: str) -> str:
    """The first sentence of a lesson, for a shelf."""
    head, mark, _ = text.partition(". ")
    return head + "." if mark else text
