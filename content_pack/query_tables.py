"""The small search tables of a pack, read once and compared with their digest."""

from __future__ import annotations

from _blake2 import blake2b  # see schema.py
from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING, Any

from content_pack.query_words import key_of, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Rows = list[tuple[Any, ...]]

# Every table whose rows the digest covers, with the columns in the order that they are read in.
COVERED = {
    "vocab": "position, term, stem, pages",
    "name": "words, id",
    "synonym": "words, also",
    "variant": "words, form",
    "signal": "notice, words, most, unless",
    "related": "id, other",
    "facet": "name, value, id",
}
COMPLETIONS = 8


def read_covered(rows: Callable[[str], Rows]) -> tuple[dict[str, Rows], str]:
    """The rows of every covered table, and their digest as hex; `rows` runs one statement."""
    found: dict[str, Rows] = {}
    state = blake2b(digest_size=16)
    for table, columns in COVERED.items():
        found[table] = rows(f"SELECT {columns} FROM {table} ORDER BY {columns}")
        state.update(f"{table}:{len(found[table])}\n".encode())
        state.update("\x1f".join(map(str, chain.from_iterable(found[table]))).encode())
    return found, state.hexdigest()


class Tables:
    """The search tables in memory. Ids are those of `item`; sets of ids are bits of a whole number."""

    def __init__(self, rows: dict[str, Rows]) -> None:
        self.terms: list[str] = [row[1] for row in rows["vocab"]]
        self.stems: list[str] = [row[2] for row in rows["vocab"]]
        self.pages: list[int] = [row[3] for row in rows["vocab"]]
        self.names = _lists(rows["name"])
        self.name_keys = sorted(self.names)
        self.synonyms = _lists(rows["synonym"])
        self.synonym_keys = sorted(self.synonyms)
        self._phrases: list[str] = []
        self.variants = _lists(rows["variant"])
        self.related = _lists(rows["related"])
        self.signals = rows["signal"]
        self.facets: dict[str, dict[str, int]] = {}
        for name, value, item in rows["facet"]:
            values = self.facets.setdefault(name, {})
            values[value] = values.get(value, 0) | 1 << item

    def knows(self, term: str) -> bool:
        """Whether this very word stands on a page, in a promised title or among the typed synonyms."""
        place = bisect_left(self.terms, term)
        return place < len(self.terms) and self.terms[place] == term

    def completions(self, beginning: str) -> list[str]:
        """The commonest words that begin so, one for each stem; the word itself, where it is one, first."""
        stop = beginning + "\U0010ffff"
        places = range(bisect_left(self.terms, beginning), bisect_left(self.terms, stop))
        ranked = sorted(places, key=lambda p: (self.terms[p] != beginning, -self.pages[p], p))
        by_stem: dict[str, str] = {}
        for place in ranked:
            by_stem.setdefault(self.stems[place], self.terms[place])
            if len(by_stem) > COMPLETIONS:
                break
        return list(by_stem.values())

    def begins_name(self, key: str) -> bool:
        """Whether a name is this key or begins with its words."""
        return key in self.names or any(True for _ in self.names_beginning(key + " "))

    def names_beginning(self, beginning: str) -> Iterator[str]:
        """The keys of names that begin so, in order."""
        return _beginning(self.name_keys, beginning)

    def phrases_beginning(self, beginning: str) -> Iterator[str]:
        """What synonyms are for and what they are, where it begins so, in order."""
        if not self._phrases:
            also = (words for several in self.synonyms.values() for words in several if ":" not in words)
            self._phrases = sorted({*self.synonyms, *(key_of(tokens(words)) for words in also)})
        return _beginning(self._phrases, beginning)

    def synonyms_beginning(self, beginning: str) -> Iterator[str]:
        """The keys of synonyms that begin so, in order."""
        return _beginning(self.synonym_keys, beginning)


def _beginning(keys: list[str], beginning: str) -> Iterator[str]:
    for place in range(bisect_left(keys, beginning), len(keys)):
        if not keys[place].startswith(beginning):
            return
        yield keys[place]


def _lists(pairs: Rows) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found
