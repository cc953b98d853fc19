"""The answers to a search, while typing: safety first, then hits, filters, and the best page beside them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

from content_pack.blocks import Callout, Heading, Paragraph
from content_pack.spans import Span, plain
from ilsy_desktop.domain import texts
from ilsy_desktop.domain.routes import Route
from ilsy_desktop.pages.parts import (
    ASIDE_LINK,
    BuiltPage,
    aside_box,
    link_line,
    meta_line,
    meta_words,
    rule,
    title,
)
from ilsy_desktop.widgets.columns import PageColumns
from ilsy_desktop.widgets.flow import Frame
from ilsy_desktop.widgets.prose import BODY, HEADING, LEAD, SMALL, Prose, Style

if TYPE_CHECKING:
    from content_pack.item import Item
    from content_pack.results import Hit, SearchPage
    from ilsy_desktop.services.contents import SearchContent
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.flow import Column
    from ilsy_desktop.widgets.pool import Pool

Role = QAccessible.Role
HIT_TITLE = Style(20, 600, line_height=1.3)
SHOWING = Style(17, line_height=1.5)
FILTER_HEADING = Style(16, 700, "soft", 1.4)
FILTERS = (
    ("kind", "Kind"),
    ("stage", "Stage"),
    ("level", "Level"),
    ("time", "Time you have"),
    ("outcome", "Outcome"),
    ("setting", "Setting"),
    ("organisation", "Organisation"),
)
OPEN_ABOVE = 20
QUOTES = '" '
FILTER_VALUES = 6
MARKED = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)


class SearchPageView:
    """Builds the page of answers. `first_hits` are the links that the down arrow walks through."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._columns = PageColumns(pool.look)
        self.filter_open = False
        self.first_hits: list[Prose] = []

    def build(self, canvas: Box, content: SearchContent) -> BuiltPage:
        """Fill the canvas with the answers to `content.query`."""
        columns = self._columns
        canvas.padding = (28, 18, 28, 32)
        canvas.add(columns)
        self.first_hits = []
        page = content.page
        if page is None:
            return self._nothing_typed(columns.head)
        words = f"{page.total} found for “{content.query.strip(QUOTES)}”"
        heading = title(self._pool, columns.head, words, Style(16, 700, "soft", 1.4))
        self._notice(columns.head, page)
        self._what_was_searched(columns.head, content, page)
        self._hits(columns.body, content, page)
        if page.total:
            self._filter(columns.boxes, content, page)
        if content.best:
            self._best(columns.buttons, content.best)
        columns.boxes.add(self._not_what_you_meant(), 16)
        return BuiltPage("Search", heading, keep_focus=True)

    def _nothing_typed(self, head: Column) -> BuiltPage:
        heading = title(self._pool, head, "Search")
        head.add(self._pool.prose("Type what bothers you in the box above. Your own words will do.", LEAD), 6)
        head.add(self._not_what_you_meant(), 16)
        return BuiltPage("Search", heading, keep_focus=True)

    def _notice(self, head: Column, page: SearchPage) -> None:
        """The box that comes first where someone may be harmed, or where the answer is not ours to give."""
        if page.notice is None:
            return
        unsafe = page.notice == "unsafe"
        words = f"{texts.HARM_QUESTION} {texts.HARM_ANSWER}" if unsafe else "This is not in our library"
        box = self._pool.box(Role.Note, words)
        box.frame = Frame("caution_wash", "partly", 2, radius=8)
        box.padding = (20, 14, 18, 14)
        box.add(self._pool.prose(words, HEADING, Role.Heading))
        route, lead, link = (
            ("guide/guide-unsafe-now", "Improvement can wait. ", "What to do, and who can help")
            if unsafe
            else (
                "guide/guide-not-in-this-library",
                "Doses, guidelines, rotas and passwords are kept elsewhere. ",
                "Where such things are usually found",
            )
        )
        box.add(self._pool.prose((Span(lead), Span(link, target=route)), BODY), 6)
        head.add(box, 8)

    def _what_was_searched(self, head: Column, content: SearchContent, page: SearchPage) -> None:
        if page.corrected:
            instead = Span(f"Search for “{content.query}” instead", target=literally(content.query))
            showing = (Span("Showing "), Span(page.corrected, "strong"), Span(". "), instead, Span("."))
            head.add(self._pool.prose(showing, SHOWING), 4)
        elif page.did_you_mean:
            link = Span(page.did_you_mean, target=str(Route("search", query=page.did_you_mean)))
            head.add(self._pool.prose((Span("Did you mean "), link, Span("?")), SHOWING), 4)
        if page.expanded:
            words = ", ".join(page.expanded)
            undo = Span("Undo", target=literally(content.query))
            expanded = (Span("Also searched for "), Span(words, "em"), Span(" · "), undo)
            head.add(self._pool.prose(expanded, SMALL), 2)
        if page.relaxed and page.hits:
            head.add(self._pool.prose("Not every word was found. These come nearest.", SMALL), 2)
        if content.chosen:
            plain_route = str(Route("search", query=content.query))
            spans = (Span("Filtered. "), Span("Show all again", target=plain_route))
            head.add(self._pool.prose(spans, SMALL), 4)

    def _hits(self, body: Column, content: SearchContent, page: SearchPage) -> None:
        if not page.hits:
            lead = "Nothing yet. Go on typing." if content.half_typed else "No page has these words."
            body.add(self._pool.prose(lead, LEAD), 16)
            words = "Try one plain word, such as “handover”, “falls” or “waiting”. Or look along the shelves."
            body.add(self._pool.prose(words, BODY), 8)
            return
        rows = self._pool.box(Role.List, "Answers")
        for hit in page.hits:
            rows.add(rule(self._pool), 0)
            rows.add(self._hit(hit, content), 0)
        body.add(rows, 10)
        if page.total > len(page.hits):
            more = f"{page.total - len(page.hits)} more pages have some of these words. Add a word to narrow it down."
            body.add(self._pool.prose(more, SMALL), 12)

    def _hit(self, hit: Hit, content: SearchContent) -> Box:
        row = self._pool.box(Role.ListItem, hit.title)
        row.padding = (0, 12, 0, 14)
        summary, labels = content.heads[hit.slug], content.labels
        row.add(meta_line(self._pool, meta_words(summary, labels), summary, labels))
        link = self._pool.prose((Span(hit.title, target=f"{hit.kind}/{hit.slug}"),), HIT_TITLE)
        link.arrows_step = True
        self.first_hits.append(link)
        row.add(link, 2)
        row.add(self._pool.prose(snippet_spans(hit.snippet), BODY), 2, 680)
        return row

    def _filter(self, column: Column, content: SearchContent, page: SearchPage) -> None:
        is_open = self.filter_open or page.total > OPEN_ABOVE or bool(content.chosen)
        if not is_open:
            column.add(self._pool.button("Filter", "action:filter"), 12)
            return
        box = aside_box(self._pool, "Filter")
        for name, words in FILTERS:
            values = [entry for entry in page.facets.get(name, ()) if entry[2]]
            if len(values) < 2 and name not in content.chosen:
                continue
            box.add(self._pool.prose(words, FILTER_HEADING, Role.Heading), 10)
            for value, label, count in values[:FILTER_VALUES]:
                on = value in content.chosen.get(name, ())
                box.add(self._pool.option(label, str(count), f"filter:{name}={value}", on), 0)
        column.add(box, 16)

    def _best(self, column: Column, best: Item) -> None:
        box = aside_box(self._pool, best.title)
        use = section(best, "Use it when")
        if use:
            box.add(self._pool.prose((Span("Use it when ", "strong"), Span(lowered(use))), ASIDE_LINK))
        if best.materials:
            box.add(self._pool.button("Print the sheet", f"print/{best.materials[0]}", main=True), 10)
        box.add(self._pool.prose(link_line("Read the page", f"{best.kind}/{best.slug}"), ASIDE_LINK), 8)
        column.add(box)

    def _not_what_you_meant(self) -> Box:
        box = aside_box(self._pool, "Not what you meant?")
        links = (
            ("Browse by what bothers you", "problems"),
            ("All tools", "tools"),
            ("Words we use", "glossary"),
        )
        for words, route in links:
            box.add(self._pool.prose(link_line(words, route), ASIDE_LINK))
        return box


def literally(query: str) -> str:
    """The ROUTE of a search for just these words: without other words for them and without correction."""
    return str(Route("search", query='"' + query.replace('"', " ").strip() + '"'))


def snippet_spans(snippet: str) -> tuple[Span, ...]:
    """A snippet's HTML as spans: <mark> becomes found words."""
    parts = MARKED.split(snippet)
    return tuple(Span(html.unescape(part), "found" if number % 2 else "") for number, part in enumerate(parts) if part)


def section(item: Item, heading: str) -> str:
    """The first paragraph below a heading of a page, or ""."""
    under = False
    for block in item.blocks:
        if isinstance(block, Heading):
            under = plain(block.spans) == heading
        elif under and isinstance(block, Paragraph):
            return plain(block.spans)
        elif under and isinstance(block, Callout):
            return ""
    return ""


def lowered(sentence: str) -> str:
    """A sentence that goes on after other words; a name or “I” keeps its capital."""
    first = sentence.split(" ", 1)[0]
    if first in ("I", "I’m", "I'm") or first[1:2].isupper():
        return sentence
    return sentence[:1].lower() + sentence[1:]
