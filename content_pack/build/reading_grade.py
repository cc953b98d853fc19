"""The reading grade of a page, counted the same way by everyone.

Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, 1975):
0.39 · words/sentences + 11.8 · syllables/words − 15.59, over paragraphs, steps and list items. Each such
block ends a sentence, as do . ? ! and :. Headings and tables are left out; the bold title of a box is a
paragraph. Syllables are groups of a e i o u y, less one for a final silent e (not -le), at least one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from content_pack.blocks import Block, Bullets, Callout, Paragraph, Steps, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_END = re.compile(r"(?<=[.?!:])\s+")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_grade(blocks: Iterable[Block]) -> float | None:
    """The Flesch-Kincaid grade (years of school) of some blocks; None where there is no word."""
    return grade_of(sentences_of(blocks))


def sentences_of(blocks: Iterable[Block]) -> list[str]:
    """The sentences whose words count."""
    return [s for text in _texts(blocks) for s in _END.split(text) if _WORD.search(s)]


def words_of(sentence: str) -> list[str]:
    """The words of a sentence; a figure is not a word."""
    return _WORD.findall(sentence)


def grade_of(sentences: Sequence[str]) -> float | None:
    """The grade of some sentences, each of which has a word; None where there is none."""
    words = [word for sentence in sentences for word in words_of(sentence)]
    if not words:
        return None
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, by its vowels."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(letters))
    if count > 1 and letters.endswith("e") and not letters.endswith("le"):
        count -= 1
    return max(count, 1)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of every paragraph, step and list item."""
    for block in blocks:
        match block:
            case Paragraph(spans, _):
                yield plain(spans)
            case Steps(items) | Bullets(items):
                for item in items:
                    yield from _texts(item)
            case Callout(_, title, inside, level):
                yield title if level == 0 else ""
                yield from _texts(inside)
