"""Updates: the library in use, newer ones, what changed, and the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAccessible

from content_pack.spans import Span
from ilsy_desktop.domain import update_texts as texts
from ilsy_desktop.pages.parts import BuiltPage, title
from ilsy_desktop.widgets.flow import Frame
from ilsy_desktop.widgets.prose import BODY, HEADING, LEAD, SMALL, SUBHEADING, Prose

if TYPE_CHECKING:
    from ilsy_desktop.services.contents import Change, UpdatesContent
    from ilsy_desktop.services.updates import Activity
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.pool import Pool

Role = QAccessible.Role
WIDE = 680


class Means(NamedTuple):
    """What this PC can do: ask a feed, take what it is given. `problem` says that IT's settings make no sense."""

    feed: bool
    root: bool
    problem: bool


class UpdatesPage:
    """Builds the page; `show_progress` keeps its one moving line true until another page is built."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._status: Prose | None = None

    def build(
        self, canvas: Box, content: UpdatesContent, activity: Activity, means: Means, changes_open: bool
    ) -> BuiltPage:
        """Fill the canvas."""
        pool = self._pool
        canvas.content_width = 760
        canvas.padding = (28, 30, 28, 40)
        heading = title(pool, canvas, texts.PAGE_TITLE)
        canvas.add(pool.prose(texts.in_use(content.dated), LEAD), 6, WIDE)
        canvas.add(pool.prose(f"Version {content.version}. {texts.CAME[content.came]}", SMALL), 4, WIDE)
        if content.came != "file":
            self._newer(canvas, content, activity, means)
        self._changes(canvas, content, changes_open)
        if content.came != "file":
            self._earlier(canvas, content, activity)
        return BuiltPage(texts.PAGE_TITLE, heading)

    def show_progress(self, activity: Activity) -> str:
        """Put the present step on the page that stands; the result is what it says now."""
        words = texts.progress_words(activity.step, activity.done, activity.total)
        if self._status is not None:
            self._status.set_text(words, BODY)
        return words

    def _newer(self, canvas: Box, content: UpdatesContent, activity: Activity, means: Means) -> None:
        pool = self._pool
        canvas.add(pool.prose("Newer libraries", HEADING, Role.Heading), 28)
        for sentence in _sentences(content, means):
            canvas.add(pool.prose(sentence, BODY), 6, WIDE)
        words = said(activity)
        self._status = None
        if words:
            box = pool.box(Role.Grouping, "How the update goes")
            box.frame = Frame("blue_wash", radius=8)
            box.padding = (16, 12, 16, 12)
            self._status = pool.prose(words, BODY)
            box.add(self._status)
            canvas.add(box, 12, WIDE)
        able = content.writable and means.root and not means.problem
        buttons = []
        if activity.step:
            buttons.append(pool.button("Cancel", "action:update-cancel"))
        elif able:
            if means.feed:
                buttons.append(pool.button("Check now", "action:update-check", main=True))
            buttons.append(pool.button("Import from USB stick or folder", "action:update-import"))
        if buttons:
            line = pool.wrap()
            line.gap = 10
            for button in buttons:
                line.add(button)
            canvas.add(line, 14)

    def _changes(self, canvas: Box, content: UpdatesContent, changes_open: bool) -> None:
        pool = self._pool
        canvas.add(pool.prose("What changed", HEADING, Role.Heading), 28)
        if not content.changed_words and not content.changes:
            canvas.add(pool.prose(texts.NOTHING_TOLD, BODY), 6, WIDE)
            return
        canvas.add(pool.prose(f"{content.changed_words}.", BODY), 6, WIDE)
        if not content.changes:
            return
        line = pool.wrap()
        line.add(pool.button("Hide what changed" if changes_open else "See what changed", "action:update-changes"))
        canvas.add(line, 12)
        if changes_open:
            for kind, words in texts.CHANGE_HEADINGS.items():
                self._list(canvas, words, [change for change in content.changes if change.change == kind])

    def _list(self, canvas: Box, words: str, changes: list[Change]) -> None:
        if not changes:
            return
        pool = self._pool
        canvas.add(pool.prose(words, SUBHEADING, Role.Heading), 20)
        rows = pool.box(Role.List, words)
        for change in changes:
            row = pool.box(Role.ListItem, change.title)
            row.padding = (0, 6, 0, 6)
            row.add(pool.prose((Span(change.title, target=change.route),), BODY))
            row.add(pool.prose(change.words, SMALL), 0)
            rows.add(row, 0)
        canvas.add(rows, 4, WIDE)

    def _earlier(self, canvas: Box, content: UpdatesContent, activity: Activity) -> None:
        pool = self._pool
        if not content.held and content.back is None:
            return
        canvas.add(pool.prose("Earlier library", HEADING, Role.Heading), 28)
        offer = None
        if content.back is not None:
            canvas.add(pool.prose(texts.earlier(*content.back), BODY), 6, WIDE)
            offer = pool.button("Go back to it", "action:update-back")
        elif content.held:
            canvas.add(pool.prose(texts.HELD, BODY), 6, WIDE)
            if content.forward is not None:
                offer = pool.button("Use the newer library again", "action:update-forward")
        if offer is not None and not activity.step:
            line = pool.wrap()
            line.add(offer)
            canvas.add(line, 12)


def said(activity: Activity) -> str:
    """The one moving line of the page: what goes on, or how it ended."""
    if activity.step:
        return texts.progress_words(activity.step, activity.done, activity.total)
    if activity.ended:
        return texts.result_sentences(activity.ended, activity.tampered, activity.folder)
    return activity.failure


def _sentences(content: UpdatesContent, means: Means) -> list[str]:
    if means.problem:
        return [texts.MISSET]
    if not content.writable:
        return [texts.WITHOUT_STORE, *_contact(content)]
    if not means.root:
        return [texts.WITHOUT_ROOT if means.feed else texts.WITHOUT_BOTH]
    found = [] if means.feed else [texts.WITHOUT_FEED]
    return [*found, *_contact(content, asks=means.feed)]


def _contact(content: UpdatesContent, asks: bool = False) -> list[str]:
    contact = content.contact
    reached, tried = texts.moment(contact.get("last_contact")), texts.moment(contact.get("last_try"))
    found = [f"Last reached on {reached}."] if reached else []
    if tried and tried != reached:
        said = texts.words_for(str(contact.get("outcome")), contact.get("tampered") is True).said
        found.append(f"Last tried on {tried}. {said}")
    return found or ([texts.NEVER_ASKED] if asks else [])
