"""Which pages answer the words of a query, and how well: one FTS5 query a word, put together here.

Scores are BM25 of FTS5 with its sign turned round: the higher, the better.
"""

from __future__ import annotations

from itertools import islice
from math import log
from typing import TYPE_CHECKING, NamedTuple

from content_pack.errors import DAMAGED, PackError
from content_pack.query_words import forms_of, key_of, name_key, phrase, tokens, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content_pack.query_tables import Tables
    from content_pack.query_words import Word
    from content_pack.reader import Pack

Scores = dict[int, float]
Parts = tuple[str, ...]

# Weights of title, names, people_say, summary, facts, body.
WEIGHTS = "5.0, 5.0, 5.0, 5.0, 2.0, 1.0"
UNFINISHED = 0.8  # a longer word for a half-typed one
FACT = 2.5  # a page with the outcome, setting or kind that a word stands for
PAIR = 0.5  # two words of the query side by side
NAMED = 1.5  # the word is part of a name that stands in the query
WHOLE_NAME = 3.0  # the query is the name
NEAR = 0.2  # what the best pages link to
LONGEST_KEY = 8
BEST = 10
NAMES = 4


class Span:
    """Words `start` up to `stop` of a query that mean something together, or one word with synonyms.

    `forms` are spellings of the same thing, `also` synonyms as an editor wrote them. A bound span
    counts only as a whole, where some page has it: "did not attend" is not about those who attend.
    """

    def __init__(self, start: int, stop: int) -> None:
        self.places = range(start, stop)
        self.forms: list[Parts] = []
        self.also: list[str] = []
        self.bound = False


class Match(NamedTuple):
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
        self._count = max(int(pack.rows("SELECT max(id) FROM item")[0][0] or 0), 1)

    def count(self, parts: Sequence[str]) -> int:
        """On how many pages these tokens stand side by side."""
        return len(self._pack.rows("SELECT rowid FROM search WHERE search MATCH ?", (phrase(tuple(parts)),)))

    def match(self, words: Sequence[Word], half: bool) -> Match:
        """Pages for these words; `half` says that the last one may be half typed."""
        return _Matching(self._pack, self._tables, self._count, words, half).run()

    def foresee(self, words: Sequence[Word]) -> Match:
        """Pages for what these words may be the beginning of, or else those before the last; none is complete."""
        beginning = key_of(token for word in words for token in word.tokens)
        likely = islice(self._tables.phrases_beginning(beginning), NAMES)
        rest = words_of(" ".join(key.removeprefix(beginning) for key in likely))
        match = self.match(rest, half=False)
        if not match.scores and len(words) > 1:
            match = self.match(words[:-1], half=False)
            if not match.scores:
                return self.foresee(words[:-1])
        return Match(match.scores, set(), [], [], match.shown)


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
        spans = [(span, self._span_scores(span)) for span in self._spans()]
        bound = {index for span, scores in spans if span.bound and scores for index in span.places}
        needed = self._needed(bound)
        found: list[Scores] = [{} for _ in self._words]
        for index in needed:
            if index not in bound:
                found[index] = self._word(index)
        for span, scores in spans:
            self._credit(span, scores, found)
        if self._half and not found[-1]:
            span = self._unfinished()
            self._credit(span, self._span_scores(span), found)
        whole = self._named(found)
        scores = self._sum(found)
        self._add(scores, self._search(self._pairs()), PAIR)
        for number in whole & set(scores):
            scores[number] *= WHOLE_NAME
        self._add_related(scores)
        if scores and not 0 < min(scores) <= max(scores) <= self._count:
            raise PackError(DAMAGED)
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
                if span.also and not taken.isdisjoint(span.places):
                    span.also, span.bound = [], False
                if span.also:
                    taken.update(span.places)
                if span.also or span.forms:
                    found.append(span)
        return found

    def _span(self, start: int, stop: int) -> Span:
        words = self._words[start:stop]
        span = Span(start, stop)
        if any(word.exact for word in words):
            return span
        parts = tuple(token for word in words for token in word.tokens)
        variants = self._tables.variants.get(key_of(parts), ())
        span.forms = [tuple(form.split()) for form in variants]
        joined = "".join(parts)
        if len(parts) == 2 and self._tables.knows(joined):
            span.forms.append((joined,))
        keys = [key_of(form) for form in (parts, *span.forms)]
        also = [words for key in keys for words in self._tables.synonyms.get(key, ())]
        span.also = [words for words in dict.fromkeys(also) if key_of(tokens(words)) not in keys]
        if stop - start > 1 and (span.also or span.forms):
            span.forms.extend(forms_of(parts))
            telling = sum(not word.stop for word in words)
            span.bound = telling < 2 and telling < len(words) and bool(span.also)
        return span

    def _unfinished(self) -> Span:
        """The half-typed last word, where no page has it, as the beginning of words that have synonyms."""
        last = len(self._words) - 1
        beginning = " ".join(self._words[last].tokens)
        keys = islice(self._tables.synonyms_beginning(beginning), NAMES)
        also = [words for key in keys for words in self._tables.synonyms[key]]
        span = Span(last, last + 1)
        span.also = list(dict.fromkeys(also))
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
            for beginning in _beginnings(typed[start:], last):
                place = beginning.count(" ")
                names = islice(self._tables.names_beginning(beginning), NAMES)
                known.update(dict.fromkeys(name.split()[place] for name in names))
        known.update(dict.fromkeys(self._tables.completions(last)))
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

    def _span_scores(self, span: Span) -> Scores:
        """Pages that have another form of the span or one of its synonyms."""
        forms = [phrase(parts) for parts in span.forms]
        self._shown.extend(forms)
        scores = self._search(forms)
        for also in span.also:
            more = self._synonym(also)
            if more and also not in self._expanded:
                self._expanded.append(also)
            for number, score in more.items():
                scores[number] = max(scores.get(number, 0.0), score)
        return scores

    def _synonym(self, also: str) -> Scores:
        name, colon, value = also.partition(":")
        if colon:
            bits = self._tables.facets.get(name, {}).get(value, 0)
            numbers = [number for number in range(bits.bit_length()) if bits >> number & 1]
            weight = log(1 + self._count / (1 + len(numbers)))
            return dict.fromkeys(numbers, FACT * weight)
        parts = tuple(tokens(also))
        self._shown.append(phrase(parts))
        scores = self._search([phrase(parts)])
        for number in self._tables.names.get(name_key(parts), ()):
            if number in scores:
                scores[number] *= NAMED
        return scores

    # Putting it together

    def _named(self, found: list[Scores]) -> set[int]:
        """Raise the words that are a page's name; return the ids whose name is the whole query."""
        parts = [token for word in self._words for token in word.tokens]
        owners = [index for index, word in enumerate(self._words) for _ in word.tokens]
        raised: set[tuple[int, int]] = set()
        for start in range(len(parts)):
            for stop in range(start + 1, min(len(parts), start + LONGEST_KEY) + 1):
                for number in self._tables.names.get(name_key(parts[start:stop]), ()):
                    raised.update((index, number) for index in owners[start:stop])
        for index, number in raised:
            if number in found[index]:
                found[index][number] *= NAMED
        whole = set(self._tables.names.get(name_key(parts), ()))
        for beginning in _beginnings(parts[:-1], parts[-1]) if self._half else ():
            for name in self._tables.names_beginning(beginning):
                whole.update(self._tables.names[name])
        return whole

    @staticmethod
    def _credit(span: Span, scores: Scores, found: list[Scores]) -> None:
        """Share the scores of a span among its words."""
        share = 1 / len(span.places)
        for number, score in scores.items():
            for index in span.places:
                found[index][number] = max(found[index].get(number, 0.0), share * score)

    @staticmethod
    def _sum(found: list[Scores]) -> Scores:
        scores: Scores = {}
        for by_word in found:
            for number, score in by_word.items():
                scores[number] = scores.get(number, 0.0) + score
        return scores

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


def _beginnings(before: Sequence[str], last: str) -> list[str]:
    """The beginnings of name keys that some tokens and a half-typed one may stand for."""
    return list(dict.fromkeys(f"{key} {last}".strip() for key in (name_key(before), key_of(before))))
