"""A page of the library: tool, example, stage, guide, term or sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

from content_pack.blocks import Heading, Paragraph
from content_pack.labels import HOW_SURE, LINKS_THAT_BREAK
from content_pack.spans import Span, plain
from ilsy_desktop.domain import texts
from ilsy_desktop.pages.parts import (
    ASIDE_LINK,
    BuiltPage,
    aside_box,
    group_words,
    link_line,
    minutes_words,
    rule,
    summary_route,
    summary_row,
    title,
)
from ilsy_desktop.widgets.block_view import BlockView
from ilsy_desktop.widgets.columns import PageColumns
from ilsy_desktop.widgets.flow import Frame
from ilsy_desktop.widgets.prose import HEADING, SMALL, SUBHEADING, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from content_pack.blocks import Block
    from content_pack.item import Item
    from content_pack.model import Summary
    from ilsy_desktop.services.contents import ArticleContent
    from ilsy_desktop.widgets.boxes import Box
    from ilsy_desktop.widgets.flow import Column, Flow
    from ilsy_desktop.widgets.pool import Pool
    from ilsy_desktop.widgets.prose import Prose

Role = QAccessible.Role
METHOD = Style(20, colour="soft", line_height=1.4)
OUTCOME_SIZE = 20
CONTENTS_FROM_WORDS = 900
SHORT = frozenset(("material", "term"))
SHEET_WIDTH = 560
PRINTED = frozenset(("stage", "tool", "example", "guide", "thread"))


class ArticlePage:
    """Builds the page of an item."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._columns = PageColumns(pool.look)

    def build(self, canvas: Box, content: ArticleContent) -> BuiltPage:
        """Fill the canvas with the page of `content.item`."""
        item, columns = content.item, self._columns
        canvas.padding = (28, 22, 28, 32)
        canvas.add(columns)
        view = BlockView(self._pool)
        heading = self._head(columns.head, content)
        self._body(columns.body, content, view)
        self._buttons(columns.buttons, item, content)
        for box in self._boxes(content):
            columns.boxes.add(box, 16)
        anchors = {f"#{number}": prose for number, prose in enumerate(view.headings)}
        if len(item.text.split()) > CONTENTS_FROM_WORDS:
            self._contents(columns.contents, view)
        return BuiltPage(item.title, heading, anchors, f"{item.title}\n\n{item.text}\n")

    def _head(self, head: Column, content: ArticleContent) -> Prose:
        item = content.item
        heading = title(self._pool, head, item.title)
        under = where_and_when(item) if item.kind == "example" else item.method
        if under:
            head.add(self._pool.prose(under, METHOD), 4)
        line = one_line(item, content)
        if line:
            head.add(self._pool.prose(line, SMALL), 4)
        if item.kind == "example":
            head.add(self._outcome(item, content), 8)
        if item.kind in SHORT:
            head.add(self._pool.prose(item.summary, METHOD), 8)
        return heading

    def _outcome(self, item: Item, content: ArticleContent) -> Flow:
        """Outcome as shape, word and colour, and how sure in words with the reason."""
        both = self._pool.column()
        line = self._pool.wrap()
        line.gap = 20
        words = content.labels["outcome"].get(item.outcome, item.outcome)
        line.add(self._pool.mark(item.outcome, words, OUTCOME_SIZE))
        sure = HOW_SURE.get(item.evidence_grade, "")
        line.add(self._pool.meter(("C", "B", "A").index(item.evidence_grade) + 1, f"How sure? {sure}"))
        both.add(line)
        both.add(self._pool.prose(item.evidence_why, SMALL), 4, 640)
        return both

    def _body(self, body: Column, content: ArticleContent, view: BlockView) -> None:
        item = content.item
        lead, rest = split_lead(item.blocks)
        if item.kind in SHORT:
            lead = tuple(replace(block, lead=False) if isinstance(block, Paragraph) else block for block in lead)
        if item.unsafe:
            body.add(harm_box(self._pool), 0)
        view.add(body, lead, content.pictures)
        view.add(body, rest, content.pictures)
        if item.kind == "stage":
            self._stage_lists(body, content)
        for number, image in enumerate(content.sheet, 1):
            picture = self._pool.picture()
            picture.show_image(image, f"Page {number} of the sheet, as it will be printed")
            body.add(picture, 18, SHEET_WIDTH)
        if item.kind == "example":
            self._example_foot(body, item)
        self._about(body, content)

    def _stage_lists(self, body: Column, content: ArticleContent) -> None:
        levels = content.labels["level"]
        for level, words in levels.items():
            tools = [tool for tool in content.at_stage if tool.level == level]
            if tools:
                self._list(body, f"Tools: {words.lower()}", tools, content)
        if content.examples:
            self._list(body, "Examples at this stage", content.examples, content)

    def _list(self, body: Column, words: str, entries: Iterable[Summary], content: ArticleContent) -> None:
        body.add(self._pool.prose(words, HEADING, Role.Heading), 28)
        rows = self._pool.box(Role.List, words)
        for entry in entries:
            rows.add(rule(self._pool), 0)
            rows.add(summary_row(self._pool, entry, content.labels), 0)
        body.add(rows, 8)

    def _example_foot(self, body: Column, item: Item) -> None:
        if item.patients_part:
            spans = (Span("What patients or carers did in it: ", "strong"), Span(item.patients_part))
            body.add(self._pool.prose(spans, SMALL), 14, 640)
        broke = LINKS_THAT_BREAK.get(item.link_that_broke)
        if broke:
            spans = (Span("Which part broke: ", "strong"), Span(broke + "."))
            body.add(self._pool.prose(spans, SMALL), 8, 640)
        guide = Span("how we label, and how to correct us", target="guide/guide-how-we-label")
        body.add(self._pool.prose((Span(texts.OUR_READING + " "), guide, Span(".")), SMALL), 8, 640)
        body.add(self._pool.prose("Where to read it", SUBHEADING, Role.Heading), 22)
        body.add(self._pool.prose(item.citation, SMALL), 6, 640)

    def _about(self, body: Column, content: ArticleContent) -> None:
        """Sources, level, stage, code and dates, small, at the end."""
        item, pool = content.item, self._pool
        if item.sources:
            body.add(pool.prose("Sources", SUBHEADING, Role.Heading), 26)
            sources = pool.box(Role.List, "Sources")
            for source in item.sources:
                words = f"{source.text} Supports: {source.supports}." if source.supports else source.text
                sources.add(pool.prose(words.replace("..", "."), SMALL, Role.ListItem), 8, 640)
            body.add(sources, 6)
        facts = about_words(item, content)
        if facts:
            body.add(pool.prose("About this page", SUBHEADING, Role.Heading), 26)
            body.add(pool.prose(facts, SMALL), 6, 640)

    def _buttons(self, buttons: Column, item: Item, content: ArticleContent) -> None:
        pool = self._pool
        sheets = [content.related[slug] for slug in item.materials if slug in content.related]
        for sheet in sheets:
            words = "Print the sheet" if len(sheets) == 1 else f"Print: {sheet.title}"
            buttons.add(pool.button(words, f"print/{sheet.slug}", main=sheet is sheets[0]), 8)
        pages = next((asset.pages for asset in item.assets if asset.role == "page"), 0)
        count = f" · {pages} page{'' if pages == 1 else 's'}" if pages else ""
        if item.kind == "material":
            buttons.add(pool.button("Print this sheet" + count, f"print/{item.slug}", main=True), 8)
        elif item.kind in PRINTED and pages:
            buttons.add(pool.button("Print this page" + count, f"print/{item.slug}", main=not sheets), 8)

    def _boxes(self, content: ArticleContent) -> list[Box]:
        item = content.item
        boxes = [
            self._links_box("Next step", item.links.get("next", ()), content, main=True),
            self._links_box("Same idea, different result", item.links.get("same-idea", ()), content, main=True),
            self._links_box("Compare with", item.links.get("compare", ()), content),
            self._path_box(content),
            self._links_box("Likely first step", [item.likely_stage], content, main=True),
            self._links_box("Three to start with", item.starters, content, main=True),
            self._links_box("The sheet", item.materials, content),
            self._links_box("Made for", item.made_from, content),
            self._links_box("Tools to try" if item.kind == "problem" else "Tools used", item.tools, content),
            self._links_box("Who tried something", item.examples, content),
            self._links_box("Goes with", item.links.get("goes-with", ()), content),
            self._links_box("Choose something else", item.links.get("instead", ()), content),
        ]
        if item.kind == "tool":
            boxes.append(self._who_used_it(content))
        if item.kind == "stage":
            boxes.append(self._neighbours(content))
        return [box for box in boxes if box is not None]

    def _links_box(self, heading: str, slugs: Iterable[str], content: ArticleContent, main: bool = False) -> Box | None:
        found = [content.related[slug] for slug in slugs if slug in content.related]
        if not found:
            return None
        box = aside_box(self._pool, heading, main)
        for summary in found:
            box.add(self._pool.prose(link_line(summary.title, summary_route(summary)), ASIDE_LINK))
            if summary.outcome:
                words = content.labels["outcome"].get(summary.outcome, "")
                box.add(self._pool.mark(summary.outcome, words), 2)
        pair = heading in ("Same idea, different result", "Compare with")
        if pair and content.item.compare_why:
            box.add(self._pool.prose(content.item.compare_why, SMALL))
        return box

    def _path_box(self, content: ArticleContent) -> Box | None:
        """The pages of a learning path in order, this one as plain words."""
        if not content.path:
            return None
        box = aside_box(self._pool, content.path[0].title, main=True)
        for number, page in enumerate(content.path):
            words = page.title if number else "Start of the path"
            here = page.slug == content.item.slug
            target = "" if here else summary_route(page)
            mark = "strong" if here else ""
            front = f"{number}. " if number else ""
            box.add(self._pool.prose((Span(front), Span(words, mark, target)), ASIDE_LINK))
        return box

    def _who_used_it(self, content: ArticleContent) -> Box:
        box = self._links_box("Who used it", content.item.links.get("used-by", ()), content)
        if box is None:
            box = aside_box(self._pool, "Who used it")
            spans = (Span("No published example yet. Used it? "), Span("Tell us", target="share"), Span("."))
            box.add(self._pool.prose(spans, SMALL))
        return box

    def _neighbours(self, content: ArticleContent) -> Box:
        steps = [step for step in content.roadmap if step.part != "thread"]
        place = next((n for n, step in enumerate(steps) if step.slug == content.item.slug), 0)
        box = aside_box(self._pool, "On the roadmap")
        for words, number in (("Before: ", place - 1), ("After: ", place + 1)):
            if 0 <= number < len(steps):
                spans = (Span(words), Span(steps[number].name, target=f"stage/{steps[number].slug}"))
                box.add(self._pool.prose(spans, ASIDE_LINK))
        box.add(self._pool.prose(texts.GO_BACK, SMALL))
        return box

    def _contents(self, column: Column, view: BlockView) -> None:
        column.add(self._pool.prose("On this page", Style(16, 700, "soft", 1.4), Role.Heading))
        for number, heading in enumerate(view.headings):
            column.add(self._pool.prose(link_line(heading.node_name, f"#{number}"), ASIDE_LINK), 8)


def harm_box(pool: Pool) -> Box:
    """The question that stands first where someone may be harmed."""
    box = pool.box(Role.Note, texts.HARM_QUESTION)
    box.frame = Frame("caution_wash", "partly", 2, radius=8)
    box.padding = (20, 12, 18, 12)
    link = Span(texts.HARM_ANSWER, target="guide/guide-unsafe-now")
    box.add(pool.prose((Span(texts.HARM_QUESTION + " ", "strong"), link)))
    return box


def split_lead(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The opening sentences, and the rest from the first heading or box on."""
    for number, block in enumerate(blocks):
        if isinstance(block, Heading) or not (isinstance(block, Paragraph) and block.lead):
            return blocks[:number], blocks[number:]
    return blocks, ()


def where_and_when(item: Item) -> str:
    """Where and when of an example, in one line."""
    return " · ".join(part for part in (item.where, item.years) if part)


def one_line(item: Item, content: ArticleContent) -> str:
    """A tool's one line: alone or how many, how long, whom to ask."""
    if item.kind == "tool":
        time = item.time or minutes_words(item.minutes)
        return " · ".join(part for part in (group_words(item.group), time, item.ask) if part)
    if item.kind == "stage":
        number = next((n for n, step in enumerate(content.roadmap) if step.slug == item.slug), 0)
        return f"Stage {number} of 7. {texts.WORKING_ROADMAP}" if number else texts.WORKING_ROADMAP
    return ""


def about_words(item: Item, content: ArticleContent) -> str:
    """Level, stage, code and dates in sentences; the draft notice where it is one."""
    levels, stages = content.labels["level"], content.labels["stage"]
    parts = [
        f"Code {item.code}: type it in the search box to open this page again" if item.code else "",
        f"Level: {levels.get(item.level, item.level).lower()}" if item.level else "",
        "Stage: " + ", ".join(stages.get(stage, stage) for stage in item.stages) if item.stages else "",
        f"Written {texts.long_date(item.revised_on)}" if item.revised_on else "",
        f"Sources read {texts.long_date(item.sources_read_on)}" if item.sources_read_on else "",
        f"Due a check {texts.long_date(item.review_due)}" if item.review_due else "",
        texts.DRAFT if item.status == "draft" else "",
    ]
    return ". ".join(part for part in parts if part) + "."


def first_words(blocks: tuple[Block, ...]) -> str:
    """The first paragraph's words, for a preview."""
    return next((plain(block.spans) for block in blocks if isinstance(block, Paragraph)), "")
