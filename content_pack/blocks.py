"""Typed blocks: what a page is made of, between Markdown (at build time) and widgets, paper and HTML.

The builder writes blocks as JSON into the pack; the reader gives them back as these classes.
A block kind that this version does not know is kept as `Unknown` and shown as its plain text, so
that a pack from a newer minor version stays readable.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from content_pack.spans import Span, Spans, plain


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a page; level 2 is the first below the page's title."""

    level: int
    spans: Spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` marks the opening one to three sentences of a page."""

    spans: Spans
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """Numbered steps, each a short list of blocks."""

    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order, each entry a short list of blocks."""

    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; every row has as many cells as the header."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A box. `tone` is "safety", "slip", "take" or "note".

    `heading_level` above 0 makes the title a heading of the page; 0 sets it as bold words in the box.
    """

    tone: str
    title: str
    blocks: tuple[Block, ...]
    heading_level: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing (an asset of the pack) with the words that stand for it and its natural size in px."""

    asset: str
    alt: str
    caption: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """A block of a kind that only a newer version knows, as plain text."""

    kind: str
    text: str


__all__ = [
    "Block", "Bullets", "Callout", "Figure", "Heading", "Paragraph", "Span", "Spans", "Steps", "Table", "Unknown",
    "dumps", "loads", "plain",
]  # fmt: skip

Block = Heading | Paragraph | Steps | Bullets | Table | Callout | Figure | Unknown


def dumps(blocks: tuple[Block, ...]) -> str:
    """Blocks as compact JSON, the same text for the same blocks."""
    return json.dumps([_to_json(block) for block in blocks], ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> tuple[Block, ...]:
    """Blocks from the JSON that `dumps` wrote. Raises ValueError, KeyError or TypeError on anything else."""
    return tuple(_from_json(entry) for entry in json.loads(text))


def _spans_to_json(spans: Spans) -> list[list[str]]:
    return [[span.text, span.mark, span.target] for span in spans]


def _spans(entry: list[list[str]]) -> Spans:
    return tuple(Span(*parts) for parts in entry)


def _to_json(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, spans):
            return {"kind": "heading", "level": level, "spans": _spans_to_json(spans)}
        case Paragraph(spans, lead):
            return {"kind": "paragraph", "spans": _spans_to_json(spans), "lead": lead}
        case Steps(items) | Bullets(items):
            kind = "steps" if isinstance(block, Steps) else "bullets"
            return {"kind": kind, "items": [[_to_json(part) for part in item] for item in items]}
        case Table(header, rows):
            return {
                "kind": "table",
                "header": [_spans_to_json(cell) for cell in header],
                "rows": [[_spans_to_json(cell) for cell in row] for row in rows],
            }
        case Callout(tone, title, blocks, level):
            inner = [_to_json(part) for part in blocks]
            return {"kind": "callout", "tone": tone, "title": title, "level": level, "blocks": inner}
        case Figure(asset, alt, caption, width, height):
            size = {"width": width, "height": height}
            return {"kind": "figure", "asset": asset, "alt": alt, "caption": caption, **size}
        case Unknown(kind, text):
            return {"kind": kind, "text": text}


def _from_json(entry: dict[str, Any]) -> Block:
    match entry["kind"]:
        case "heading":
            return Heading(entry["level"], _spans(entry["spans"]))
        case "paragraph":
            return Paragraph(_spans(entry["spans"]), entry["lead"])
        case "steps":
            return Steps(_items(entry))
        case "bullets":
            return Bullets(_items(entry))
        case "table":
            rows = tuple(tuple(_spans(cell) for cell in row) for row in entry["rows"])
            return Table(tuple(_spans(cell) for cell in entry["header"]), rows)
        case "callout":
            inner = tuple(_from_json(part) for part in entry["blocks"])
            return Callout(entry["tone"], entry["title"], inner, entry["level"])
        case "figure":
            size = entry["width"], entry["height"]
            return Figure(entry["asset"], entry["alt"], entry["caption"], *size)
        case kind:
            return Unknown(str(kind), " ".join(_words(entry)))


def _items(entry: dict[str, Any]) -> tuple[tuple[Block, ...], ...]:
    return tuple(tuple(_from_json(part) for part in item) for item in entry["items"])


def _words(value: Any) -> list[str]:
    """Every word a reader could use in a block of unknown shape: its texts, titles, captions and spans."""
    if isinstance(value, dict):
        return [
            word
            for key, part in value.items()
            if key not in ("kind", "tone", "asset", "target")
            for word in ([part] if isinstance(part, str) else _words(part))
        ]
    if isinstance(value, list):
        if len(value) == 3 and all(isinstance(part, str) for part in value):
            return [value[0]]
        return [word for part in value for word in ([part] if isinstance(part, str) else _words(part))]
    return []
