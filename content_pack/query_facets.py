"""Filters of a search with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from content_pack.query_tables import Tables
    from content_pack.reader import Pack
    from content_pack.results import FacetValue

    Chosen = Mapping[str, tuple[str, ...]]

NAMES = ("kind", "stage", "level", "outcome", "setting", "organisation", "crosses", "time")
_ORDER = {
    "kind": ("tool", "example", "material", "guide", "term", "stage", "problem", "course", "session",
             "thread", "organisation", "community", "signpost"),
    "level": ("introductory", "intermediate", "advanced"),
    "outcome": ("worked", "partly-worked", "not-sustained", "did-not-work", "made-worse", "stopped-early"),
    "crosses": ("yes", "no"),
    "time": ("15", "30", "60", "more"),
}  # fmt: skip
_WORDS = {
    ("crosses", "yes"): "Several organisations",
    ("crosses", "no"): "One organisation",
    ("time", "15"): "Up to 15 minutes",
    ("time", "30"): "Up to 30 minutes",
    ("time", "60"): "Up to an hour",
    ("time", "more"): "More than an hour",
}


class Facets:
    """The closed lists that pages can be filtered by. Sets of ids are bits of a whole number."""

    def __init__(self, pack: Pack, tables: Tables) -> None:
        self._values = tables.facets
        self._labels = {name: pack.labels(name) for name in NAMES}
        self._labels["stage"] = {step.slug: step.name for step in pack.roadmap()} | self._labels["stage"]

    def allowed(self, chosen: Chosen, but: str = "") -> int:
        """The ids that pass every choice, leaving out the name `but`; -1 (all bits) without a choice.

        Several values of one name mean any of them; a name or value that is not there lets nothing pass.
        """
        bits = -1
        for name, values in chosen.items():
            if name != but and values:
                known = self._values.get(name, {})
                either = 0
                for value in values:
                    either |= known.get(value, 0)
                bits &= either
        return bits

    def counts(self, ids: Iterable[int], chosen: Chosen) -> dict[str, list[FacetValue]]:
        """For each name its values with a label and the number of `ids`, which have passed no choice yet."""
        found = sum(1 << number for number in ids)
        return {
            name: self._counts(name, found & self.allowed(chosen, but=name), chosen.get(name, ())) for name in NAMES
        }

    def _counts(self, name: str, found: int, chosen: tuple[str, ...]) -> list[FacetValue]:
        values = self._values.get(name, {})
        counts = {value: (bits & found).bit_count() for value, bits in values.items()}
        shown = [value for value, count in counts.items() if count or value in chosen]
        order = [*self._labels[name], *_ORDER.get(name, ())]
        place = {value: index for index, value in reversed(list(enumerate(order)))}
        shown.sort(key=lambda value: (place.get(value, len(order)), value))
        return [(value, self._label(name, value), counts[value]) for value in shown]

    def words(self, also: str) -> str:
        """A synonym as it is shown: "outcome:worked" by the label of that outcome."""
        name, colon, value = also.partition(":")
        return self._label(name, value) if colon else also

    def _label(self, name: str, value: str) -> str:
        label = self._labels.get(name, {}).get(value) or _WORDS.get((name, value))
        return label or value.replace("-", " ").capitalize()
