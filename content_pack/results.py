"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FacetValue = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that was found.

    `snippet` is safe HTML: text with <mark> around the words that were found. `complete` says that
    every word of the query was found on the page, in some form.
    """

    slug: str
    kind: str
    title: str
    summary: str
    code: str
    minutes: tuple[int, int] | int | None
    outcome: str
    snippet: str
    complete: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to one query.

    `total` counts all pages found, of which `hits` are the first. `facets` maps a name to its
    (value, label, count) entries; a name's counts heed the choices under every other name.
    `corrected` is the query that was searched instead of the typed one, `did_you_mean` one that is
    only offered, `expanded` the words that were searched as well. `relaxed` is true when no hit is
    complete. `notice` is None, "unsafe" or "not-ours".
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, list[FacetValue]]
    corrected: str | None = None
    did_you_mean: str | None = None
    expanded: tuple[str, ...] = ()
    relaxed: bool = False
    notice: str | None = None
