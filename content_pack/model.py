"""What lists and cards show of a pack, as plain records; a whole page is in item.py.

The same words stand in front matter, here, in SQL and in the API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class PackInfo(NamedTuple):
    """The pack's own label. `dated` is an ISO date; `counts` maps a kind to its number of items."""

    name: str
    version: str
    dated: str
    licence: str
    counts: Mapping[str, int]
    drafts: int


class Summary(NamedTuple):
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


class RoadmapStep(NamedTuple):
    """One part of the roadmap. `part` is gate, stage or thread; `written` says whether it has its page."""

    slug: str
    part: str
    name: str
    purpose: str
    written: bool


class Planned(NamedTuple):
    """Something promised and not written yet."""

    slug: str
    kind: str
    title: str
