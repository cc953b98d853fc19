"""Full-text search of a pack: from typed text to a page of results."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from content_pack.errors import DAMAGED, PackError
from content_pack.query_facets import Facets
from content_pack.query_match import Match, Matcher
from content_pack.query_signals import Signals
from content_pack.query_spelling import Speller, changed
from content_pack.query_tables import Tables, read_covered
from content_pack.query_words import tidy, words_of
from content_pack.results import Hit, SearchPage
from content_pack.schema import PAGE_COLUMNS, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from content_pack.model import Summary
    from content_pack.query_facets import Chosen
    from content_pack.reader import Pack

__all__ = ["SearchPage", "Searcher"]

WORTH = 0.15  # a page that lacks words is listed while it scores so much of the best such page
SNIPPET_WORDS = 24
SUMMARY, BODY = 3, 5  # columns of `search`
START, STOP = "\x02", "\x03"
_SHOWN = ("slug", "kind", "title", "summary", "code", "minutes", "outcome")


class Searcher:
    """Searches one pack. Loads the small search tables once and checks them.

    Words in quotation marks are searched exactly so: no synonyms, other spellings or corrections.
    Raises PackError when the pack is damaged.
    """

    def __init__(self, pack: Pack) -> None:
        rows, found = read_covered(pack.rows)
        if [(found,)] != pack.rows("SELECT value FROM meta WHERE key = 'search_tables'"):
            raise PackError(DAMAGED)
        self._pack = pack
        self._tables = Tables(rows)
        self._matcher = Matcher(pack, self._tables)
        self._speller = Speller(pack, self._tables, self._matcher)
        self._signals = Signals(self._tables)
        self._facets = Facets(pack, self._tables)
        self._whole: dict[int, Summary] = {}

    def search(self, text: str, limit: int, facets: Mapping[str, Iterable[str]], partial: bool) -> SearchPage:
        """The first `limit` pages for `text`; see Pack.search. Raises PackError on a damaged pack."""
        typed = tidy(text)
        words = words_of(typed)
        chosen = {name: (values,) if isinstance(values, str) else tuple(values) for name, values in facets.items()}
        if not words:
            return self._everything(limit, chosen) if chosen and not typed.strip() else SearchPage((), 0, {})
        half = partial and typed[-1:].isalnum()
        match = self._matcher.match(words, half)
        corrected = offered = None
        if match.complete:
            offered = changed(typed, self._speller.offer(words, half)) or None
        else:
            corrected = changed(typed, self._speller.correct(words, match.unmet, half)) or None
        if corrected:
            match = self._matcher.match(words_of(corrected), half)
        if partial and not match.scores:
            match = self._matcher.foresee(words)
        if not match.scores and not offered:
            offered = changed(typed, self._speller.suggest(words, match.unmet)) or None
        notice = self._signals.notice(typed)
        if corrected and not notice:
            notice = self._signals.notice(corrected)
        return replace(
            self._page(match, self._coded(typed), limit, chosen),
            corrected=corrected,
            did_you_mean=offered,
            notice=notice,
        )

    def _page(self, match: Match, coded: list[int], limit: int, chosen: Chosen) -> SearchPage:
        complete = match.complete.union(coded)
        order = self._order(match, coded)
        allowed = self._facets.allowed(chosen)
        ranked = [number for number in order if allowed >> number & 1]
        return SearchPage(
            hits=self._hits(ranked[: max(limit, 0)], match, complete),
            total=len(ranked),
            facets=self._facets.counts(order, chosen),
            expanded=tuple(self._facets.words(also) for also in match.expanded),
            relaxed=bool(ranked) and ranked[0] not in complete,
        )

    def _everything(self, limit: int, chosen: Chosen) -> SearchPage:
        """No words, only choices: the pages in reading order."""
        numbers = [row[0] for row in self._pack.rows("SELECT id FROM item ORDER BY id")]
        match = Match(dict.fromkeys(numbers, 0.0), set(numbers), [], [], [])
        return self._page(match, [], limit, chosen)

    def _coded(self, typed: str) -> list[int]:
        """The page whose code was typed whole, "T89" or "t 89"."""
        code = "".join(typed.split()).upper()
        rows = self._pack.rows(
            "SELECT item.id FROM code LEFT JOIN redirect ON redirect.old = code.slug "
            "JOIN item ON item.slug = coalesce(redirect.slug, code.slug) WHERE code.code = ?",
            (code,),
        )
        return [row[0] for row in rows]

    @staticmethod
    def _order(match: Match, coded: list[int]) -> list[int]:
        """Complete pages first, then those that hold some of the words and are worth a look."""
        best = sorted(match.scores, key=lambda number: (-match.scores[number], number))
        complete = [number for number in best if number in match.complete]
        some = [number for number in best if number not in match.complete]
        worth = WORTH * match.scores[some[0]] if some else 0.0
        ranked = [*coded, *complete, *(number for number in some if match.scores[number] >= worth)]
        return list(dict.fromkeys(ranked))

    def _hits(self, numbers: Sequence[int], match: Match, complete: set[int]) -> tuple[Hit, ...]:
        self._check(numbers)
        snippets = self._snippets(numbers, match.shown)
        hits = []
        for number in numbers:
            page = self._whole[number]
            shown = {name: getattr(page, name) for name in _SHOWN}
            snippet = snippets.get(number) or _escaped(page.summary)
            hits.append(Hit(**shown, snippet=snippet, complete=number in complete))
        return tuple(hits)

    def _check(self, numbers: Sequence[int]) -> None:
        """Compare the rows of these pages with their digests, each once. Raises PackError."""
        new = [number for number in numbers if number not in self._whole]
        marks = ",".join("?" * len(new))
        slugs = dict(self._pack.rows(f"SELECT id, slug FROM item WHERE id IN ({marks})", new))
        for row in self._pack.rows(f"SELECT {', '.join(PAGE_COLUMNS)}, digest FROM page WHERE id IN ({marks})", new):
            if digest(row[:-1]) != row[-1]:
                raise PackError(DAMAGED)
            slugs[row[0]] = slugs[row[0]]
        summaries = {page.slug: page for page in self._pack.summaries(slugs.values())}
        self._whole.update({number: summaries[slugs[number]] for number in new})

    def _snippets(self, numbers: Sequence[int], shown: Sequence[str]) -> dict[int, str]:
        """A passage with the found words marked, as safe HTML, for the pages that have one to show."""
        if not numbers or not shown:
            return {}
        marks = ",".join("?" * len(numbers))
        rows = self._pack.rows(
            f"SELECT rowid, highlight(search, {SUMMARY}, '{START}', '{STOP}'), "
            f"snippet(search, {BODY}, '{START}', '{STOP}', '…', {SNIPPET_WORDS}) FROM search "
            f"WHERE search MATCH ? AND +rowid IN ({marks})",
            (" OR ".join(shown), *numbers),
        )
        best = {number: max(passages, key=lambda text: text.count(START)) for number, *passages in rows}
        return {number: _safe(passage) for number, passage in best.items() if START in passage}


def _safe(passage: str) -> str:
    words = _escaped(" ".join(passage.split()))
    return words.replace(START, "<mark>").replace(STOP, "</mark>")


def _escaped(text: str) -> str:
    """Text for HTML; importing `html` for this would cost a millisecond of the first answer."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;")
