"""What a pack holds, as plain records. The same words stand in front matter, here, in SQL and in the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from content_pack.html import to_html, to_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_pack.blocks import Block


@dataclass(frozen=True, slots=True)
class PackInfo:
    """The pack's own label. `dated` is an ISO date; `counts` maps a kind to its number of items."""

    name: str
    version: str
    dated: str
    licence: str
    counts: Mapping[str, int]
    drafts: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list or a card shows of an item.

    `minutes` and `group` are (low, high), or None where the kind has none; a session's `minutes` is
    one whole number. `where` is an example's place as its page shows it.
    """

    slug: str
    kind: str
    code: str
    title: str
    method: str
    summary: str
    level: str
    core: bool
    stages: tuple[str, ...]
    minutes: tuple[int, int] | int | None
    group: tuple[int, int] | None
    outcome: str
    lesson: str
    where: str
    setting: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Source:
    """A full reference and what it supports."""

    text: str
    supports: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of an item. `role` is page, editable, slides, picture or large; `pages` is 0 where unknown."""

    path: str
    role: str
    media_type: str
    title: str
    pages: int


@dataclass(frozen=True, slots=True)
class RoadmapStep:
    """One part of the roadmap. `part` is gate, stage or thread; `written` says whether it has its page."""

    slug: str
    part: str
    name: str
    purpose: str
    written: bool


@dataclass(frozen=True, slots=True)
class Planned:
    """Something promised and not written yet."""

    slug: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Item(Summary):
    """A whole page. Fields that a kind does not have are empty.

    `links` maps a relation (next, goes-with, instead, compare, same-idea, used-by …) to slugs that are
    in the pack. `form` is the source of a fill-in sheet, as parts in order. Dates are ISO dates. `time`
    and `ask` are short words for a tool's one line: how long, and whom to ask first.
    """

    aliases: tuple[str, ...]
    people_say: tuple[str, ...]
    status: str
    revised_on: str
    review_due: str
    sources_read_on: str
    reviewed_on: str
    added_on: str
    links: Mapping[str, tuple[str, ...]]
    sources: tuple[Source, ...]
    assets: tuple[Asset, ...]
    blocks: tuple[Block, ...]
    time: str
    ask: str
    materials: tuple[str, ...]
    tools: tuple[str, ...]
    starters: tuple[str, ...]
    done_when: str
    years: str
    evidence_grade: str
    evidence_why: str
    link_that_broke: str
    compare_why: str
    patients_part: str
    crosses_organisations: bool
    citation: str
    made_from: tuple[str, ...]
    form: tuple[Mapping[str, Any], ...]

    @property
    def html(self) -> str:
        """The body as an HTML fragment, headings in order; safe to show as it is."""
        return to_html(self.blocks)

    @property
    def text(self) -> str:
        """The body as plain text: headings, paragraphs, steps, list items and cells, one a line."""
        return to_text(self.blocks)
