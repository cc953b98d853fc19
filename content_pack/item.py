"""A whole page of a pack. Lists and cards do without it, so that the first page need not load it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from content_pack.html import to_html, to_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from content_pack.blocks import Block


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
class Item:
    """A whole page: what its Summary has, and the rest. Fields that a kind does not have are empty.

    `links` maps a relation (next, goes-with, instead, compare, same-idea, used-by, in-path …) to slugs
    that are in the pack, as every slug here is. `form` is the source of a fill-in sheet, as parts in
    order. Dates are ISO dates. `time` and `ask` are short words for a tool's one line: how long, and
    whom to ask first. A problem has `likely_stage` (the slug of its likely first step), `tools`,
    `examples`, and `unsafe` where the safety box leads; a guide with `path` is a learning path of
    `pages`, in order. Fields with a default are not in packs of version 1.0.
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
    examples: tuple[str, ...] = ()
    likely_stage: str = ""
    unsafe: bool = False
    path: bool = False
    pages: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The body as an HTML fragment, headings in order; safe to show as it is."""
        return to_html(self.blocks)

    @property
    def text(self) -> str:
        """The body as plain text: headings, paragraphs, steps, list items and cells, one a line."""
        return to_text(self.blocks)
