"""Did you mean: words of the pack that are a slip or two away from what was typed."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from content_pack.query_words import STOP_WORDS, forms_of, name_key, plain, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_pack.query_match import Matcher
    from content_pack.query_tables import Tables
    from content_pack.query_words import Word
    from content_pack.reader import Pack

    Candidate = tuple[int, int, str]  # distance, pages with a minus sign, word
    Changes = dict[str, str]

PREFIX, LETTERS_LEFT_OUT = 7, 2
SHORTEST, LONG = 4, 6  # words of fewer letters are left alone; from LONG on two slips may be forgiven
FEW = 4  # a query of more telling words is a sentence
CANDIDATES, COMPARED = 6, 60
UNMET_MOST = 4  # a query with more unknown words is no slip of the pen
NAME_WORDS = 5
_DOUBLE = re.compile(r"(.)\1")


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


def changed(text: str, changes: Changes) -> str:
    """A query with its words exchanged; "" where there is nothing to exchange."""
    if not changes:
        return ""
    text = plain(" ".join(text.split()))
    for old, new in changes.items():
        text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", new, text)
    return text


class Speller:
    """Finds better spellings: by true distance less one where the neighbours fit, then by commonness."""

    def __init__(self, pack: Pack, tables: Tables, matcher: Matcher) -> None:
        self._pack = pack
        self._tables = tables
        self._matcher = matcher

    def correct(self, words: Sequence[Word], unmet: Sequence[int], half: bool) -> Changes:
        """What to write instead of which words, where no page holds all of them."""
        changes: Changes = {}
        careful = sum(not word.stop for word in words) > FEW
        texts = ["" if index in unmet else word.text for index, word in enumerate(words)]
        for index in unmet if len(unmet) <= UNMET_MOST else ():
            word = words[index]
            if len(word.tokens) > 1 or word.exact or self._tables.knows(word.text):
                continue
            last = half and index == len(words) - 1
            beside = ("".join(texts[max(index - 1, 0) : index]), "".join(texts[index + 1 : index + 2]))
            better = self._split(word.text) or self._respelt(word.text, beside, last, careful)
            if better:
                changes[word.text] = texts[index] = better
        return changes or self.offer(words, half)

    def offer(self, words: Sequence[Word], half: bool) -> Changes:
        """The one letter to put right in one word that makes the query the beginning of a known name."""
        texts = [word.text for word in words]
        whole = not half and not any(word.exact or len(word.tokens) > 1 for word in words)
        if not whole or not 1 < len(words) <= NAME_WORDS or self._tables.begins_name(name_key(texts)):
            return {}
        for index, text in enumerate(texts):
            for slips, _, other in self._candidates(text, half=False):
                better = [*texts[:index], other, *texts[index + 1 :]]
                if slips == 1 and self._tables.begins_name(name_key(better)):
                    return {text: other}
        return {}

    def suggest(self, words: Sequence[Word], unmet: Sequence[int]) -> Changes:
        """Words to ask about where nothing was found: two slips may be forgiven in short words too."""
        changes: Changes = {}
        for index in unmet:
            word = words[index]
            near = [] if word.exact else self._candidates(word.text, half=False, most=LETTERS_LEFT_OUT)
            if near:
                changes[word.text] = near[0][2]
        return changes

    def _split(self, text: str) -> str:
        """Two words of the pack that were written as one and stand side by side somewhere."""
        for place in range(2, len(text) - 1):
            parts = text[:place], text[place:]
            telling = all(self._tables.knows(part) and part not in STOP_WORDS for part in parts)
            if telling and self._matcher.count(parts):
                return " ".join(parts)
        return ""

    def _respelt(self, text: str, beside: tuple[str, str], last: bool, careful: bool) -> str:
        """The nearest word, where it is near enough; the more so where it stands `beside` these elsewhere."""
        before, after = beside
        ranked = []
        for slips, pages, other in self._candidates(text, last)[:CANDIDATES]:
            pairs = [f"{before} {other}"] * bool(before) + [f"{other} {after}"] * bool(after)
            fits = any(self._matcher.count(tokens(pair)) for pair in pairs)
            odd = bool(pairs) and not fits and not _typical(text, other)
            if len(text) >= _letters_needed(slips, fits, careful or odd):
                ranked.append((slips - fits, slips, pages, other))
        return min(ranked)[3] if ranked else ""

    def _candidates(self, typed: str, half: bool, most: int | None = None) -> list[Candidate]:
        """Words near `typed`, best first; for a half-typed word its beginning is compared."""
        if len(typed) < SHORTEST + half or not typed.isalpha():
            return []
        keys = sorted(deletions(typed))
        marks = ",".join("?" * len(keys))
        rows = self._pack.rows(f"SELECT DISTINCT position FROM deletes WHERE letters IN ({marks})", keys)
        most = most or (LETTERS_LEFT_OUT if len(typed) >= LONG else 1)
        near = []
        for (place,) in rows:
            if isinstance(place, int) and 0 <= place < len(self._tables.terms):
                word = self._tables.terms[place]
                if _plausible(typed, word, most, half):
                    near.append((-self._tables.pages[place], word))
        compared = [(_slips(typed, word, half), pages, word) for pages, word in sorted(near)[:COMPARED]]
        return sorted(entry for entry in compared if 0 < entry[0] <= most)


def _letters_needed(slips: int, fits: bool, careful: bool) -> int:
    """How long a word must be to be put right; longer where a wrong word does more harm than a missed one."""
    if careful:
        return 7 if slips == 1 else 9
    return SHORTEST if slips == 1 else 6 if fits else 8


def _typical(typed: str, word: str) -> bool:
    """The commonest slips: two letters swapped, or one letter for two of the same."""
    return sorted(typed) == sorted(word) or _DOUBLE.sub(r"\1", typed) == _DOUBLE.sub(r"\1", word)


def _plausible(typed: str, word: str, most: int, half: bool) -> bool:
    """The first letter is rarely wrong, a short word seldom has a letter too many, an ending is no slip."""
    if typed[0] != word[0] and typed[:2] != word[1::-1]:
        return False
    if word in STOP_WORDS or (word,) in forms_of((typed,)) or _same_but_for_ending(typed, word):
        return False
    longer = len(word) - len(typed)
    return -most <= longer and (half or longer <= most) and (len(typed) > SHORTEST or longer >= 0)


def _same_but_for_ending(typed: str, word: str) -> bool:
    if typed.startswith(word):
        return typed[len(word) :] != word[-1]
    ending = word[len(typed) :]
    return word.startswith(typed) and ending in ("s", "es", "d", "ed") and ending != typed[-1]


def _slips(typed: str, word: str, half: bool) -> int:
    if not half:
        return distance(typed, word)
    return min(distance(typed, word[: len(typed) + more]) for more in (-1, 0, 1))
