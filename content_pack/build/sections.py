"""The parts of a page that their heading gives a meaning: the safety box, what to take, the lead."""

from __future__ import annotations

from dataclasses import replace

from content_pack.blocks import Block, Callout, Heading, Paragraph, plain

SAFETY = "First: could this go wrong for anyone?"
TAKE = "What to take from it"

_BOXES = {SAFETY: "safety", TAKE: "take"}


def headings(blocks: tuple[Block, ...]) -> list[str]:
    """The words of the headings of level 2, in order."""
    return [plain(block.spans) for block in blocks if isinstance(block, Heading) and block.level == 2]


def arrange(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Mark the lead, and turn the sections on safety and on what to take into boxes."""
    opening, sections = _split(blocks)
    arranged: list[Block] = [replace(b, lead=True) if isinstance(b, Paragraph) else b for b in opening]
    for heading, body in sections:
        title = plain(heading.spans)
        tone = _BOXES.get(title)
        arranged += [Callout(tone, title, tuple(body), heading_level=2)] if tone else [heading, *body]
    return tuple(arranged)


def _split(blocks: tuple[Block, ...]) -> tuple[list[Block], list[tuple[Heading, list[Block]]]]:
    """What stands before the first heading of level 2, and each such heading with what follows it."""
    opening: list[Block] = []
    sections: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            sections.append((block, []))
        else:
            (sections[-1][1] if sections else opening).append(block)
    return opening, sections
