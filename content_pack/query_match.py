"""Which pages answer the words of a query, and how well: one FTS5 query a word, put together here.

Scores are BM25 of FTS5 with its sign turned round: the higher, the better.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING

from content_pack.query_words import forms_of, key_of, phrase, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_pack.query_tables import Tables
    from content_pack.query_words import Word
    from content_pack.reader import Pack

Scores = dict[int, float]
Parts = tuple[str, ...]

# Weights of title, names, people_say, summary, facts, body.
WEIGHTS = "5.0, 5.0, 3.0, 3.0, 2.0, 1.0"
ALSO = 0.7  # a synonym counts less than the word itself
UNFINISHED = 0.8  # so does a longer word for a half-typed one
PAIR = 0.5  # two words of the query side by side
SAYING = 1.0  # one line of what people say
NAMED = 1.5  # the word is part of a name that stands in the query
WHOLE_NAME = 3.0  # the query is the name
NEAR = 0.1  # what the best pages link to
LONGEST_KEY = 8
BEST = 10


@dataclass(slots=True)
class Span:
    """Words `start` up to `stop` of a query that mean something together, or one word with synonyms.

    `forms` are spellings of the same thing, `also` synonyms as an editor wrote them. A bound span
    counts only as a whole: "did not attend" is not about those who attend.
    """

    start: int
    stop: int
    forms: list[Parts] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    bound: bool = False


@dataclass(slots=True)
class Match:
    """What matched. `complete` holds the ids on which no word is missing; `unmet` the indices of words
    that no page has; `shown` the FTS5 phrases to highlight."""

    scores: Scores
    complete: set[int]
    expanded: list[str]
    unmet: list[int]
    shown: list[str]


class Matcher:
    """Scores pages for words; see `match`."""

    def __init__(self, pack: Pack, tables: Tables) -> None:
        self._pack = pack
        self._tables = tables
        self._count = max(int(pack.rows("SELECT count(*) FROM item")[0][0]), 1)

    def count(self, parts: Sequence[str]) -> int:
        """On how many pages these tokens stand side by side."""
        return len(self._pack.rows("SELECT rowid FROM search WHERE search MATCH ?", (phrase(tuple(parts)),)))

    def match(self, words: Sequence[Word], half: bool) -> Match:
        """Pages for these words; `half` says that the last one may be half typed."""
        return _Matching(self._pack, self._tables, self._count, words, half).run()


class _Matching:
    def __init__(self, pack: Pack, tables: Tables, count: int, words: Sequence[Word], half: bool) -> None:
        self._pack = pack
        self._tables = tables
        self._count = count
        self._words = words
        self._half = half and bool(words) and not words[-1].exact
        self._expanded: list[str] = []
        self._shown: list[str] = []

    def run(self) -> Match:
        spans = self._spans()
        bound = {index for span in spans if span.bound for index in range(span.start, span.stop)}
        needed = self._needed(bound)
        found: list[Scores] = [{} for _ in self._words]
        for index in needed:
            if index not in bound:
                found[index] = self._word(index)
        for span in spans:
            self._add_span(span, found)
        named, whole = self._named(found)
        scores = self._sum(found, needed)
        self._add(scores, self._search(self._pairs()), PAIR)
        self._add(scores, self._sayings(), SAYING)
        for number in whole & set(scores):
            scores[number] *= WHOLE_NAME
        self._add_related(scores)
        complete = set.intersection(*(set(found[index]) for index in needed)) if needed else set()
        unmet = [index for index in needed if not found[index]]
        return Match(scores, complete, self._expanded, unmet, list(dict.fromkeys(self._shown)))

    def _needed(self, bound: set[int]) -> list[int]:
        """The words that a complete page must have: all that say something, else all."""
        everything = range(len(self._words))
        return [i for i in everything if i in bound or not self._words[i].stop] or list(everything)

    # Reading the query

    def _spans(self) -> list[Span]:
        """Runs of words with a synonym or another form; the longest synonym wins where two overlap."""
        found: list[Span] = []
        taken: set[int] = set()
        total = len(self._words)
        for length in range(min(total, LONGEST_KEY), 0, -1):
            for start in range(total - length + 1):
                span = self._span(start, start + length)
                places = set(range(start, start + length))
                if span.also and places & taken:
                    span.also = []
                if span.also:
                    taken |= places
                if span.also or span.forms:
                    found.append(span)
        return found

    def _span(self, start: int, stop: int) -> Span:
        words = self._words[start:stop]
        span = Span(start, stop)
        if any(word.exact for word in words):
            return span
        parts = tuple(token for word in words for token in word.tokens)
        key = key_of(parts)
        span.also = list(self._tables.synonyms.get(key, ()))
        variants = self._tables.variants.get(key, ())
        span.forms = [tuple(form.split()) for form in variants]
        joined = "".join(parts)
        if len(parts) == 2 and self._tables.knows(joined):
            span.forms.append((joined,))
        if stop - start > 1 and (span.also or span.forms):
            span.forms.extend(forms_of(parts))
            telling = sum(not word.stop for word in words)
            span.bound = telling < 2 and telling < len(words) and bool(span.also or variants)
        return span

    def _pairs(self) -> list[str]:
        pairs = zip(self._words, self._words[1:], strict=False)
        return [phrase((*first.tokens, *second.tokens)) for first, second in pairs if not (first.stop and second.stop)]

    def _completions(self) -> list[str]:
        """Longer words for the half-typed last one: first those that make the query a known name."""
        *before, last = self._words[-1].tokens
        known: dict[str, None] = {}
        typed = [token for word in self._words[:-1] for token in word.tokens] + before
        for start in range(len(typed)):
            beginning = " ".join([key_of(typed[start:]), last])
            place = len(typed) - start
            for name in self._tables.names_beginning(beginning):
                known.setdefault(name.split()[place])
                if len(known) == 4:
                    break
        for word in self._tables.completions(last):
            known.setdefault(word)
        known.pop(last, None)
        return [phrase((*before, word)) for word in known]

    # Asking the index

    def _search(self, phrases: Sequence[str]) -> Scores:
        if not phrases:
            return {}
        statement = f"SELECT rowid, -bm25(search, {WEIGHTS}) FROM search WHERE search MATCH ?"
        return dict(self._pack.rows(statement, (" OR ".join(phrases),)))

    def _word(self, index: int) -> Scores:
        word = self._words[index]
        forms = [word.tokens] if word.exact else forms_of(word.tokens)
        phrases = [phrase(parts) for parts in forms]
        self._shown.extend(phrases)
        scores = self._search(phrases)
        if self._half and index == len(self._words) - 1:
            longer = self._completions()
            self._shown.extend(longer)
            for number, score in self._search(longer).items():
                scores[number] = max(scores.get(number, 0.0), UNFINISHED * score)
        return scores

    def _add_span(self, span: Span, found: list[Scores]) -> None:
        """Credit the words of a span with its other forms and synonyms."""
        forms = [phrase(parts) for parts in span.forms]
        self._shown.extend(forms)
        scores = self._search(forms)
        for also in span.also:
            more = self._synonym(also)
            if more and also not in self._expanded:
                self._expanded.append(also)
            for number, score in more.items():
                scores[number] = max(scores.get(number, 0.0), ALSO * score)
        share = 1 / (span.stop - span.start)
        for number, score in scores.items():
            for index in range(span.start, span.stop):
                found[index][number] = max(found[index].get(number, 0.0), share * score)

    def _synonym(self, also: str) -> Scores:
        name, colon, value = also.partition(":")
        if colon:
            bits = self._tables.facets.get(name, {}).get(value, 0)
            numbers = [number for number in range(bits.bit_length()) if bits >> number & 1]
            weight = log(1 + self._count / (1 + len(numbers)))
            return dict.fromkeys(numbers, weight)
        parts = tuple(tokens(also))
        self._shown.append(phrase(parts))
        scores = self._search([phrase(parts)])
        for number in self._tables.names.get(key_of(parts), ()):
            if number in scores:
                scores[number] *= NAMED
        return scores

    def _sayings(self) -> Scores:
        """The best line of what people say, for each page."""
        phrases = [phrase(form) for word in self._words if not word.stop for form in forms_of(word.tokens)]
        if not phrases:
            return {}
        statement = "SELECT rowid >> 8, -rank FROM saying WHERE saying MATCH ? ORDER BY rank LIMIT 100"
        best: Scores = {}
        for number, score in self._pack.rows(statement, (" OR ".join(phrases),)):
            best.setdefault(number, score)
        return best

    # Putting it together

    def _named(self, found: list[Scores]) -> tuple[set[int], set[int]]:
        """Raise the words that are a page's name; return ids with some name and those whose name is all."""
        parts = [token for word in self._words for token in word.tokens]
        owners = [index for index, word in enumerate(self._words) for _ in word.tokens]
        named: set[int] = set()
        raised: set[tuple[int, int]] = set()
        for start in range(len(parts)):
            for stop in range(start + 1, min(len(parts), start + LONGEST_KEY) + 1):
                for number in self._tables.names.get(key_of(parts[start:stop]), ()):
                    named.add(number)
                    raised.update((index, number) for index in owners[start:stop])
        for index, number in raised:
            if number in found[index]:
                found[index][number] *= NAMED
        whole = set(self._tables.names.get(key_of(parts), ()))
        if self._half:
            beginning = " ".join(filter(None, (key_of(parts[:-1]), parts[-1])))
            for name in self._tables.names_beginning(beginning):
                whole.update(self._tables.names[name])
        return named, whole

    def _sum(self, found: list[Scores], needed: list[int]) -> Scores:
        """The sum over the words, less for a page that lacks words, the more so when they are rare."""
        weights = {index: log(1 + self._count / (1 + len(found[index]))) for index in needed}
        everything = sum(weights.values()) or 1.0
        scores: Scores = {}
        covered: Scores = {}
        for index in needed:
            for number, score in found[index].items():
                scores[number] = scores.get(number, 0.0) + score
                covered[number] = covered.get(number, 0.0) + weights[index]
        return {number: score * (0.4 + 0.6 * covered[number] / everything) for number, score in scores.items()}

    @staticmethod
    def _add(scores: Scores, more: Scores, weight: float) -> None:
        for number, score in more.items():
            if number in scores:
                scores[number] += weight * score

    def _add_related(self, scores: Scores) -> None:
        """A little for what the best pages link to, so that neighbours stand together."""
        best = sorted(scores, key=lambda number: (-scores[number], number))[:BEST]
        gains = [(other, NEAR * scores[number]) for number in best for other in self._tables.related.get(number, ())]
        for other, gain in gains:
            if other in scores:
                scores[other] += gain
