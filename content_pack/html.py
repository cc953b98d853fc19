"""HTML and plain text from blocks: pure functions, for checks, copying and the web edition."""

from __future__ import annotations

from html import escape

from content_pack.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Paragraph,
    Spans,
    Steps,
    Table,
    Unknown,
    plain,
)


def to_html(blocks: tuple[Block, ...]) -> str:
    """An HTML fragment of the blocks. Links are ROUTEs in `href`, pictures are asset paths in `src`."""
    return "".join(_block(block) for block in blocks)


def to_text(blocks: tuple[Block, ...]) -> str:
    """The words of the blocks: headings, paragraphs, steps, list items and cells, one a line."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _block(block: Block) -> str:
    match block:
        case Heading(level, spans):
            return f"<h{level}>{_spans(spans)}</h{level}>\n"
        case Paragraph(spans, lead):
            opening = '<p class="lead">' if lead else "<p>"
            return f"{opening}{_spans(spans)}</p>\n"
        case Steps(items):
            return f'<ol class="steps">{_list_items(items)}</ol>\n'
        case Bullets(items):
            return f"<ul>{_list_items(items)}</ul>\n"
        case Table():
            return _table(block)
        case Callout():
            return _callout(block)
        case Figure(asset, alt, caption, width, height):
            picture = f'<img src="{escape(asset)}" alt="{escape(alt)}" width="{width}" height="{height}">'
            words = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
            return f"<figure>{picture}{words}</figure>\n"
        case Unknown(_, text):
            return f"<p>{escape(text)}</p>\n"


def _spans(spans: Spans) -> str:
    parts = []
    for span in spans:
        words = escape(span.text, quote=False)
        if span.mark:
            words = f"<{span.mark}>{words}</{span.mark}>"
        if span.target:
            words = f'<a href="{escape(span.target)}">{words}</a>'
        parts.append(words)
    return "".join(parts)


def _list_items(items: tuple[tuple[Block, ...], ...]) -> str:
    return "".join(f"<li>{_inside(item)}</li>\n" for item in items)


def _inside(blocks: tuple[Block, ...]) -> str:
    """A list entry of one paragraph is written without its own <p>."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return _spans(blocks[0].spans)
    return to_html(blocks)


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_spans(cell)}</th>' for cell in table.header)
    rows = "".join("<tr>" + "".join(f"<td>{_spans(c)}</td>" for c in row) + "</tr>" for row in table.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>\n"


def _callout(box: Callout) -> str:
    words = escape(box.title, quote=False)
    level = box.heading_level
    title = f"<h{level}>{words}</h{level}>" if level else f"<p><strong>{words}</strong></p>"
    return f'<div class="{escape(box.tone)}">{title if words else ""}{to_html(box.blocks)}</div>\n'


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(_, spans) | Paragraph(spans, _):
            return [plain(spans)]
        case Steps(items) | Bullets(items):
            return [line for item in items for part in item for line in _lines(part)]
        case Table(header, rows):
            return [plain(cell) for row in (header, *rows) for cell in row]
        case Callout(_, title, blocks, _):
            return [title, *(line for part in blocks for line in _lines(part))]
        case Figure(_, _, caption, _, _):
            return [caption]
        case Unknown(_, text):
            return [text]
