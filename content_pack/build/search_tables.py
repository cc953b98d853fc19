"""Fill the search tables of a pack: index, vocabulary, did-you-mean, names, synonyms, signals, facets."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from content_pack.build.complaints import Refused
from content_pack.build.search_lists import parts_of, read_search_lists
from content_pack.query_spelling import deletions
from content_pack.query_tables import read_covered
from content_pack.query_words import key_of, name_key, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

TIMES = (15, 30, 60)


def write_search_tables(database: sqlite3.Connection, folder: Path) -> None:
    """Fill the search tables from the rows of item and page, and from the word lists in `folder`.

    Writes their digest to `meta` ("search_tables"), so the digest of the small tables comes after.
    Raises Refused when a word list is missing or malformed.
    """
    lists, complaints = read_search_lists(folder, folder.as_posix())
    if complaints:
        raise Refused(complaints)
    _fill_index(database)
    synonyms = list(_synonyms(lists["synonyms.tsv"]))
    planned = [title for (title,) in database.execute("SELECT title FROM planned")]
    _fill_vocabulary(database, "\n".join([*planned, *(typed for typed, _, _ in lists["synonyms.tsv"])]))
    _fill_from_records(database)
    _insert(database, "synonym", synonyms)
    _insert(database, "variant", _variants(lists["variants.tsv"]))
    signals = [(n, *row) for n in ("unsafe", "not-ours") for row in _signals(lists[f"{n}.tsv"])]
    _insert(database, "signal", signals)
    _, digest = read_covered(lambda statement: database.execute(statement).fetchall())
    database.execute("INSERT INTO meta VALUES ('search_tables', ?)", (digest,))


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    _insert_ordered(database, table, sorted(set(rows)))


def _insert_ordered(database: sqlite3.Connection, table: str, ordered: list[tuple[Any, ...]]) -> None:
    if ordered:
        marks = ", ".join("?" * len(ordered[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", ordered)


def _fill_index(database: sqlite3.Connection) -> None:
    columns = "title, names, people_say, summary, facts, body"
    database.execute(f"INSERT INTO search (rowid, {columns}) SELECT id, {columns} FROM search_text ORDER BY id")
    database.execute("INSERT INTO search (search) VALUES ('optimize')")


def _fill_vocabulary(database: sqlite3.Connection, known: str) -> None:
    """Every word on the pages, and every `known` one, with its stem and number of pages; did-you-mean."""
    texts = database.execute("SELECT id, title, names, people_say, summary, facts, body FROM search_text")
    pages = [(number, "\n".join(parts)) for number, *parts in texts]
    workshop = sqlite3.connect(":memory:")
    workshop.executescript(
        "CREATE VIRTUAL TABLE plain USING fts5(text, tokenize='unicode61 remove_diacritics 2');"
        "CREATE VIRTUAL TABLE plain_words USING fts5vocab(plain, row);"
        "CREATE VIRTUAL TABLE stemmed USING fts5(text, tokenize='porter unicode61 remove_diacritics 2');"
        "CREATE VIRTUAL TABLE stems USING fts5vocab(stemmed, instance);"
    )
    workshop.executemany("INSERT INTO plain (rowid, text) VALUES (?, ?)", pages)
    counts = dict.fromkeys(tokens(known), 0) | dict(workshop.execute("SELECT term, doc FROM plain_words"))
    words = sorted(counts)
    workshop.executemany("INSERT INTO stemmed (rowid, text) VALUES (?, ?)", enumerate(words))
    stems = dict(workshop.execute("SELECT doc, term FROM stems WHERE offset = 0"))
    workshop.close()
    rows = ((place, word, stems[place], counts[word]) for place, word in enumerate(words))
    _insert(database, "vocab", rows)
    by_letters: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        if len(word) > 2 and word.isalpha():
            for letters in deletions(word):
                by_letters.setdefault(letters, []).append(place)
    _insert_ordered(
        database, "deletes", [(letters, place) for letters in sorted(by_letters) for place in by_letters[letters]]
    )


def _fill_from_records(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "SELECT item.id, slug, kind, title, method, level, stages, coalesce(minutes_high, minutes_low), outcome, "
        "setting, organisation, record FROM item JOIN page USING (id) ORDER BY item.id"
    ).fetchall()
    ids = {row[1]: row[0] for row in rows}
    names, related, facets = [], [], []
    for number, _, kind, title, method, level, stages, minutes, outcome, setting, organisation, text in rows:
        record = json.loads(text)
        names += [(name_key(tokens(name)), number) for name in (title, method, *record.get("aliases", ()))]
        for other in _linked(record):
            if other in ids and ids[other] != number:
                related += [(number, ids[other]), (ids[other], number)]
        values = {"kind": kind, "level": level, "outcome": outcome, "setting": setting}
        values["organisation"] = organisation
        facets += [(name, value, number) for name, value in values.items() if value]
        facets += [("stage", stage, number) for stage in stages.split()]
        if kind == "example":
            facets.append(("crosses", "yes" if record.get("crosses_organisations") else "no", number))
        facets += [("time", value, number) for value in _times(minutes)]
    _insert(database, "name", (row for row in names if row[0]))
    _insert(database, "related", related)
    _insert(database, "facet", facets)


def _linked(record: dict[str, Any]) -> Iterator[str]:
    for slugs in record.get("links", {}).values():
        yield from slugs
    for field in ("tools", "materials", "made_from", "starters", "examples", "pages"):
        yield from record.get(field, ())


def _times(minutes: int | None) -> list[str]:
    if minutes is None:
        return []
    return [str(most) for most in TIMES if minutes <= most] or ["more"]


def _synonyms(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    for typed, also, both in rows:
        for words in parts_of(typed):
            yield from ((key_of(tokens(words)), other) for other in parts_of(also))
        for words in parts_of(also) if both else ():
            if ":" not in words:
                yield from ((key_of(tokens(words)), other) for other in parts_of(typed))


def _variants(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    for (forms,) in rows:
        for words in parts_of(forms):
            for other in parts_of(forms):
                if other != words:
                    yield key_of(tokens(words)), " ".join(tokens(other))


def _signals(rows: list[list[str]]) -> Iterator[tuple[str, int, str]]:
    for words, most, unless in rows:
        yield words, int(most or 0), unless
