"""Queries that call for another answer than a page of the library: someone may be harmed, or it is not ours.

A pattern is words that must all stand in the query, in any order. `this|that` means either, `bully*`
any ending, `self_harm` words side by side. A pattern may ask for a short query (`most` words) and
name words that call it off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from content_pack.query_words import tokens

if TYPE_CHECKING:
    from content_pack.query_tables import Tables


class _Pattern(NamedTuple):
    parts: tuple[tuple[str, ...], ...]
    most: int
    unless: tuple[str, ...]


class Signals:
    """The patterns of a pack; `notice` says which kind of answer a query calls for."""

    def __init__(self, tables: Tables) -> None:
        self._patterns: dict[str, list[_Pattern]] = {"unsafe": [], "not-ours": []}
        for notice, words, most, unless in tables.signals:
            parts = tuple(tuple(part.split("|")) for part in words.split())
            pattern = _Pattern(parts, most, tuple(unless.split()))
            self._patterns.setdefault(notice, []).append(pattern)

    def notice(self, text: str) -> str | None:
        """The notice for a tidied query: "unsafe" before "not-ours", or None."""
        words = _words(text)
        line = f" {' '.join(words)} "
        for notice, patterns in self._patterns.items():
            if any(_meets(pattern, line, len(words)) for pattern in patterns):
                return notice
        return None


def _words(text: str) -> list[str]:
    """Tokens with apostrophes closed up: "can't" and "cant" are one word."""
    return tokens(text.replace("'", ""))


def _meets(pattern: _Pattern, line: str, count: int) -> bool:
    if pattern.most and count > pattern.most:
        return False
    if not all(any(_stands(word, line) for word in part) for part in pattern.parts):
        return False
    return not any(_stands(word, line) for word in pattern.unless)


def _stands(word: str, line: str) -> bool:
    wanted = " " + word.replace("_", " ")
    return wanted[:-1] in line if wanted.endswith("*") else wanted + " " in line
