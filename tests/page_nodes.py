"""What assistive technology has to find on a page, worked out from its blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content_pack.blocks import Block, Bullets, Callout, Figure, Heading, Paragraph, Steps, Table, Unknown
from content_pack.html import to_text
from content_pack.spans import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from content_pack.spans import Spans

Wanted = tuple[str, str]


def page_nodes(blocks: tuple[Block, ...]) -> Iterator[Wanted]:
    """The role (as Qt calls it) and name of each node that blocks call for, in reading order."""
    for block in blocks:
        for role, name in _nodes(block):
            yield role, tidy(name)


def tidy(words: str) -> str:
    """Words with single spaces."""
    return " ".join(words.split())


def _nodes(block: Block) -> Iterator[Wanted]:
    match block:
        case Heading(_, spans):
            yield from _text("Heading", spans)
        case Paragraph(spans, _):
            yield from _text("Paragraph", spans)
        case Steps(items) | Bullets(items):
            for item in items:
                yield from [("ListItem", to_text(item)), *page_nodes(item)]
        case Table(header, rows):
            cells = [*(("ColumnHeader", cell) for cell in header), *(("Cell", cell) for row in rows for cell in row)]
            yield from (node for role, cell in cells for node in _text(role, cell))
        case Callout(_, title, blocks, level):
            yield from [("Note", title), *([("Heading", title)] if level else [])]
            yield from page_nodes(blocks)
        case Figure(_, alt, caption, _, _):
            yield from [("Graphic", alt), *([("Paragraph", caption)] if caption else [])]
        case Unknown(_, text):
            yield "Paragraph", text


def _text(role: str, spans: Spans) -> Iterator[Wanted]:
    """A text, then its links; neighbouring spans with one target are one link."""
    yield role, plain(spans)
    words, target = "", ""
    for span in spans:
        if words and span.target != target:
            yield "Link", words
            words = ""
        words, target = (words + span.text if span.target else ""), span.target
    if words:
        yield "Link", words
