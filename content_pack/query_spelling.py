"""Did you mean: words of the pack that are a slip or two away from what was typed."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from content_pack.query_words import Word, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_pack.query_match import Matcher
    from content_pack.query_tables import Tables
    from content_pack.reader import Pack

    Candidate = tuple[int, int, str]  # distance, pages with a minus sign, word

PREFIX, LETTERS_LEFT_OUT = 7, 2
SHORTEST, LONG = 4, 6  # words of fewer letters are left alone; from LONG on two slips are forgiven
CANDIDATES, COMPARED = 6, 60
UNMET_MOST = 4  # a query with more unknown words is no slip of the pen
NAME_WORDS = 5


def deletions(word: str) -> set[str]:
    """The first seven letters of a word, and what is left of them without any one or two."""
    start = word[:PREFIX]
    return {
        "".join(letters)
        for gone in range(LETTERS_LEFT_OUT + 1)
        for letters in combinations(start, max(len(start) - gone, 0))
    }


def distance(one: str, other: str) -> int:
    """Slips between two words: letters added, left out, changed, or two neighbours swapped."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, counterpart in enumerate(other, start=1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != counterpart))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == counterpart:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]


class Speller:
    """Finds better spellings: by true distance less one where the neighbours fit, then by commonness."""

    def __init__(self, pack: Pack, tables: Tables, matcher: Matcher) -> None:
        self._pack = pack
        self._tables = tables
        self._matcher = matcher

    def correct(self, words: Sequence[Word], unmet: Sequence[int], half: bool) -> list[Word] | None:
        """The query with its unknown words put right, or None where nothing better is known."""
        better: list[tuple[Word, ...]] = [(word,) for word in words]
        for index in unmet if len(unmet) <= UNMET_MOST else ():
            word = words[index]
            if len(word.tokens) == 1 and not word.exact:
                before = better[index - 1][-1] if index else None
                after = words[index + 1] if index + 1 < len(words) else None
                last = half and index == len(words) - 1
                better[index] = self._split(word) or self._respelt(word, before, after, last) or (word,)
        flat = [word for group in better for word in group]
        return flat if flat != list(words) else self._named(words, half)

    def offer(self, words: Sequence[Word], half: bool) -> str | None:
        """A known name that is one letter away from the whole query, or None."""
        better = self._named(words, half)
        return " ".join(word.text for word in better) if better else None

    def _named(self, words: Sequence[Word], half: bool) -> list[Word] | None:
        if half or not 1 < len(words) <= NAME_WORDS or any(w.exact or len(w.tokens) > 1 for w in words):
            return None
        keys = [key_of(word.tokens) for word in words]
        if " ".join(keys) in self._tables.names:
            return None
        for index, word in enumerate(words):
            for slips, _, other in self._candidates(word.text, half=False):
                key = " ".join([*keys[:index], key_of((other,)), *keys[index + 1 :]])
                if slips == 1 and key in self._tables.names:
                    return [*words[:index], Word(other, (other,)), *words[index + 1 :]]
        return None

    def _split(self, word: Word) -> tuple[Word, ...]:
        """Two words of the pack that were written as one and stand side by side somewhere."""
        text = word.text
        for place in range(2, len(text) - 1):
            parts = text[:place], text[place:]
            if all(map(self._tables.knows, parts)) and self._matcher.count(parts):
                return tuple(Word(part, (part,)) for part in parts)
        return ()

    def _respelt(self, word: Word, before: Word | None, after: Word | None, half: bool) -> tuple[Word, ...]:
        ranked = []
        for slips, pages, other in self._candidates(word.text, half)[:CANDIDATES]:
            fits = (before is not None and self._matcher.count((*before.tokens, other))) or (
                after is not None and self._matcher.count((other, *after.tokens))
            )
            ranked.append((slips - bool(fits), slips, pages, other))
        return tuple(Word(other, (other,)) for _, _, _, other in sorted(ranked)[:1])

    def _candidates(self, typed: str, half: bool) -> list[Candidate]:
        """Words near `typed`, best first; for a half-typed word its beginning is compared."""
        if len(typed) < SHORTEST + half or not typed.isalpha():
            return []
        keys = sorted(deletions(typed))
        marks = ",".join("?" * len(keys))
        rows = self._pack.rows(f"SELECT DISTINCT position FROM deletes WHERE letters IN ({marks})", keys)
        most = 2 if len(typed) >= LONG else 1
        near = []
        for (place,) in rows:
            if isinstance(place, int) and 0 <= place < len(self._tables.terms):
                word = self._tables.terms[place]
                if _plausible(typed, word, most, half):
                    near.append((-self._tables.pages[place], word))
        compared = [(_slips(typed, word, half), pages, word) for pages, word in sorted(near)[:COMPARED]]
        return sorted(entry for entry in compared if 0 < entry[0] <= most)


def _plausible(typed: str, word: str, most: int, half: bool) -> bool:
    """The first letter is rarely wrong, and a short word is seldom one with a letter too many."""
    if typed[0] != word[0] and typed[:2] != word[1::-1]:
        return False
    longer = len(word) - len(typed)
    return -most <= longer and (half or longer <= most) and (len(typed) > SHORTEST or longer >= 0)


def _slips(typed: str, word: str, half: bool) -> int:
    if not half:
        return distance(typed, word)
    return min(distance(typed, word[: len(typed) + more]) for more in (-1, 0, 1))
